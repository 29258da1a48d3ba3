"""The way to a place that is gone to: a process is left for it, and a moment woken on it."""

from __future__ import annotations

import time
from typing import NamedTuple

from engine.protocol.commands import RunTo
from engine.protocol.frame import Frame
from engine.protocol.places import LAST_STATEMENT, Place
from engine.run_tree.tree import RunNode

# How long a process that is left may take to tell its whole curves, in seconds.
_LEAVING_PATIENCE = 0.15


class Way:
    """What is known of the way of one session.

    ``leaving`` is what a process is about to be left for, and ``waking`` the moment that has not
    been heard of yet, with what is to run in it. ``counts_for`` is the place that is told by an
    iteration's last statement, while the run is on its way past that, to learn which one it is.
    """

    def __init__(self) -> None:
        self.leaving: Leaving | None = None
        self.waking: tuple[int, Aim] | None = None
        self.counts_for: Place | None = None

    @property
    def is_begun(self) -> bool:
        """Whether the way goes on, whatever the process says of itself."""
        return self.leaving is not None or self.counts_for is not None

    def leave_for(self, goal: Goal) -> None:
        """Leave for there, once the whole curves have been told, or patience is at an end.

        What the process that is left still says of statements leads nowhere any more.
        """
        self.counts_for = None
        self.leaving = Leaving(goal, time.monotonic() + _LEAVING_PATIENCE)

    def left_for(self, frame: Frame | None) -> Goal | None:
        """Where to go to now, if it is time, by the process's newest frame."""
        leaving = self.leaving
        if leaving is None:
            return None
        is_whole = frame is None or bool(frame.series) or not frame.curves
        if not is_whole and time.monotonic() < leaving.ends_at:
            return None
        self.leaving = None
        return leaving.goal


class Goal(NamedTuple):
    """A place that is gone to, and the run in which it is; None: in one that is to begin."""

    place: Place
    run: RunNode | None


Aim = Goal | RunTo | None
"""What is to run in the next process; None: nothing, as where the process before has died."""


class Leaving(NamedTuple):
    """Where a process is left for, and until when it is waited for what it tells."""

    goal: Goal
    ends_at: float


def told_by_last_statement(aim: Aim | Place) -> Place | None:
    """A place that is told by a last statement, which has to be passed to learn which one it is.

    None where it is another place, or none.
    """
    match aim:
        case Goal(place) | (Place() as place) if place.before_last is not None:
            return place
        case _:
            return None


def place_by_last(told: Place, last: Place) -> Place:
    """The place that was told by a last statement, now that this is known to be `last`."""
    before = told.before_last or 0
    if before < last.statement:
        return Place(last.step, last.has_recorded, last.position, last.statement - before)
    if not last.position:
        return last.iteration
    left = LAST_STATEMENT - (before - last.statement)
    return Place(last.step, last.has_recorded, last.position - 1, left)


def leads_to(here: Place, place: Place) -> bool:
    """Whether a run that stands here comes to a place by going on."""
    return here.step == place.step and here < place
