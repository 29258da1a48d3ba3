"""The worker's way by the gate: what it does, and whom it tells, at each boundary it comes to."""

from __future__ import annotations

from collections.abc import Callable

from engine.loops.gate import Gate
from engine.loops.motion import FOLLOWED, Motion
from engine.protocol.frame import FrameRequest


class Passage:
    """Takes the worker past the boundaries of its run; used on the worker's thread alone."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        # Whether a place that the gate awaits comes before the next iteration ends.
        self._saw_near = False
        self._follow_statements: Callable[[], None] = lambda: None
        self._tell_going_on: Callable[[], None] = lambda: None
        self._come_by: Callable[[], None] = lambda: None
        self._visit: Callable[[], bool] = lambda: False

    def on_statement_steps(self, follow: Callable[[], None]) -> None:
        """Have `follow` called at each place that the worker leaves to step by statements.

        What it calls then waits before each of them, by `pass_statement`.
        """
        self._follow_statements = follow

    def on_going_on(self, tell: Callable[[], None]) -> None:
        """Have `tell` called where the worker comes by after an interruption that was caught."""
        self._tell_going_on = tell

    def on_the_way(self, come_by: Callable[[], None]) -> None:
        """Have `come_by` called where iterations end on the way to a place that is sought."""
        self._come_by = come_by

    def on_places(self, visit: Callable[[], bool]) -> None:
        """Have `visit` called at each place that the worker comes to while the gate awaits some.

        It says whether one comes among the statements before the next iteration ends.
        """
        self._visit = visit

    @property
    def holds_at_starts(self) -> bool:
        """Whether the worker is to come by where a loop begins."""
        gate = self.gate
        is_to_stand = gate.motion is Motion.PAUSED or gate.seeks_start
        return is_to_stand or gate.steps_by_statements or gate.awaits

    @property
    def follows_statements(self) -> bool:
        """Whether the worker is to come by before each statement."""
        return self.gate.motion in FOLLOWED or self.gate.walks or self._is_near

    def pass_boundary(
        self,
        take_frame: Callable[[FrameRequest], None],
        *,
        counting: bool,
        outermost: bool,
        since: float,
        here: tuple[bool, int] = (False, 0),
    ) -> None:
        """Take the frame that was asked for, wait while paused, keep to the speed.

        ``counting`` says that an iteration that counts ends here, ``outermost`` that one of the
        outermost loop does in which any counted; ``since`` is when the loop that passes began, on
        the clock of `time.perf_counter`. ``here`` is the place by `Place.has_recorded` and
        `Place.position`. Raises LessonInterrupted or LessonStopped when the lesson is to stop.
        """
        self._note_going_on()
        stands = self.gate.end_iteration(
            counting=counting,
            outermost=outermost,
            since=since,
            here=here,
            come_by=self._come_by,
        )
        if stands:
            self.gate.stand(take_frame, self._look_around)
            self._follow_if(counting and self.gate.walks)

    def pass_start(
        self, take_frame: Callable[[FrameRequest], None], here: tuple[bool, int, int]
    ) -> None:
        """Wait while paused where a loop begins, or where it is the place that is sought.

        ``here`` is the place by `Place.has_recorded`, `Place.position` and `Place.start`.
        """
        self.gate.begin_loop(here)
        self.hold(take_frame)

    def hold(self, take_frame: Callable[[FrameRequest], None]) -> None:
        """Wait while paused, at a place where no iteration ends, such as a step's start."""
        self.gate.stand(take_frame, self._look_around)
        self._follow_if(False)

    def pass_statement(self, take_frame: Callable[[FrameRequest], None]) -> bool:
        """Wait before a statement; whether to come here before the next one as well.

        Raises LessonInterrupted or LessonStopped when the lesson is to stop.
        """
        self._note_going_on()
        if not self.gate.begin_statement(is_near=self._is_near):
            return False
        self.gate.stand(take_frame, self._look_around)
        return self.follows_statements

    @property
    def _is_near(self) -> bool:
        return self._saw_near and self.gate.awaits

    def _look_around(self) -> None:
        """Have done again what is to be done at this place, before anything is seen of it."""
        self._saw_near = self.gate.awaits and self._visit()

    def _follow_if(self, walks: bool) -> None:
        if self.gate.steps_by_statements or walks or self._is_near:
            self._follow_statements()

    def _note_going_on(self) -> None:
        if self.gate.interruption.is_survived:
            self.gate.interruption.is_caught = False
            self._tell_going_on()
