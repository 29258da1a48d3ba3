"""The one place where the worker waits: states, and the transitions between them."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from engine.loops.motion import (
    ALLOWED,
    BY_STATEMENTS,
    FOLLOWED,
    STEPS,
    UNSEEN,
    LessonInterrupted,
    LessonStopped,
    Motion,
)
from engine.loops.tempo import Tempo
from engine.protocol.frame import FrameRequest
from engine.protocol.places import Place
from engine.protocol.status import Grain

# A pause or a frame asked for inside a loop whose iterations do not count (a walk over the
# parameters, a pass over the test set) waits for one that does: until both the request and that
# loop are this old, in seconds. A walk over the parameters is over long before.
_PATIENCE = 0.25

# How long an interruption may take to be thrown into the code, in seconds.
_UNTIL_BOUNDARY = 0.2


class _Errand(NamedTuple):
    """Something that the worker is to do; ``is_urgent``: also in a run that is not paused."""

    do: Callable[[], None]
    is_urgent: bool


def _interruption(note_raised: Callable[[], None]) -> type[LessonInterrupted]:
    """A class of interruptions that has `note_raised` called where one has reached its thread.

    One that is thrown from outside is made only there.
    """

    class Interruption(LessonInterrupted):
        def __init__(self, *args: object) -> None:
            super().__init__(*args)
            note_raised()

    Interruption.__name__ = Interruption.__qualname__ = KeyboardInterrupt.__name__
    Interruption.__module__ = KeyboardInterrupt.__module__
    return Interruption


class Gate:
    """Where the worker passes at each boundary, and where the interface holds or hurries it.

    A pause and a step's end come with a frame: as the newest request wants it, at first `request`.
    ``latest_request`` is that one, also once it has been granted.
    ``paused_seconds`` is how long the worker has stood still because of pauses, in all.
    ``sought`` is the place that the worker is on its way to, or was sent to last.
    ``was_interrupted`` says that the run was to be interrupted, and ``is_caught`` that this has
    reached the worker, and that nothing was told of it yet.
    ``awaits`` says that there may be places in the run at which something is to be done again.
    ``attention`` is the only thing that a running loop looks at: while it is False an iteration
    goes by without a lock. All other state is behind one lock, which neither side holds while
    it works.
    """

    def __init__(self, request: FrameRequest | None = None) -> None:
        self.attention = False
        self.paused_seconds = 0.0
        self._awaits = self._is_near = False
        # The worker takes the lock itself and not the condition, whose `__enter__` is Python: an
        # interrupt thrown into it would leave the lock taken for good.
        self._lock = threading.RLock()
        self._condition = threading.Condition(self._lock)
        self._motion = Motion.RUNNING
        self._steps_left = 0
        self.sought: Place | None = None
        self._waiting = False
        self._errands: deque[_Errand] = deque()
        self._is_at_end = False
        self._request: FrameRequest | None = None
        self.latest_request = request
        self._asked_at = 0.0
        self._tempo = Tempo()
        self._hurries = False
        self._follow_statements: Callable[[], None] = lambda: None
        self._interrupts = self.was_interrupted = self.is_caught = False
        self._interrupted_at = 0.0
        self._interruption = _interruption(self._note_raised)
        self._tell_going_on: Callable[[], None] = lambda: None
        self._come_by: Callable[[], None] = lambda: None
        self._visit: Callable[[], bool] = lambda: False

    # What the interface calls

    @property
    def awaits(self) -> bool:
        """Whether the worker looks at each place that it comes to."""
        return self._awaits

    @awaits.setter
    def awaits(self, awaits: bool) -> None:
        with self._lock:
            self._awaits = awaits
            self._is_near = self._is_near and awaits
            self._update()

    @property
    def is_waiting(self) -> bool:
        """True while the worker stands still at a boundary because of a pause."""
        return self._waiting

    @property
    def motion(self) -> Motion:
        """What was last asked for."""
        return self._motion

    def pause(self) -> None:
        """Hold the worker at its next boundary."""
        self._move(Motion.PAUSED)

    def resume(self) -> None:
        """Let the worker run on."""
        self._move(Motion.RUNNING)

    def step(self, grain: Grain) -> None:
        """Let the worker go on by one iteration or statement more, and hold it there."""
        motion = STEPS[grain]
        with self._lock:
            if self._hurries:
                return
            self._steps_left = self._steps_left + 1 if self._motion is motion else 1
            self._move(motion)

    def seek(self, place: Place, here: Place) -> None:
        """Let the worker, which stands `here`, go to a place of the same run unseen, and stop.

        Where the worker is past it, it is held at its next boundary.
        """
        with self._lock:
            self.sought = place
            if here.iteration < place.iteration or here.start < place.start:
                self._move(Motion.SEEKING)
                return
            self._steps_left = place.statement - here.statement if here <= place else 0
            self._move(Motion.SEEKING_STATEMENT if self._steps_left else Motion.PAUSED)

    def interrupt(self) -> None:
        """Have LessonInterrupted raised once: then the worker may run on.

        Where the worker stands that is at once, else at a boundary after `_UNTIL_BOUNDARY`: until
        then it is to be thrown into the code, which may catch it there and not between iterations.
        """
        with self._lock:
            self._interrupted_at = time.perf_counter()
            self._interrupts = self.was_interrupted = self._motion is not Motion.STOPPING
            self._move(Motion.STOPPING)

    def note_handled(self) -> None:
        """Know that the lesson has handled an interruption in its own way, and goes on."""
        with self._lock:
            self.was_interrupted = self.is_caught = True
            self._update()

    def stop(self) -> None:
        """Make the next boundary, and each after it, raise LessonStopped."""
        with self._lock:
            self._interrupts = False
            self._move(Motion.STOPPING)

    @property
    def is_to_be_thrown(self) -> bool:
        """Whether an interruption still waits for the lesson's own code, to be thrown into that."""
        since = time.perf_counter() - self._interrupted_at
        return self._interrupts and since <= _UNTIL_BOUNDARY

    @property
    def exception(self) -> type[BaseException]:
        """What a stop raises now."""
        return self._interruption if self._interrupts else LessonStopped

    def set_speed(self, iterations_per_second: float | None) -> None:
        """Let at most so many iterations pass in a second; None is full speed."""
        with self._lock:
            self._tempo.set(iterations_per_second)
            self._update()

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a frame at the next boundary; a paused worker takes one where it stands."""
        with self._lock:
            if self._request is None:
                self._asked_at = time.perf_counter()
            self._request = self.latest_request = request
            self._update()

    def remember(self, request: FrameRequest) -> None:
        """Take this for the newest request, without asking for a frame now."""
        with self._lock:
            self.latest_request = request

    def send(self, errand: Callable[[], None]) -> None:
        """Have the worker do this where it stands because of a pause, or will stand next.

        A frame is taken after it.
        """
        self._send(_Errand(errand, is_urgent=False))

    def send_at_once(self, errand: Callable[[], None]) -> None:
        """Have the worker do this where its next iteration ends, if it does not stand before."""
        self._send(_Errand(errand, is_urgent=True))

    def _send(self, errand: _Errand) -> None:
        with self._lock:
            if errand.is_urgent and not self._is_urged:
                self._asked_at = time.perf_counter()
            self._errands.append(errand)
            self._update()

    def forget_errands(self) -> None:
        """Have nothing done that was not begun: for a process that was forked from the worker."""
        self._errands.clear()

    # What the worker calls

    def raise_if_stopping(self) -> None:
        """Raise LessonInterrupted or LessonStopped where the lesson is to stop."""
        with self._lock:
            self._raise_if_stopping()

    def on_going_on(self, tell: Callable[[], None]) -> None:
        """Have `tell` called where the worker comes by after an interruption that was caught."""
        self._tell_going_on = tell

    def _note_raised(self) -> None:
        """An interruption has come to the worker, which may run on if that is caught."""
        with self._lock:
            if self._interrupts and self._motion is Motion.STOPPING:
                self._interrupts = False
                self.is_caught = True
                self._motion = Motion.RUNNING
                self._update()

    def note_lost(self) -> None:
        """Know that an interruption which has come to the worker has come to nothing there."""
        with self._lock:
            if self.is_caught:
                self.is_caught = False
                self._interrupts = True
                self._move(Motion.STOPPING)

    def _note_going_on(self) -> None:
        # While it is being handled, it may still be on its way out of the lesson.
        if self.is_caught and not isinstance(sys.exception(), LessonInterrupted):
            self.is_caught = False
            self._tell_going_on()

    def next_errand(self) -> Callable[[], None] | None:
        """What is to be done by a worker that stands still or runs nothing; None: nothing."""
        with self._lock:
            errand = self._errands.popleft() if self._errands else None
            self._update()
            return None if errand is None else errand.do

    def _next_urgent_errand(self) -> Callable[[], None] | None:
        """What is to be done where an iteration ends, in a run that goes on; None: nothing."""
        with self._lock:
            errand = next((one for one in self._errands if one.is_urgent), None)
            if errand is None:
                return None
            self._errands.remove(errand)
            self._update()
            return errand.do

    @property
    def _is_urged(self) -> bool:
        return any(errand.is_urgent for errand in self._errands)

    @property
    def walks(self) -> bool:
        """Whether the worker runs so slowly that each statement is lit while it waits for it."""
        return self._tempo.walks and self._motion is Motion.RUNNING and not self._hurries

    @property
    def is_seeking(self) -> bool:
        """Whether the worker is on its way to a place that it went back to."""
        return self._motion in UNSEEN

    @property
    def holds_at_starts(self) -> bool:
        """Whether the worker is to come by where a loop begins."""
        held = self._motion is Motion.PAUSED or self._motion in BY_STATEMENTS
        return held or self._awaits or (self._motion is Motion.SEEKING and self._seeks_start)

    @property
    def follows_statements(self) -> bool:
        """Whether the worker is to come by before each statement."""
        return self._motion in FOLLOWED or self.walks or self._is_near

    def on_statement_steps(self, follow: Callable[[], None]) -> None:
        """Have `follow` called at each place that the worker leaves to step by statements.

        What it calls then waits before each of them, by `pass_statement`.
        """
        self._follow_statements = follow

    def on_the_way(self, come_by: Callable[[], None]) -> None:
        """Have `come_by` called where iterations end on the way to a place that is sought."""
        self._come_by = come_by

    def on_places(self, visit: Callable[[], bool]) -> None:
        """Have `visit` called at each place that the worker comes to while it `awaits` some.

        It says whether one comes among the statements before the next iteration ends.
        """
        self._visit = visit

    def open(self) -> FrameRequest | None:
        """Forget what a run that has ended was told: the next one finds the gate open.

        Returns the frame that was asked for and that no boundary has granted, if any was.
        """
        with self._lock:
            self._motion = Motion.RUNNING
            self._interrupts = self.was_interrupted = self.is_caught = False
            self._tempo.forget()
            request, self._request = self._request, None
            self._update()
            return request

    def grant(self) -> FrameRequest | None:
        """The newest request; it counts as granted, and the caller takes the frame."""
        with self._lock:
            self._request = None
            self._update()
            return self.latest_request

    def hurry(self) -> None:
        """From now on run through steps that nobody asked to watch: no speed, no single steps."""
        with self._lock:
            self._hurries = True
            self._tempo.forget()
            self._update()

    def slow_down(self) -> None:
        """From now on run as the learner wants to watch it."""
        with self._lock:
            self._hurries = False
            self._update()

    @contextmanager
    def held(self) -> Iterator[None]:
        """A context in which no other thread says a word: for a fork of the worker."""
        with self._lock:
            yield

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
        with self._lock:
            self._raise_if_due()
            if counting and self._motion is Motion.SEEKING:
                self._come_by()
            if self.is_seeking:
                self._look_for_place(counting, here)
            step_ends = self._finish_step(counting, outermost)
            follows = self._motion in BY_STATEMENTS
            if not (counting or step_ends or follows or self._out_of_patience(since)):
                return
            if counting and self._tempo.is_set and not self._hurries:
                self._tempo.end_iteration(time.perf_counter())
                # A walk waits between statements, and drawings are made where an iteration ends.
                self._request = self.latest_request if self.walks else self._request
            self._is_at_end = True
        self._stand(take_frame)
        if self._motion in BY_STATEMENTS or (counting and self.walks) or self._is_near:
            self._follow_statements()

    def hold(self, take_frame: Callable[[FrameRequest], None]) -> None:
        """Wait while paused, at a place where no iteration ends: a loop's start, a step's start."""
        self._stand(take_frame)
        if self._motion in BY_STATEMENTS or self._is_near:
            self._follow_statements()

    def come_to_start(self, here: tuple[bool, int, int]) -> None:
        """Pause where a loop begins, if it is the place that is sought, or past that.

        ``here`` is the place by `Place.has_recorded`, `Place.position` and `Place.start`.
        """
        with self._lock:
            sought = self.sought
            if sought is None or not self._seeks_start or self._motion is not Motion.SEEKING:
                return
            if here >= (sought.has_recorded, sought.position, sought.start):
                self._move(Motion.PAUSED)

    @property
    def _seeks_start(self) -> bool:
        return self.sought is not None and self.sought.start > 0

    def pass_statement(self, take_frame: Callable[[FrameRequest], None]) -> bool:
        """Wait before a statement; whether to come here before the next one as well.

        Raises LessonInterrupted or LessonStopped when the lesson is to stop.
        """
        self._note_going_on()
        with self._lock:
            self._raise_if_due()
            if self._motion in BY_STATEMENTS:
                self._count_step()
            elif self.walks:
                self._tempo.begin_statement()
            elif self._motion is not Motion.PAUSED and not self._is_near:
                return False
        self._stand(take_frame)
        return self.follows_statements

    def _look_around(self) -> None:
        """Have done again what is to be done at this place, before anything is seen of it."""
        if self._awaits:
            self._is_near = self._visit()

    def _stand(self, take_frame: Callable[[FrameRequest], None]) -> None:
        try:
            while True:
                self._look_around()
                due = self._wait()
                if due is None:
                    return
                if isinstance(due, FrameRequest):
                    take_frame(due)
                else:
                    self._do(due)
        finally:
            self._waiting = self._is_at_end = False

    def _finish_step(self, counting: bool, outermost: bool) -> bool:
        ends = (self._motion is Motion.STEPPING_INNER and counting) or (
            self._motion is Motion.STEPPING_OUTER and outermost
        )
        return ends and self._count_step()

    def _look_for_place(self, counting: bool, here: tuple[bool, int]) -> None:
        """Where the iteration that is sought has ended, pause or go on by its statements.

        Where the next one has ended as well, it has fewer statements than are sought.
        """
        sought = self.sought
        if not counting or sought is None or here < (sought.has_recorded, sought.position):
            return
        self._steps_left = sought.statement
        is_past = here > (sought.has_recorded, sought.position)
        if sought.statement and not is_past and self._motion is Motion.SEEKING:
            self._motion = Motion.SEEKING_STATEMENT
        elif is_past or not (sought.statement or sought.start):
            self._move(Motion.PAUSED)

    def _count_step(self) -> bool:
        """Count one step that has ended; whether it was the last, and the worker is to stand."""
        self._steps_left -= 1
        if self._steps_left:
            return False
        self._motion = Motion.PAUSED
        self._request = self.latest_request
        self._update()
        return True

    def _out_of_patience(self, since: float) -> bool:
        return time.perf_counter() - max(self._asked_at, since) > _PATIENCE

    def _do(self, errand: Callable[[], None]) -> None:
        """Do what was sent; the time that it takes is no time of the run's."""
        began = time.perf_counter()
        errand()
        with self._lock:
            self.paused_seconds += time.perf_counter() - began
            self._request = self.latest_request
            self._update()

    def _wait(self) -> FrameRequest | Callable[[], None] | None:
        """Stand at the boundary until there is something to do, or until it is time to go on."""
        has_stood = self._waiting
        with self._lock:
            while True:
                is_slow = self._tempo.left(time.perf_counter()) > 0
                if self._interrupts and not (has_stood or is_slow):
                    return None
                self._raise_if_stopping()
                if self.is_seeking:
                    return None
                if self._request is not None:
                    request, self._request = self._request, None
                    self._update()
                    return request
                if self._motion is Motion.PAUSED:
                    self._waiting = True
                    if (errand := self.next_errand()) is not None:
                        return errand
                    self._wait_for_a_word()
                    has_stood = True
                    continue
                self._waiting = False
                if self._is_at_end and (errand := self._next_urgent_errand()) is not None:
                    return errand
                if (left := self._tempo.left(time.perf_counter())) <= 0:
                    return None
                self._condition.wait(left)
                has_stood = True

    def _wait_for_a_word(self) -> None:
        began = time.perf_counter()
        self._condition.wait()
        self.paused_seconds += time.perf_counter() - began

    def _raise_if_due(self) -> None:
        if not self.is_to_be_thrown:
            self._raise_if_stopping()

    def _raise_if_stopping(self) -> None:
        if self._motion is Motion.STOPPING:
            raise self.exception

    def _move(self, motion: Motion) -> None:
        with self._lock:
            if motion not in ALLOWED[self._motion]:
                return
            self._motion = motion
            self._asked_at = time.perf_counter()
            if motion is Motion.PAUSED:
                self._request = self.latest_request
            self._update()

    def _update(self) -> None:
        self.attention = (
            self._motion is not Motion.RUNNING
            or self._request is not None
            or self._is_urged
            or self.is_caught
            or self._awaits
            or (self._tempo.is_set and not self._hurries)
        )
        self._condition.notify_all()
