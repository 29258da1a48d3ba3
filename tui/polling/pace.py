"""How often to ask for a frame: as looks live, and seldom enough that all else hardly pays."""

from __future__ import annotations

# The share of its time that training may spend on frames: on looking at tensors, and on drawings
# of the lesson's own, and that which the interface may spend on drawing them, in which it hears no
# key. Their rate never falls below one in the longest interval, in seconds: five a second, and
# what an answer takes to come.
_SHARE = 0.02
_DRAWING_SHARE = 0.25
_SHORTEST = 0.09
_LONGEST = 0.18
# With fewer cores than these left by all other programs, each frame takes time from the training.
_NO_ROOM = 0.8
# How much sooner than an interval after a frame that was asked for late the next may be due: that
# is asked after so many times a second, and the rate is to be what the interval says nonetheless.
_LATE = 1 / 30
# How long the tensors of a run stay as they were drawn, in seconds: a curve is the smoother the
# more often it moves, but nobody reads numbers faster, and tensors take longest to draw.
_READ_IN = 0.2


class Pace:
    """Decides when the next frame is due, from what the frames before cost, in seconds."""

    def __init__(self) -> None:
        self._for_training = self._for_drawing = self._for_room = _SHORTEST
        self._due = 0.0

    @property
    def interval(self) -> float:
        """How many seconds lie between two frames now."""
        return max(self._for_training, self._for_drawing, self._for_room)

    def is_due(self, now: float) -> bool:
        """Whether to ask for a frame at `now`; the one after it is an interval after it was due."""
        late = now - self._due
        if late < 0:
            return False
        self._due = now + self.interval - (late if late <= _LATE else 0.0)
        return True

    def spent(self, seconds: float) -> None:
        """Learn what one frame cost the training."""
        self._for_training = _nearer(self._for_training, seconds / _SHARE)

    def drew(self, seconds: float) -> None:
        """Learn how long the interface drew one frame."""
        self._for_drawing = _nearer(self._for_drawing, seconds / _DRAWING_SHARE)

    def saw_room(self, cores: float | None) -> None:
        """Learn how many cores are left for the interface; None where that is not known."""
        wanted = _LONGEST if cores is not None and cores < _NO_ROOM else _SHORTEST
        self._for_room = _nearer(self._for_room, wanted)


class ReadingPace:
    """Decides when the tensors of a run are drawn again."""

    def __init__(self) -> None:
        self._drawn_at = -_READ_IN

    def is_due(self, now: float, *, is_running: bool) -> bool:
        """Whether to draw them at `now`, in seconds; those of a run that waits always are."""
        if is_running and now - self._drawn_at < _READ_IN:
            return False
        self._drawn_at = now
        return True


def _nearer(interval: float, wanted: float) -> float:
    """The interval, a quarter of the way nearer to the one wanted: it does not jump."""
    return interval + (min(max(wanted, _SHORTEST), _LONGEST) - interval) / 4
