"""Asks once before work goes that took long to do; no widget, no clock."""

from __future__ import annotations

# An answer that comes later than this, in seconds, is to a question long forgotten.
_PATIENCE = 10.0

WORTH_ASKING = 5.0
"""How many seconds of training are worth a question before they go."""


class SecondThoughts:
    """Remembers what was asked last: to press the same key again is the answer yes."""

    def __init__(self) -> None:
        self._asked: tuple[str, float] | None = None

    def are_none(self, action: str, now: float) -> bool:
        """Whether `action` was asked just before, and is wanted again; else it is asked now.

        `now` is in seconds of one clock that never goes back.
        """
        asked, self._asked = self._asked, None
        if asked is not None and asked[0] == action and now - asked[1] < _PATIENCE:
            return True
        self._asked = action, now
        return False
