"""How the worker is to move: what was asked for last, and how much of that is left."""

from __future__ import annotations

from engine.gate.motion import ALLOWED, BY_STATEMENTS, STEPS, UNSEEN, Motion
from engine.protocol.places import Place
from engine.protocol.status import Grain


class Orders:
    """The motion, with the steps of it that are left and the place that it leads to.

    The gate's lock guards it. What moves it says whether it did: a motion that is not allowed after
    the one before it changes nothing. ``sought`` is the place that the worker is on its way to, or
    was sent to last.
    """

    def __init__(self) -> None:
        self.motion = Motion.RUNNING
        self.sought: Place | None = None
        self._steps_left = 0

    @property
    def is_seeking(self) -> bool:
        """Whether the worker is on its way to a place that it went back to."""
        return self.motion in UNSEEN

    @property
    def is_by_statements(self) -> bool:
        """Whether the worker counts statements as it goes."""
        return self.motion in BY_STATEMENTS

    def to(self, motion: Motion) -> bool:
        """Ask for another motion."""
        if motion not in ALLOWED[self.motion]:
            return False
        self.motion = motion
        return True

    def step(self, grain: Grain) -> bool:
        """Ask for one iteration or statement more."""
        motion = STEPS[grain]
        self._steps_left = self._steps_left + 1 if self.motion is motion else 1
        return self.to(motion)

    def seek(self, place: Place, here: Place) -> bool:
        """Ask for a place of the same run from `here`; where that is past it, for a pause."""
        self.sought = place
        if here.iteration < place.iteration or here.start < place.start:
            return self.to(Motion.SEEKING)
        self._steps_left = place.statement - here.statement if here <= place else 0
        return self.to(Motion.SEEKING_STATEMENT if self._steps_left else Motion.PAUSED)

    def reopen(self) -> None:
        """Run on, whatever was asked for before."""
        self.motion = Motion.RUNNING

    def arrive(self, here: tuple[bool, int]) -> bool:
        """Look for the place that is sought where an iteration that counts has ended.

        There, pause or go on by its statements. Where the next iteration has ended as well, the one
        that is sought has fewer statements than are sought in it.
        """
        sought = self.sought
        if not self.is_seeking or sought is None:
            return False
        there = (sought.has_recorded, sought.position)
        if here < there:
            return False
        self._steps_left = sought.statement
        is_past = here > there
        if sought.statement and not is_past and self.motion is Motion.SEEKING:
            self.motion = Motion.SEEKING_STATEMENT
            return False
        is_there = is_past or not (sought.statement or sought.start)
        return is_there and self.to(Motion.PAUSED)

    @property
    def seeks_start(self) -> bool:
        """Whether the worker is on its way to where a loop begins."""
        return self.motion is Motion.SEEKING and self.sought is not None and self.sought.start > 0

    def arrive_at_start(self, here: tuple[bool, int, int]) -> bool:
        """Look for the place that is sought where a loop begins, and pause there."""
        sought = self.sought
        if not self.seeks_start or sought is None:
            return False
        is_there = here >= (sought.has_recorded, sought.position, sought.start)
        return is_there and self.to(Motion.PAUSED)

    def end_step_with_iteration(self, *, counting: bool, outermost: bool) -> bool:
        """Count the step that ends with this iteration, if one does; whether it was the last."""
        ends = (self.motion is Motion.STEPPING_INNER and counting) or (
            self.motion is Motion.STEPPING_OUTER and outermost
        )
        return ends and self.count_step()

    def count_step(self) -> bool:
        """Count one step that has ended; whether it was the last, and the worker is to stand."""
        self._steps_left -= 1
        if self._steps_left:
            return False
        self.motion = Motion.PAUSED
        return True
