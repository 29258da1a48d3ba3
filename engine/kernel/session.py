"""One lesson being played: a worker thread that runs its steps, and the commands that move it.

An interface calls the methods of `Session` and reads what they return; nothing here waits for it,
and nothing that it calls waits for the training.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from engine.kernel.ending import Ending
from engine.kernel.own_process import OwnProcess
from engine.kernel.session_state import SessionState
from engine.kernel.tasks import Close, End, Restart
from engine.kernel.worker import Worker
from engine.kernel.worker_thread import WorkerThread
from engine.lesson.model import Lesson
from engine.lesson.parameters import with_parameters
from engine.protocol.changes import Change
from engine.protocol.commands import Ask, RunTo
from engine.protocol.completion import Completions, Writing
from engine.protocol.curves import Prediction
from engine.protocol.events import Event
from engine.protocol.frame import Floats, Frame, FrameRequest
from engine.protocol.places import Place, Spot
from engine.protocol.status import Asked, Grain, Status
from engine.protocol.watching import Watch
from engine.running.event_queue import EventQueue
from engine.running.learner_input import LearnerInput
from engine.running.setup import Setup


class Session:
    """Plays one lesson. A command that does not fit the moment does nothing.

    ``process`` is for one that plays nothing else.
    Raises ParameterError where the lesson cannot take the parameters.
    """

    def __init__(self, lesson: Lesson, setup: Setup | None = None) -> None:
        setup = setup or Setup()
        self.lesson = lesson
        self._events = EventQueue()
        self._input = LearnerInput()
        self._thread = WorkerThread(
            with_parameters(lesson, setup.parameters),
            self._input,
            setup.teller or self._events,
            setup,
        )
        self._state = SessionState(self._thread)
        self._ending = Ending(self._thread, self._state)
        self.process = OwnProcess(self._thread, self._state, self._input)

    # What an interface asks

    @property
    def status(self) -> Status:
        """What the session is doing now."""
        return self._state.status

    @property
    def done(self) -> int:
        """How many steps, from the first on, have been run to their end."""
        return self._worker.steps.done

    @property
    def frame(self) -> Frame | None:
        """The newest frame of the step that runs, or that ran last."""
        return self._worker.frames.newest

    @property
    def place(self) -> Place | None:
        """How far the run has come that is under way, or that ended last."""
        return self._worker.where.place_now

    @property
    def sought(self) -> Place | None:
        """The place that the run is on its way to; None while it is not."""
        return self._state.sought

    @property
    def spot(self) -> Spot | None:
        """Where in the lesson's text a run is paused; None where none is."""
        return self._state.spot

    @property
    def asked(self) -> Asked | None:
        """What the code that runs waits for the learner to write; None while it does not."""
        return self._worker.keyboard.asked

    def events(self) -> list[Event]:
        """What has happened since the last call."""
        return self._events.drain()

    def running_line(self, first: int, last: int) -> int | None:
        """The line between `first` and `last` that the worker is in, read without asking it."""
        return self._state.running_line(str(self.lesson.path), first, last)

    def completions(self, writing: Writing) -> Completions | None:
        """What may follow in what the learner writes, by the names of now; None while code runs."""
        return self._state.completions(writing)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was asked that changed the names as they are now, in its order."""
        return self._input.changes

    # What an interface commands

    def start(self) -> None:
        """Begin to import torch, in the worker thread."""
        self._thread.start()

    def run_step(self, index: int, grain: Grain | None = None) -> None:
        """Run a step, after those before it that have not run; with a grain, pause there at once.

        A step that has run already is run again from where it began: the lesson is replayed up
        to it. Does nothing while something runs.
        """
        if self._state.may_begin:
            self._thread.run_to(RunTo(index, index, grain))

    def run_before(self, index: int) -> None:
        """Run what of the steps before this one has not run, all at full speed and on the way.

        Does nothing while something runs.
        """
        if self._state.may_begin:
            self._thread.run_to(RunTo(index - 1, index))

    def run_all(self) -> None:
        """Run every step that is left; from the first where none is."""
        if self._state.may_begin:
            self._thread.run_to(RunTo(len(self.lesson.steps) - 1, 0))

    def run_or_pause(self, index: int) -> None:
        """Run the step where nothing runs, pause what runs, resume what is paused."""
        match self.status:
            case Status.RUNNING:
                self.pause()
            case Status.PAUSED | Status.PAUSING:
                self.resume()
            case _:
                self.run_step(index)

    def step_on(self, index: int, grain: Grain) -> None:
        """Go one grain on; where nothing runs, run the step and pause at its first boundary."""
        if self._state.may_begin:
            self._thread.run_to(RunTo(index, index, grain))
        else:
            self.step(grain)

    def restart_step(self, index: int) -> None:
        """Stop what runs, and run the step again from where it began."""
        self._ending.stop_everything()
        self._thread.run_to(RunTo(index, index))

    def restart_lesson(self) -> None:
        """Stop what runs, and go back to before the first step."""
        self._ending.stop_everything()
        self._thread.put(Restart())

    def end_program(self) -> None:
        """Wait for the lesson's threads and call what its `atexit` has, where nothing runs."""
        if self._state.may_begin:
            self._thread.put(End())

    def take_lesson(self, lesson: Lesson) -> None:
        """Play the file as it was saved again, once nothing runs; what was said of steps is gone.

        Steps that run what they ran before keep what they have made.
        """
        self.lesson = lesson
        self._input.forget_words()
        self._thread.take_lesson(lesson)

    def set_source(self, step: int, source: str | None) -> None:
        """Have the learner's `source` run in place of the step's cell; None: the lesson's own.

        It counts from the step's next run on; steps that have run on another source are replayed.
        """
        self._input.set_source(step, source)

    def set_arguments(self, arguments: Sequence[str]) -> None:
        """Have these stand in `sys.argv` of this process, behind the program's name."""
        sys.argv[1:] = arguments

    def predict(self, step: int, question: int, prediction: Prediction) -> None:
        """Predict what a number or a curve will be; the end of the step's next run is told it."""
        self._input.predict(step, question, prediction)

    def watch(self, step: int, watches: tuple[Watch, ...]) -> None:
        """Have these expressions read in the runs of a step, in place of those of before.

        Each frame says what they are; those that are on the curve are read as iterations end, too.
        """
        self._input.watch(step, watches)
        self._worker.frames.heed_watches()
        if self.status is Status.READY:
            self._thread.look_at_values()
        elif self.status is Status.PAUSED and self._thread.gate.requests.newest is not None:
            self._thread.gate.request_frame(self._thread.gate.requests.newest)

    def pause(self) -> None:
        """Hold the training at its next boundary."""
        with self._thread.lock:
            if self.status is Status.RUNNING:
                self._thread.gate.pause()

    def resume(self) -> None:
        """Let paused training run on."""
        with self._thread.lock:
            if self.status in (Status.PAUSED, Status.PAUSING):
                self._thread.gate.resume()

    def go_to(self, place: Place) -> None:
        """Go to a place unseen, in the run of its step that is under way, or else in a new one."""
        with self._thread.lock:
            here = self._worker.where.place
            if here is not None and self._worker.steps.under_way == place.step:
                self._thread.gate.seek(place, here)
                return
        self._thread.run_to(RunTo(place.step, place.step, place=place))

    def step(self, grain: Grain) -> None:
        """Let the training go one grain on, and hold it there."""
        with self._thread.lock:
            if self.status in (Status.PAUSED, Status.PAUSING, Status.RUNNING, Status.WAITING):
                self._thread.step(grain)

    def stop(self) -> None:
        """End what is asked, or else what runs.

        A run ends at its next boundary, or where it is when that does not come soon: the first time
        by a KeyboardInterrupt, which the lesson may catch and go on, and then by force.
        """
        self._ending.stop()

    def ask(self, number: int, text: str, *, at_once: bool = False) -> None:
        """Have `text`, an expression or statements, carried out where the run stands.

        That is where it is paused, in the function that it stands in, or where nothing runs; with
        `at_once` also where the next iteration ends, and the run goes on. The answer is an event
        with this number.
        """
        self._thread.ask(Ask(number, text, at_once))

    def write_line(self, line: str) -> None:
        """Give a line to code that waits for one."""
        self._worker.keyboard.write_line(line)

    def set_speed(self, iterations_per_second: float | None) -> None:
        """Let so many iterations of the training loop pass in a second; None is full speed.

        It counts until the step that runs, or that runs next, has ended.
        """
        self._thread.gate.set_speed(iterations_per_second)

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a new frame; it is there at `frame` once the worker has passed a boundary.

        While nothing runs, the last step is looked at again, as for a pane of another size.
        """
        if self.status is Status.READY:
            self._thread.gate.remember(request)
            self._thread.look(request)
        else:
            self._thread.gate.request_frame(request)

    def paint(self, step: int, pixels: Floats, stroke: int) -> None:
        """Put the learner's pixels, shape [H, W], into the canvas of a step that has run.

        The frame that shows the views of them says the number `stroke`, which counts from 1. Of
        strokes that wait only the newest is put in: each is the whole canvas. Does nothing while
        something runs.
        """
        if self.status is Status.READY:
            self._thread.paint(step, pixels, stroke)

    def close(self, patience: float = 0.5) -> None:
        """Stop what runs and let the lesson go; waits `patience` seconds for the worker at most."""
        self._ending.stop_everything()
        self._thread.put(Close())
        self._thread.join(patience)

    @property
    def is_closed(self) -> bool:
        """Whether the worker thread is gone."""
        return not self._thread.is_alive

    @property
    def _worker(self) -> Worker:
        return self._thread.worker
