"""How often a run has stood before each statement since an iteration ended, or its step began."""

from __future__ import annotations

from collections import Counter

from engine.protocol.places import LoopPass


class Visits:
    """Counts by the line that a statement begins on."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._since: LoopPass | None = None
        self._sees_all = False

    def begin(self, since: LoopPass | None, *, is_at_start: bool) -> None:
        """Count from here on: `since` tells the iteration that has ended, None where none has.

        Without an iteration's end, and not `is_at_start`, some statements have run uncounted.
        """
        self._counts.clear()
        self._since = since
        self._sees_all = since is not None or is_at_start

    def add(self, line: int) -> None:
        """The run has come to the statement on this line."""
        self._counts[line] += 1

    def miss_some(self) -> None:
        """From here on statements may be passed by."""
        self._sees_all = False

    def of(self, line: int) -> tuple[int, LoopPass | None]:
        """How often it has stood before a statement, and since which iterations had ended.

        None: since the step began. 0 where it may have passed by without standing.
        """
        return (self._counts[line] if self._sees_all else 0), self._since
