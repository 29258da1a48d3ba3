"""The way to a place that is gone to: a process is left for it, and a moment woken on it."""

from __future__ import annotations

import time
from typing import NamedTuple

from engine.host.runs import Run
from engine.protocol.commands import RunTo
from engine.protocol.frame import Frame
from engine.protocol.places import LAST_STATEMENT, Place

# How long a process that is left may take to tell its whole curves, in seconds.
_LEAVING_PATIENCE = 0.15


class Way:
    """What is known of the way of one session.

    ``leaving`` is what a process is about to be left for, and ``waking`` the moment that has not
    been heard of yet, with what is to run in it. ``counts_statements`` while the run is on its way
    past a last statement, to learn which one that is.
    """

    def __init__(self) -> None:
        self.leaving: Leaving | None = None
        self.waking: tuple[int, Aim] | None = None
        self.counts_statements = False

    @property
    def is_begun(self) -> bool:
        """Whether the way goes on, whatever the process says of itself."""
        return self.leaving is not None or self.counts_statements

    def leave_for(self, goal: Goal) -> None:
        """Leave for there, once the whole curves have been told, or patience is at an end."""
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
    run: Run | None


Aim = Goal | RunTo | None
"""What is to run in the next process; None: nothing, as where the process before has died."""


class Leaving(NamedTuple):
    """Where a process is left for, and until when it is waited for what it tells."""

    goal: Goal
    ends_at: float


def is_last_statement(aim: Aim) -> bool:
    """Whether it is a last statement, and has to be passed to learn which one that is."""
    return isinstance(aim, Goal) and aim.place.statement == LAST_STATEMENT


def leads_to(here: Place, place: Place) -> bool:
    """Whether a run that stands here comes to a place by going on."""
    return here.step == place.step and here < place
