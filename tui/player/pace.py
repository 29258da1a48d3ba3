"""How often to ask for a frame: as looks live, and seldom enough that training hardly pays."""

from __future__ import annotations

# The share of its time that training may spend on frames: on looking at tensors, and on drawings
# of the lesson's own. Their rate never falls below one in the longest interval, in seconds.
_SHARE = 0.02
_SHORTEST = 0.06
_LONGEST = 0.2


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
