"""How often to ask for a frame: as looks live, but never so that training pays for it."""

from __future__ import annotations

# The share of the time that frames may take from training: drawing them and taking them both
# hold the interpreter's lock.
_SHARE = 0.03
_SHORTEST = 0.1
_LONGEST = 2.0


class Pace:
    """Decides when the next frame is due, from what the frames before cost, in seconds."""

    def __init__(self) -> None:
        self.interval = _SHORTEST
        self._due = 0.0

    def is_due(self, now: float) -> bool:
        """Whether to ask for a frame at `now`; the one after it is then an interval away."""
        if now < self._due:
            return False
        self._due = now + self.interval
        return True

    def spent(self, seconds: float) -> None:
        """Learn what one frame cost; the interval follows it slowly, so that it does not jump."""
        wanted = min(max(seconds / _SHARE, _SHORTEST), _LONGEST)
        self.interval += (wanted - self.interval) / 4
