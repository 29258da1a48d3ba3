"""The worker's way by the gate: what it does, and whom it tells, at each boundary it comes to."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.gate.gate import Gate
from engine.gate.motion import FOLLOWED, Motion
from engine.gate.waiting import Waiting
from engine.protocol.frame import FrameRequest

# A pause or a frame asked for inside a loop whose iterations do not count (a walk over the
# parameters, a pass over the test set) waits for one that does: until both the request and that
# loop are this old, in seconds. A walk over the parameters is over long before.
_PATIENCE = 0.25


class Passage:
    """Takes the worker past the boundaries of its run; used on the worker's thread alone."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self._waiting = Waiting(gate, self._look_around)
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
        is_to_stand = gate.motion is Motion.PAUSED or gate.orders.seeks_start
        return is_to_stand or gate.orders.is_by_statements or gate.awaits

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
        if self._end_iteration(counting=counting, outermost=outermost, since=since, here=here):
            self._waiting.stand_at_end(take_frame)
            self._follow_if(counting and self.gate.walks)

    def pass_start(
        self, take_frame: Callable[[FrameRequest], None], here: tuple[bool, int, int]
    ) -> None:
        """Wait while paused where a loop begins, or where it is the place that is sought.

        ``here`` is the place by `Place.has_recorded`, `Place.position` and `Place.start`.
        """
        with self.gate.lock:
            self.gate.note_moved(self.gate.orders.arrive_at_start(here))
        self.hold(take_frame)

    def hold(self, take_frame: Callable[[FrameRequest], None]) -> None:
        """Wait while paused, at a place where no iteration ends, such as a step's start."""
        self._waiting.stand(take_frame)
        self._follow_if(False)

    def pass_statement(self, take_frame: Callable[[FrameRequest], None]) -> bool:
        """Wait before a statement; whether to come here before the next one as well.

        Raises LessonInterrupted or LessonStopped when the lesson is to stop.
        """
        self._note_going_on()
        if not self._begin_statement():
            return False
        self._waiting.stand(take_frame)
        return self.follows_statements

    def _end_iteration(
        self, *, counting: bool, outermost: bool, since: float, here: tuple[bool, int]
    ) -> bool:
        """Take note that an iteration ends; whether the worker is to stand here."""
        gate = self.gate
        with gate.lock:
            self._raise_if_due()
            if counting and gate.motion is Motion.SEEKING:
                self._come_by()
            if counting:
                gate.note_moved(gate.orders.arrive(here))
            step_ends = gate.orders.end_step_with_iteration(counting=counting, outermost=outermost)
            self._note_step(is_last=step_ends)
            follows = gate.orders.is_by_statements
            if not (counting or step_ends or follows or self._is_out_of_patience(since)):
                return False
            if counting and gate.tempo.is_set:
                gate.tempo.end_iteration(time.perf_counter())
                # A walk waits between statements, and drawings are made where an iteration ends.
                if gate.walks:
                    gate.requests.ask_again()
            return True

    def _begin_statement(self) -> bool:
        """Take note that a statement begins; whether the worker is to wait at it."""
        gate = self.gate
        with gate.lock:
            self._raise_if_due()
            if gate.orders.is_by_statements:
                self._note_step(is_last=gate.orders.count_step())
            elif gate.walks:
                gate.tempo.begin_statement()
            elif gate.motion is not Motion.PAUSED and not self._is_near:
                return False
            return True

    def _raise_if_due(self) -> None:
        if not self.gate.interruption.is_to_be_thrown:
            self.gate.raise_if_stopping()

    def _is_out_of_patience(self, since: float) -> bool:
        return time.perf_counter() - max(self.gate.asked_at, since) > _PATIENCE

    def _note_step(self, *, is_last: bool) -> None:
        if is_last:
            self.gate.requests.ask_again()
            self.gate.update()

    @property
    def _is_near(self) -> bool:
        return self._saw_near and self.gate.awaits

    def _look_around(self) -> None:
        """Have done again what is to be done at this place, before anything is seen of it."""
        self._saw_near = self.gate.awaits and self._visit()

    def _follow_if(self, walks: bool) -> None:
        if self.gate.orders.is_by_statements or walks or self._is_near:
            self._follow_statements()

    def _note_going_on(self) -> None:
        if self.gate.interruption.is_survived:
            self.gate.interruption.is_caught = False
            self._tell_going_on()
