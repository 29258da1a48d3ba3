"""One lesson being played: a worker thread that runs its steps, and the commands that move it.

An interface calls the methods of `Session` and reads what they return; nothing here waits for it,
and nothing that it calls waits for the training.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from engine.attempts import Attempts, Prediction
from engine.events import EngineFailed, EngineReady, Event, EventQueue
from engine.frame import Floats, Frame
from engine.gate import FrameRequest, Gate, Grain, Motion
from engine.interrupt import Interruptible
from engine.lesson import Lesson
from engine.parameters import with_parameters
from engine.worker import DeviceMissing, Worker, import_torch, why_unable

# How long a stop waits for the next boundary before it is thrown into the code, in seconds.
_STOP_PATIENCE = 0.2

DEFAULT_REQUEST = FrameRequest(view_width=60, view_height=16)


class Status(Enum):
    """What a session is doing."""

    LOADING = auto()
    READY = auto()
    RUNNING = auto()
    PAUSING = auto()
    PAUSED = auto()
    STOPPING = auto()
    UNABLE = auto()


@dataclass(frozen=True, slots=True)
class _RunTo:
    target: int
    watched_from: int
    grain: Grain | None
    number: int


@dataclass(frozen=True, slots=True)
class _Restart:
    pass


@dataclass(frozen=True, slots=True)
class _Look:
    request: FrameRequest


@dataclass(frozen=True, slots=True, eq=False)
class _Paint:
    step: int
    pixels: Floats
    stroke: int


@dataclass(frozen=True, slots=True)
class _Close:
    pass


_Command = _RunTo | _Restart | _Look | _Paint | _Close


class Session:
    """Plays one lesson. Commands that do not fit the moment (a pause while nothing runs) are void.

    With `captures_output` False, cells print to the process's own output. `parameters` are values
    to run with in place of those that the lesson's file gives; the lesson shown stays as it is.
    Raises ParameterError where the lesson cannot take them.
    """

    def __init__(
        self,
        lesson: Lesson,
        *,
        device: str | None = None,
        captures_output: bool = True,
        request: FrameRequest = DEFAULT_REQUEST,
        parameters: Mapping[str, object] | None = None,
    ) -> None:
        self.lesson = lesson
        self._device = device
        self._gate = Gate(request)
        self._events = EventQueue()
        self._interruptible = Interruptible()
        self._attempts = Attempts()
        self._worker = Worker(
            with_parameters(lesson, parameters or {}),
            self._gate,
            self._events,
            self._interruptible,
            captures_output=captures_output,
            request=request,
            attempts=self._attempts,
        )
        self._commands: queue.SimpleQueue[_Command] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting_commands = 0
        self._wanted_from = 0
        self._number = 0
        self._newest_stroke = 0
        self._can_run = False
        self._unable = False
        self._insists = False
        self._thread = threading.Thread(target=self._work, name="tutorch-worker", daemon=True)

    # What an interface asks

    @property
    def status(self) -> Status:
        """What the session is doing now."""
        if self._unable:
            return Status.UNABLE
        if not self._can_run:
            return Status.LOADING
        if not self._waiting_commands:
            return Status.READY
        match self._gate.motion:
            case Motion.STOPPING:
                return Status.STOPPING
            case Motion.PAUSED:
                return Status.PAUSED if self._gate.is_waiting else Status.PAUSING
            case _:
                return Status.RUNNING

    @property
    def done(self) -> int:
        """How many steps, from the first on, have been run to their end."""
        return self._worker.done

    @property
    def frame(self) -> Frame | None:
        """The newest frame of the step that runs, or that ran last."""
        return self._worker.frame

    def events(self) -> list[Event]:
        """What has happened since the last call."""
        return self._events.drain()

    def running_line(self, first: int, last: int) -> int | None:
        """The line between `first` and `last` that the worker is in, read without asking it."""
        frame = sys._current_frames().get(self._thread.ident or 0)
        path = str(self.lesson.path)
        while frame is not None:
            if frame.f_code.co_filename == path and first <= frame.f_lineno <= last:
                return frame.f_lineno
            frame = frame.f_back
        return None

    # What an interface commands

    def start(self) -> None:
        """Begin to import torch, in the worker thread."""
        self._thread.start()

    def run_step(self, index: int, grain: Grain | None = None) -> None:
        """Run a step, after those before it that have not run; with a grain, pause there at once.

        A step that has run already is run again from where it began: the lesson is replayed up
        to it. Does nothing while something runs.
        """
        if self.status in (Status.READY, Status.LOADING) and not self._waiting_commands:
            self._command(index, index, grain)

    def run_before(self, index: int) -> None:
        """Run what of the steps before this one has not run, all at full speed and on the way.

        Does nothing while something runs.
        """
        if self.status in (Status.READY, Status.LOADING) and not self._waiting_commands:
            self._command(index - 1, index, None)

    def run_all(self) -> None:
        """Run every step that is left; from the first where none is."""
        if self.status in (Status.READY, Status.LOADING) and not self._waiting_commands:
            self._command(len(self.lesson.steps) - 1, 0, None)

    def restart_step(self, index: int) -> None:
        """Stop what runs, and run the step again from where it began."""
        self.stop()
        self._command(index, index, None)

    def restart_lesson(self) -> None:
        """Stop what runs, and go back to before the first step."""
        self.stop()
        self._put(_Restart())

    def set_source(self, step: int, source: str | None) -> None:
        """Have the learner's `source` run in place of an exercise's cell; None: the lesson's own.

        It counts from the step's next run on; steps that have run on another source are replayed.
        """
        self._attempts.set_source(step, source)

    def predict(self, step: int, question: int, prediction: Prediction) -> None:
        """Predict what a number or a curve will be; the end of the step's next run is told it."""
        self._attempts.predict(step, question, prediction)

    def pause(self) -> None:
        """Hold the training at its next boundary."""
        with self._lock:
            if self.status is Status.RUNNING:
                self._gate.pause()

    def resume(self) -> None:
        """Let paused training run on."""
        with self._lock:
            if self.status in (Status.PAUSED, Status.PAUSING):
                self._gate.resume()

    def step(self, grain: Grain) -> None:
        """Let the training go one iteration on, and hold it there."""
        with self._lock:
            if self.status in (Status.PAUSED, Status.PAUSING, Status.RUNNING):
                self._gate.step(grain)

    def stop(self) -> None:
        """End what runs: at its next boundary, or where it is when that does not come soon."""
        with self._lock:
            self._wanted_from = self._number
            if self.status in (Status.READY, Status.LOADING, Status.UNABLE):
                return
            self._gate.stop()
            if not self._insists:
                self._insists = True
                self._interrupt_later()

    def set_speed(self, iterations_per_second: float | None) -> None:
        """Let so many iterations of the training loop pass in a second; None is full speed."""
        self._gate.set_speed(iterations_per_second)

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a new frame; it is there at `frame` once the worker has passed a boundary.

        While nothing runs, the last step is looked at again, as for a pane of another size.
        """
        if self.status is Status.READY:
            self._gate.remember(request)
            self._commands.put(_Look(request))
        else:
            self._gate.request_frame(request)

    def paint(self, step: int, pixels: Floats, stroke: int) -> None:
        """Put the learner's pixels, shape [H, W], into the canvas of a step that has run.

        The frame that shows the views of them says the number `stroke`, which counts from 1. Of
        strokes that wait only the newest is put in: each is the whole canvas. Does nothing while
        something runs.
        """
        if self.status is Status.READY:
            self._newest_stroke = stroke
            self._commands.put(_Paint(step, pixels, stroke))

    def close(self, patience: float = 0.5) -> None:
        """Stop what runs and let the lesson go; waits `patience` seconds for the worker at most."""
        self.stop()
        self._put(_Close())
        if self._thread.ident is not None:
            self._thread.join(patience)

    @property
    def is_closed(self) -> bool:
        """Whether the worker thread is gone."""
        return not self._thread.is_alive()

    # What the worker thread does

    def _work(self) -> None:
        try:
            version, device = import_torch(self._device)
        except (ImportError, OSError, DeviceMissing) as error:
            self._unable = True
            self._events.put(EngineFailed(why_unable(error)))
            return
        self._can_run = True
        self._events.put(EngineReady(version, device))
        while True:
            match self._commands.get():
                case _RunTo() as run:
                    self._run_to(run)
                case _Restart():
                    self._worker.restart()
                case _Look(request):
                    self._worker.look_again(request)
                    continue
                case _Paint(step, pixels, stroke):
                    if stroke == self._newest_stroke:
                        self._worker.paint(step, pixels, stroke)
                    continue
                case _Close():
                    self._worker.close()
                    return
            with self._lock:
                self._waiting_commands -= 1
                self._gate.open()

    def _run_to(self, run: _RunTo) -> None:
        self._worker.run_to(
            run.target, run.watched_from, run.grain, lambda: run.number > self._wanted_from
        )

    def _command(self, target: int, watched_from: int, grain: Grain | None) -> None:
        with self._lock:
            self._number += 1
            command = _RunTo(target, watched_from, grain, self._number)
        self._put(command)

    def _put(self, command: _Command) -> None:
        with self._lock:
            self._waiting_commands += 1
        self._commands.put(command)

    def _interrupt_later(self) -> None:
        patience = threading.Timer(_STOP_PATIENCE, self._interrupt)
        patience.daemon = True
        patience.start()

    def _interrupt(self) -> None:
        """Throw a stop into the code that runs, and again where its `except:` has caught one."""
        with self._lock:
            self._insists = self._gate.motion is Motion.STOPPING
            if self._insists:
                self._interruptible.interrupt()
                self._interrupt_later()
