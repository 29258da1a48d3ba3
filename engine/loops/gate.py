"""The one place where the worker waits, and what the learner wants of it, behind one lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.loops.errands import Errand, Errands
from engine.loops.interruption import Interruption
from engine.loops.motion import Motion
from engine.loops.orders import Orders
from engine.loops.tempo import Tempo
from engine.protocol.frame import FrameRequest
from engine.protocol.places import Place
from engine.protocol.status import Grain

# A pause or a frame asked for inside a loop whose iterations do not count (a walk over the
# parameters, a pass over the test set) waits for one that does: until both the request and that
# loop are this old, in seconds. A walk over the parameters is over long before.
_PATIENCE = 0.25


class Gate:
    """What the interface says to the worker, and where that is held or hurried by it.

    A pause and a step's end come with a frame: as the newest request wants it, at first `request`.
    ``latest_request`` is that one, also once it has been granted.
    ``paused_seconds`` is how long the worker has stood still because of pauses, in all.
    ``attention`` is the only thing that a running loop looks at: while it is False an iteration
    goes by without a lock. All other state is behind one lock, which neither side holds while
    it works. The worker comes here by its `engine.loops.passage.Passage`.
    """

    def __init__(self, request: FrameRequest | None = None) -> None:
        self.attention = False
        self.paused_seconds = 0.0
        self.latest_request = request
        # The worker takes the lock itself and not the condition, whose `__enter__` is Python: an
        # interrupt thrown into it would leave the lock taken for good.
        self._lock = threading.RLock()
        self._condition = threading.Condition(self._lock)
        self.interruption = Interruption(self._note_raised)
        self._orders = Orders()
        self._tempo = Tempo()
        self._errands = Errands()
        self._awaits = False
        self._is_waiting = self._is_at_end = False
        self._request: FrameRequest | None = None
        self._asked_at = 0.0

    # What the interface says

    def pause(self) -> None:
        """Hold the worker at its next boundary."""
        with self._lock:
            self._note_moved(self._orders.to(Motion.PAUSED))

    def resume(self) -> None:
        """Let the worker run on."""
        with self._lock:
            self._note_moved(self._orders.to(Motion.RUNNING))

    def step(self, grain: Grain) -> None:
        """Let the worker go on by one iteration or statement more, and hold it there."""
        with self._lock:
            if not self._tempo.hurries:
                self._note_moved(self._orders.step(grain))

    def seek(self, place: Place, here: Place) -> None:
        """Let the worker, which stands `here`, go to a place of the same run unseen, and stop.

        Where the worker is past it, it is held at its next boundary.
        """
        with self._lock:
            self._note_moved(self._orders.seek(place, here))

    def interrupt(self) -> None:
        """Have LessonInterrupted raised once: then the worker may run on.

        Where the worker stands that is at once, else at a boundary once it could be thrown into the
        code for a while in vain: there a lesson may catch it, and not between its iterations.
        """
        with self._lock:
            self.interruption.send(is_first=self.motion is not Motion.STOPPING)
            self._note_moved(self._orders.to(Motion.STOPPING))

    def note_handled(self) -> None:
        """Know that the lesson has handled an interruption in its own way, and goes on."""
        with self._lock:
            self.interruption.note_handled()
            self._update()

    def stop(self) -> None:
        """Make the next boundary, and each after it, raise LessonStopped."""
        with self._lock:
            self.interruption.is_due = False
            self._note_moved(self._orders.to(Motion.STOPPING))

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

    def send(self, errand: Errand, *, is_urgent: bool = False) -> None:
        """Have the worker do this where it stands because of a pause, or will stand next.

        An urgent errand is done where the next iteration ends, if the worker does not stand before.
        A frame is taken after it.
        """
        with self._lock:
            if is_urgent and not self._errands.has_urgent:
                self._asked_at = time.perf_counter()
            self._errands.send(errand, is_urgent=is_urgent)
            self._update()

    # What either asks

    @property
    def motion(self) -> Motion:
        """What was last asked for."""
        return self._orders.motion

    @property
    def is_waiting(self) -> bool:
        """True while the worker stands still at a boundary because of a pause."""
        return self._is_waiting

    @property
    def sought(self) -> Place | None:
        """The place that the worker is on its way to; None while it is not."""
        return self._orders.sought if self._orders.is_seeking else None

    @property
    def seeks_start(self) -> bool:
        """Whether the worker is on its way to where a loop begins."""
        return self._orders.seeks_start

    @property
    def steps_by_statements(self) -> bool:
        """Whether the worker counts statements as it goes."""
        return self._orders.is_by_statements

    @property
    def walks(self) -> bool:
        """Whether the worker runs so slowly that each statement is lit while it waits for it."""
        return self._tempo.walks and self.motion is Motion.RUNNING

    @property
    def awaits(self) -> bool:
        """Whether there may be places in the run at which something is to be done again.

        The worker then looks at each place that it comes to.
        """
        return self._awaits

    @awaits.setter
    def awaits(self, awaits: bool) -> None:
        with self._lock:
            self._awaits = awaits
            self._update()

    @contextmanager
    def held(self) -> Iterator[None]:
        """A context in which no other thread says a word: for a fork of the worker."""
        with self._lock:
            yield

    # Between two runs

    def open(self) -> FrameRequest | None:
        """Forget what a run that has ended was told: the next one finds the gate open.

        Returns the frame that was asked for and that no boundary has granted, if any was.
        """
        with self._lock:
            self._orders.reopen()
            self.interruption.forget()
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
            self._tempo.hurry()
            self._update()

    def slow_down(self) -> None:
        """From now on run as the learner wants to watch it."""
        with self._lock:
            self._tempo.slow_down()
            self._update()

    def next_errand(self) -> Errand | None:
        """What is to be done by a worker that stands still or runs nothing; None: nothing."""
        with self._lock:
            errand = self._errands.take()
            self._update()
            return errand

    def forget_errands(self) -> None:
        """Have nothing done that was not begun: for a process that was forked from the worker."""
        self._errands.forget()

    # What the worker does here

    def begin_loop(self, here: tuple[bool, int, int]) -> None:
        """Come to where a loop begins, which may be the place that is sought."""
        with self._lock:
            self._note_moved(self._orders.arrive_at_start(here))

    def end_iteration(
        self,
        *,
        counting: bool,
        outermost: bool,
        since: float,
        here: tuple[bool, int],
        come_by: Callable[[], None],
    ) -> bool:
        """Take note that an iteration ends; whether the worker is to stand here.

        See `Passage.pass_boundary`. `come_by` is called, with the lock, on the way to a place.
        """
        with self._lock:
            self._raise_if_due()
            if counting and self.motion is Motion.SEEKING:
                come_by()
            if counting:
                self._note_moved(self._orders.arrive(here))
            step_ends = self._orders.end_step_with_iteration(counting=counting, outermost=outermost)
            self._note_step(is_last=step_ends)
            follows = self._orders.is_by_statements
            if not (counting or step_ends or follows or self._is_out_of_patience(since)):
                return False
            if counting and self._tempo.is_set:
                self._tempo.end_iteration(time.perf_counter())
                # A walk waits between statements, and drawings are made where an iteration ends.
                self._request = self.latest_request if self.walks else self._request
            self._is_at_end = True
            return True

    def begin_statement(self, *, is_near: bool) -> bool:
        """Take note that a statement begins; whether the worker is to stand before it.

        It is where a place `is_near` that it awaits.
        """
        with self._lock:
            self._raise_if_due()
            if self._orders.is_by_statements:
                self._note_step(is_last=self._orders.count_step())
            elif self.walks:
                self._tempo.begin_statement()
            elif self.motion is not Motion.PAUSED and not is_near:
                return False
            return True

    def stand(
        self, take_frame: Callable[[FrameRequest], None], look_around: Callable[[], None]
    ) -> None:
        """Wait while paused, and keep to the speed; take frames and do errands meanwhile.

        `look_around` is called before anything else is done or seen here, each time.
        """
        try:
            while True:
                look_around()
                due = self._wait()
                if due is None:
                    return
                if isinstance(due, FrameRequest):
                    take_frame(due)
                else:
                    self._do(due)
        finally:
            self._is_waiting = self._is_at_end = False

    def raise_if_stopping(self) -> None:
        """Raise LessonInterrupted or LessonStopped where the lesson is to stop."""
        with self._lock:
            if self.motion is Motion.STOPPING:
                raise self.interruption.exception

    def note_lost(self) -> None:
        """Know that an interruption which has come to the worker has come to nothing there."""
        with self._lock:
            if self.interruption.is_caught:
                self.interruption.send_again()
                self._note_moved(self._orders.to(Motion.STOPPING))

    def _note_raised(self) -> None:
        """An interruption has come to the worker, which may run on if that is caught."""
        with self._lock:
            if self.interruption.is_due and self.motion is Motion.STOPPING:
                self.interruption.note_raised()
                self._orders.reopen()
                self._update()

    def _do(self, errand: Errand) -> None:
        """Do what was sent; the time that it takes is no time of the run's."""
        began = time.perf_counter()
        errand()
        with self._lock:
            self.paused_seconds += time.perf_counter() - began
            self._request = self.latest_request
            self._update()

    def _wait(self) -> FrameRequest | Errand | None:
        """Stand at the boundary until there is something to do, or until it is time to go on."""
        has_stood = self._is_waiting
        with self._lock:
            while True:
                is_slow = self._tempo.left(time.perf_counter()) > 0
                if self.interruption.is_due and not (has_stood or is_slow):
                    return None
                self.raise_if_stopping()
                if self._orders.is_seeking:
                    return None
                if self._request is not None:
                    request, self._request = self._request, None
                    self._update()
                    return request
                if self.motion is Motion.PAUSED:
                    self._is_waiting = True
                    if (errand := self.next_errand()) is not None:
                        return errand
                    self._wait_for_a_word()
                    has_stood = True
                    continue
                self._is_waiting = False
                if self._is_at_end and (errand := self._errands.take_urgent()) is not None:
                    self._update()
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
        if not self.interruption.is_to_be_thrown:
            self.raise_if_stopping()

    def _is_out_of_patience(self, since: float) -> bool:
        return time.perf_counter() - max(self._asked_at, since) > _PATIENCE

    def _note_moved(self, has_moved: bool) -> None:
        if not has_moved:
            return
        self._asked_at = time.perf_counter()
        if self.motion is Motion.PAUSED:
            self._request = self.latest_request
        self._update()

    def _note_step(self, *, is_last: bool) -> None:
        if is_last:
            self._request = self.latest_request
            self._update()

    def _update(self) -> None:
        self.attention = (
            self.motion is not Motion.RUNNING
            or self._request is not None
            or self._errands.has_urgent
            or self.interruption.is_caught
            or self._awaits
            or self._tempo.is_set
        )
        self._condition.notify_all()
