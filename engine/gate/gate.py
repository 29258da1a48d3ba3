"""What the learner wants of the worker, behind the one lock that both their threads take."""

from __future__ import annotations

import threading
import time

from engine.gate.errands import Errand, Errands
from engine.gate.interruption import Interruption
from engine.gate.motion import Motion
from engine.gate.orders import Orders
from engine.gate.requests import FrameRequests
from engine.gate.tempo import Tempo
from engine.protocol.frame import FrameRequest
from engine.protocol.places import Place
from engine.protocol.status import Grain


class Gate:
    """What the interface says to the worker, and what either asks of the other.

    A pause and a step's end come with a frame: as the newest request wants it, at first `request`.
    ``paused_seconds`` is how long the worker has stood still because of pauses, in all, and
    ``is_waiting`` is True while it does; ``asked_at`` is when something was last asked of it.
    ``attention`` is the only thing that a running loop looks at: while it is False an iteration
    goes by without a lock. What else there is belongs to ``lock``, which neither side holds while
    it works; what changes it calls `update`. The worker comes by on its
    `engine.gate.passage.Passage`, and stands in `engine.gate.waiting.Waiting`.
    """

    def __init__(self, request: FrameRequest | None = None) -> None:
        self.attention = self.is_waiting = False
        self.paused_seconds = self.asked_at = 0.0
        # The worker takes the lock itself and not the condition, whose `__enter__` is Python: an
        # interrupt thrown into it would leave the lock taken for good.
        self.lock = threading.RLock()
        self.condition = threading.Condition(self.lock)
        self.interruption = Interruption(self._note_raised)
        self.orders = Orders()
        self.tempo = Tempo()
        self.errands = Errands()
        self.requests = FrameRequests(request)
        self._awaits = False

    # What the interface says

    def pause(self) -> None:
        """Hold the worker at its next boundary."""
        with self.lock:
            self.note_moved(self.orders.to(Motion.PAUSED))

    def resume(self) -> None:
        """Let the worker run on."""
        with self.lock:
            self.note_moved(self.orders.to(Motion.RUNNING))

    def step(self, grain: Grain) -> None:
        """Let the worker go on by one iteration or statement more, and hold it there."""
        with self.lock:
            if not self.tempo.hurries:
                self.note_moved(self.orders.step(grain))

    def seek(self, place: Place, here: Place) -> None:
        """Let the worker, which stands `here`, go to a place of the same run unseen, and stop.

        Where the worker is past it, it is held at its next boundary.
        """
        with self.lock:
            self.note_moved(self.orders.seek(place, here))

    def interrupt(self) -> None:
        """Have LessonInterrupted raised once: then the worker may run on.

        Where the worker stands that is at once, else at a boundary once it could be thrown into the
        code for a while in vain: there a lesson may catch it, and not between its iterations.
        """
        with self.lock:
            self.interruption.send(is_first=self.motion is not Motion.STOPPING)
            self.note_moved(self.orders.to(Motion.STOPPING))

    def note_handled(self) -> None:
        """Know that the lesson has handled an interruption in its own way, and goes on."""
        with self.lock:
            self.interruption.note_handled()
            self.update()

    def stop(self) -> None:
        """Make the next boundary, and each after it, raise LessonStopped."""
        with self.lock:
            self.interruption.is_due = False
            self.note_moved(self.orders.to(Motion.STOPPING))

    def set_speed(self, iterations_per_second: float | None) -> None:
        """Let at most so many iterations pass in a second; None is full speed."""
        with self.lock:
            self.tempo.set(iterations_per_second)
            self.update()

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a frame at the next boundary; a paused worker takes one where it stands."""
        with self.lock:
            if not self.requests.is_due:
                self.asked_at = time.perf_counter()
            self.requests.ask(request)
            self.update()

    def remember(self, request: FrameRequest) -> None:
        """Take this for the newest request, without asking for a frame now."""
        with self.lock:
            self.requests.newest = request

    def send(self, errand: Errand, *, is_urgent: bool = False) -> None:
        """Have the worker do this where it stands because of a pause, or will stand next.

        An urgent errand is done where the next iteration ends, if the worker is not held earlier.
        A frame is taken after it.
        """
        with self.lock:
            if is_urgent and not self.errands.has_urgent:
                self.asked_at = time.perf_counter()
            self.errands.send(errand, is_urgent=is_urgent)
            self.update()

    # What either asks

    @property
    def motion(self) -> Motion:
        """What was last asked for."""
        return self.orders.motion

    @property
    def sought(self) -> Place | None:
        """The place that the worker is on its way to; None while it is not."""
        return self.orders.sought if self.orders.is_seeking else None

    @property
    def walks(self) -> bool:
        """Whether the worker runs so slowly that each statement is lit while it waits for it."""
        return self.tempo.walks and self.motion is Motion.RUNNING

    @property
    def awaits(self) -> bool:
        """Whether there may be places in the run at which something is to be done again.

        The worker then looks at each place that it comes to.
        """
        return self._awaits

    @awaits.setter
    def awaits(self, awaits: bool) -> None:
        with self.lock:
            self._awaits = awaits
            self.update()

    # Between two runs

    def open(self) -> FrameRequest | None:
        """Forget what a run that has ended was told: the next one finds the gate open.

        Returns the frame that was asked for and that no boundary has granted, if any was.
        """
        with self.lock:
            self.orders.reopen()
            self.interruption.forget()
            self.tempo.forget()
            request = self.requests.take()
            self.update()
            return request

    def forget_stop(self) -> None:
        """Run on where a stop was asked for that has not come to the worker yet."""
        with self.lock:
            if self.motion is Motion.STOPPING:
                self.orders.reopen()
                self.interruption.forget()
                self.update()

    def grant(self) -> FrameRequest | None:
        """The newest request; it counts as granted, and the caller takes the frame."""
        with self.lock:
            self.requests.take()
            self.update()
            return self.requests.newest

    def hurry(self) -> None:
        """From now on run through steps that nobody asked to watch: no speed, no single steps."""
        with self.lock:
            self.tempo.hurry()
            self.update()

    def slow_down(self) -> None:
        """From now on run as the learner wants to watch it."""
        with self.lock:
            self.tempo.slow_down()
            self.update()

    def next_errand(self) -> Errand | None:
        """What is to be done by a worker that stands still or runs nothing; None: nothing."""
        with self.lock:
            errand = self.errands.take()
            self.update()
            return errand

    # A stop that comes to the worker

    def raise_if_stopping(self) -> None:
        """Raise LessonInterrupted or LessonStopped where the lesson is to stop."""
        with self.lock:
            if self.motion is Motion.STOPPING:
                raise self.interruption.exception

    def note_lost(self) -> None:
        """Know that an interruption which has come to the worker has come to nothing there."""
        with self.lock:
            if self.interruption.is_caught:
                self.interruption.send_again()
                self.note_moved(self.orders.to(Motion.STOPPING))

    def _note_raised(self) -> None:
        """An interruption has come to the worker, which may run on if that is caught."""
        with self.lock:
            if self.interruption.is_due and self.motion is Motion.STOPPING:
                self.interruption.note_raised()
                self.orders.reopen()
                self.update()

    def note_moved(self, has_moved: bool) -> None:
        """Take note that the orders have changed, if they have; call with the lock."""
        if not has_moved:
            return
        self.asked_at = time.perf_counter()
        if self.motion is Motion.PAUSED:
            self.requests.ask_again()
        self.update()

    def update(self) -> None:
        """Have the worker see what has changed; call with the lock."""
        self.attention = (
            self.motion is not Motion.RUNNING
            or self.requests.is_due
            or self.errands.has_urgent
            or self.interruption.is_caught
            or self._awaits
            or self.tempo.is_set
        )
        self.condition.notify_all()
