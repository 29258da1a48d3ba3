"""When moments of a run are kept; how they are is the business of `engine/serving/keeper.py`."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from engine.protocol.moments import Moment
from engine.protocol.places import Place

# While it trains, keeping may cost this share of the time; the first moment of a run, from which
# what is loaded when it begins need not be loaded again, this one.
_SHARE = 0.01
_FIRST_SHARE = 0.02
# On the way to a place that was gone back to, one is kept so often, in seconds, and never for more
# than this share of the time: a loaded machine may take long for each.
_ON_THE_WAY = 0.25
_SHARE_ON_THE_WAY = 0.2
# What keeping costs beside its own time, in seconds: memory that both processes share is copied as
# the training writes to it, and what the host does for the moment slows a core that shares caches.
_HIDDEN = 0.03
# What it costs to wake, in seconds: all that the training reads and writes is mapped and copied.
_WAKING = 0.02


class KeepResult(Enum):
    """What came of keeping a moment; WOKEN in a process that goes on from it."""

    KEPT = auto()
    NOT_KEPT = auto()
    WOKEN = auto()


Keep = Callable[[Moment], KeepResult]


class MomentPace:
    """Says when to keep a moment; times are of one clock, in seconds."""

    def __init__(self) -> None:
        self._newest: Place | None = None
        self._due = 0.0
        self._due_on_the_way = 0.0

    def is_new(self, place: Place) -> bool:
        """Whether the newest moment is of another place."""
        return place != self._newest

    def forget_newest(self) -> None:
        """Know of no newest moment, as where names were changed at the same place since."""
        self._newest = None

    def is_due(self, now: float) -> bool:
        """Whether what keeping costs is within its share by now."""
        return now >= self._due

    def is_due_on_the_way(self, now: float) -> bool:
        """Whether it is time for one while nobody waits for the training."""
        return now >= self._due_on_the_way

    def note(
        self, place: Place, kept: KeepResult, began: float, ended: float, *, is_under_way: bool
    ) -> None:
        """Learn that a moment of this place was kept, or was not, from `began` to `ended`."""
        if kept is not KeepResult.NOT_KEPT:
            self._newest = place
        self._due_on_the_way = ended + max(_ON_THE_WAY, (ended - began) / _SHARE_ON_THE_WAY)
        cost = {KeepResult.KEPT: ended - began, KeepResult.WOKEN: _WAKING}.get(kept, 0.0)
        self._due = ended + (cost + _HIDDEN) / (_SHARE if is_under_way else _FIRST_SHARE)
