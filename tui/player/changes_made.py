"""What was changed in the run that stands now; no widget. What went with another run is no more."""

from __future__ import annotations

from collections.abc import Sequence

from engine.protocol.events import AskAnswered
from engine.taking_home.session import Change


class ChangesMade:
    """The changes that the names have in them, in their order, and those at each moment."""

    def __init__(self) -> None:
        self.of_run: tuple[Change, ...] = ()
        self._at_moments: dict[int, tuple[Change, ...]] = {}

    def take(self, answer: AskAnswered) -> None:
        """Take what was asked, where that left something changed."""
        if answer.changed or answer.has_drawn:
            self.of_run += (Change(answer.spot, answer.text, answer.outcome),)

    def mark(self, moment: int) -> None:
        """Keep which changes there are at a moment."""
        self._at_moments[moment] = self.of_run

    def forget(self, moments: Sequence[int]) -> None:
        """Keep nothing of these moments."""
        for moment in moments:
            self._at_moments.pop(moment, None)

    def go_back(self, moment: int | None) -> None:
        """Have the changes that there were at a moment; none before the lesson began."""
        self.of_run = () if moment is None else self._at_moments.get(moment, ())

    def begin(self, step: int) -> None:
        """A step begins to run: what was changed in it before, or after it, was in another run."""
        self.of_run = tuple(
            one for one in self.of_run if one.spot.step is None or one.spot.step < step
        )

    def clear(self) -> None:
        """The lesson begins again."""
        self.of_run = ()
        self._at_moments.clear()
