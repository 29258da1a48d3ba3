"""The number in the code that the learner has chosen to turn, and what it was in the run."""

from __future__ import annotations

from engine.client.remote_session import RemoteSession
from tui.editing.dials import Dial
from tui.runs.live_turns import LiveTurns


class Dialling:
    """Knows the chosen dial of one step, and the numbers that dials have been."""

    def __init__(self, session: RemoteSession) -> None:
        self.live = LiveTurns(session)
        self._chosen: tuple[int, Dial] | None = None
        self._been: dict[tuple[int, int], tuple[str, ...]] = {}

    def choose(self, step: int, dial: Dial | None) -> None:
        """Have this dial of a step in hand; None: none."""
        self._chosen = None if dial is None else (step, dial)

    def chosen(self, step: int, source: str) -> Dial | None:
        """The dial in hand, if it is one of this step and still stands in its source."""
        if self._chosen is None or self._chosen[0] != step:
            return None
        dial = self._chosen[1]
        lines = source.split("\n")
        stands = dial.line < len(lines) and lines[dial.line][dial.start : dial.end] == dial.text
        return dial if stands else None

    def note(self, step: int, dial: Dial, *texts: str) -> tuple[str, ...]:
        """Remember that a dial is, or was, these numbers; all that are known of it."""
        key = step, dial.ordinal
        self._been[key] = tuple(dict.fromkeys((*self._been.get(key, ()), *texts)))
        return self._been[key]
