"""A worker with the thread that it works on and all that it shares with the interface.

One that cannot be stopped is abandoned as a whole: whatever it still does reaches nobody.
"""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass

from engine.kernel.attempts import Attempts
from engine.kernel.event_queue import EventQueue
from engine.kernel.torch_import import DeviceMissing, import_torch, why_unable
from engine.kernel.worker import Worker
from engine.lesson.model import Lesson
from engine.loops.gate import Gate, Motion
from engine.loops.interrupt import Interruptible
from engine.protocol.events import EngineFailed, EngineReady, Event, Outcome, StepEnded, StepStarted
from engine.protocol.frame import Floats, FrameRequest
from engine.protocol.status import Grain

# How long a stop waits for the next boundary before it is thrown into the code, and how long until
# code that it does not end is called stuck, in seconds.
_STOP_PATIENCE = 0.2
_STUCK_AFTER = 2.0
# How soon a stop is thrown again where code is stuck, in seconds.
_STUCK_INSISTENCE = 1.0


@dataclass(frozen=True, slots=True)
class Restart:
    """Go back to before the first step."""


@dataclass(frozen=True, slots=True)
class Look:
    """Take the last step's frame anew."""

    request: FrameRequest


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """Put the pixels of a stroke into a step's canvas."""

    step: int
    pixels: Floats
    stroke: int


@dataclass(frozen=True, slots=True)
class Close:
    """Let the lesson go, and end."""


@dataclass(frozen=True, slots=True)
class _RunTo:
    target: int
    watched_from: int
    grain: Grain | None
    number: int


_Command = _RunTo | Restart | Look | Paint | Close


class WorkerThread:
    """Carries out commands in their order; what it says of itself can be read at any time.

    ``lock`` keeps the end of a command from coming between a look at the gate and a word to it.
    """

    def __init__(
        self,
        lesson: Lesson,
        attempts: Attempts,
        *,
        device: str | None,
        captures_output: bool,
        request: FrameRequest,
    ) -> None:
        self.gate = Gate(request)
        self.events = EventQueue()
        self.lock = threading.Lock()
        self.commands_waiting = 0
        self.can_run = False
        self.is_unable = False
        self._device = device
        self._interruptible = Interruptible()
        self.worker = Worker(
            lesson,
            self.gate,
            self.events,
            self._interruptible,
            captures_output=captures_output,
            request=request,
            attempts=attempts,
        )
        self._commands: queue.SimpleQueue[_Command] = queue.SimpleQueue()
        self._wanted_from = 0
        self._number = 0
        self._newest_stroke = 0
        self._insists = False
        self._stop_began = 0.0
        self._is_abandoned = False
        self._thread = threading.Thread(target=self._work, name="tutorch-worker", daemon=True)

    # What an interface reads and commands

    @property
    def ident(self) -> int:
        """The thread's number; 0 before it has started."""
        return self._thread.ident or 0

    @property
    def is_alive(self) -> bool:
        """Whether the thread is there."""
        return self._thread.is_alive()

    @property
    def is_stuck(self) -> bool:
        """Whether what runs has been told to stop for some seconds, and does not."""
        is_late = time.monotonic() - self._stop_began > _STUCK_AFTER
        return is_late and bool(self.commands_waiting) and self.gate.motion is Motion.STOPPING

    def start(self) -> None:
        """Begin to import torch, and then to carry out commands."""
        self._thread.start()

    def run_to(self, target: int, watched_from: int, grain: Grain | None) -> None:
        """Command a run that a later stop calls off."""
        with self.lock:
            self._number += 1
            command = _RunTo(target, watched_from, grain, self._number)
        self.put(command)

    def put(self, command: Restart | Close | _RunTo) -> None:
        """Command something that counts as being at work."""
        with self.lock:
            self.commands_waiting += 1
        self._commands.put(command)

    def look(self, request: FrameRequest) -> None:
        """Command a look at the step that has ended."""
        self._commands.put(Look(request))

    def paint(self, step: int, pixels: Floats, stroke: int) -> None:
        """Command the newest stroke, in place of those that still wait."""
        self._newest_stroke = stroke
        self._commands.put(Paint(step, pixels, stroke))

    def call_off(self) -> None:
        """Drop the runs that were commanded and have not begun; call with the lock."""
        self._wanted_from = self._number

    def stop(self) -> None:
        """End what runs, and keep at it; call with the lock."""
        if self.gate.motion is not Motion.STOPPING:
            self._stop_began = time.monotonic()
        self.gate.stop()
        if not self._insists:
            self._insists = True
            self._interrupt_in(_STOP_PATIENCE)

    def join(self, patience: float) -> None:
        """Wait for the thread's end, `patience` seconds at most."""
        if self._thread.ident is not None:
            self._thread.join(patience)

    def abandon(self) -> list[Event]:
        """Let nothing that this thread still does be heard of; what it has told and nobody read.

        A step that was under way counts as stopped. When the code that runs comes back, it ends
        at its next boundary, and the thread with it.
        """
        with self.lock:
            self._is_abandoned = True
            self.call_off()
            self.stop()
        self._thread.name = "tutorch-abandoned"
        told = self.events.close()
        under_way = self.worker.abandon()
        self._commands.put(Close())
        if under_way is not None and not _tells_its_end(told):
            seconds = time.perf_counter() - under_way.since
            frame = self.worker.frame
            told.append(StepEnded(under_way.step, Outcome.STOPPED, seconds, frame, None))
        return told

    # What the thread does

    def _work(self) -> None:
        try:
            version, device = import_torch(self._device)
        except (ImportError, OSError, DeviceMissing) as error:
            self.is_unable = True
            self.events.put(EngineFailed(why_unable(error)))
            return
        self.can_run = True
        self.events.put(EngineReady(version, device))
        while True:
            match self._commands.get():
                case _RunTo() as run:
                    self._run_to(run)
                case Restart():
                    self.worker.restart()
                case Look(request):
                    self.worker.look_again(request)
                    continue
                case Paint(step, pixels, stroke):
                    if stroke == self._newest_stroke:
                        self.worker.paint(step, pixels, stroke)
                    continue
                case Close():
                    self.worker.close()
                    return
            if self._is_abandoned:
                self.worker.close()
                return
            with self.lock:
                self.commands_waiting -= 1
                self.gate.open()

    def _run_to(self, run: _RunTo) -> None:
        self.worker.run_to(
            run.target, run.watched_from, run.grain, lambda: run.number > self._wanted_from
        )

    def _interrupt_in(self, seconds: float) -> None:
        patience = threading.Timer(seconds, self._interrupt)
        patience.daemon = True
        patience.start()

    def _interrupt(self) -> None:
        """Throw a stop into the code that runs, and again where its `except:` has caught one."""
        with self.lock:
            self._insists = self.gate.motion is Motion.STOPPING and self.is_alive
            if self._insists:
                self._interruptible.interrupt()
                self._interrupt_in(_STUCK_INSISTENCE if self.is_stuck else _STOP_PATIENCE)


def _tells_its_end(told: list[Event]) -> bool:
    """Whether the last that is told of a step is that it has ended."""
    steps = [event for event in told if isinstance(event, (StepStarted, StepEnded))]
    return bool(steps) and isinstance(steps[-1], StepEnded)
