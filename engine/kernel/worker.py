"""The worker: runs a lesson's steps in the order of the file, on the one thread that calls it.

What it holds is always what the file gives when it is run from its top: a step that is run again,
or that was left half done, is reached by replaying the steps before it in an empty namespace.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from engine.judging.jury import Jury
from engine.kernel.attempts import Attempts
from engine.kernel.audience import audience
from engine.kernel.event_queue import EventQueue
from engine.kernel.framing import FrameTaker
from engine.kernel.keyboard import Keyboard
from engine.kernel.memory import let_frames_go
from engine.kernel.output import LessonStreams, leave_writers_behind
from engine.kernel.shell import LessonShell
from engine.kernel.surroundings import Surroundings
from engine.kernel.tracebacks import format_error
from engine.lesson.model import Cell, Lesson, Step
from engine.loops.gate import Gate, LessonStopped
from engine.loops.instrument import LoopInstrumenter
from engine.loops.interrupt import Interruptible
from engine.loops.recorder import Recorder
from engine.loops.runtime import LoopRuntime
from engine.loops.stepping import StatementStepper
from engine.protocol.events import LessonRewound, LessonTraceback, Outcome, StepEnded, StepStarted
from engine.protocol.frame import Floats, Frame, FrameRequest
from engine.protocol.status import Grain
from engine.values.randomness import RandomState
from engine.values.views import ViewArtist


@dataclass(frozen=True, slots=True)
class StepUnderWay:
    """A step whose cell runs, and since when, on the clock of `time.perf_counter`."""

    step: int
    since: float


class Worker:
    """Runs steps; used on one thread. From outside only `abandon` and what is read are touched."""

    def __init__(
        self,
        lesson: Lesson,
        gate: Gate,
        events: EventQueue,
        interruptible: Interruptible,
        *,
        captures_output: bool,
        request: FrameRequest,
        attempts: Attempts,
    ) -> None:
        self._lesson = lesson
        self._gate = gate
        self._events = events
        self._interruptible = interruptible
        self._captures_output = captures_output
        self._attempts = attempts
        self._jury = Jury(interruptible, lesson.path)
        self._ran: dict[int, Cell | None] = {}
        self._recorder = Recorder()
        self._artist = ViewArtist(str(lesson.path))
        self._stepper = StatementStepper(gate, str(lesson.path), self._take_frame_of_statement)
        self._loops = self._new_loops()
        self._shell: LessonShell | None = None
        self._frames: FrameTaker | None = None
        self._canvases: dict[int, FrameTaker] = {}
        self._surroundings: Surroundings | None = None
        self._request = request
        self._origin: RandomState | None = None
        self._half_done = False
        self.keyboard = Keyboard(gate)
        self._streams = LessonStreams(self.keyboard)
        self._under_way: StepUnderWay | None = None
        self._is_abandoned = False
        self.frame: Frame | None = None
        self.done = 0

    def take_over(self, other: Worker) -> None:
        """Stand where another one stood when it was abandoned: as after a step that was stopped."""
        self._origin = other._origin
        self._half_done = True
        self.frame = other.frame
        self.done = other.done

    def abandon(self) -> StepUnderWay | None:
        """Give the process back what it lent, from another thread; the step that was under way."""
        self._is_abandoned = True
        under_way = self._under_way
        self._streams.abandon()
        if self._captures_output:
            leave_writers_behind()
        shell, surroundings = self._shell, self._surroundings
        if shell is not None:
            shell.give_back()
        if surroundings is not None:
            surroundings.restore()
        return under_way

    def run_to(
        self,
        target: int,
        watched_from: int,
        grain: Grain | None,
        is_wanted: Callable[[], bool],
    ) -> None:
        """Run step `target`, and before it whatever the file has before it and has not run yet.

        The steps before `watched_from` are only on the way: they run at full speed. With a
        `grain`, `target` pauses at its first boundary of that grain. Ends early at a step
        that fails or is stopped, and between steps when `is_wanted` says no.
        """
        if not is_wanted():
            return
        if self._half_done or target < self.done or self._is_outdated():
            self._rewind()
        for step in self._lesson.steps[self.done : target + 1]:
            if not is_wanted():
                return
            on_the_way = step.index < watched_from
            if on_the_way:
                self._gate.hurry()
            else:
                self._gate.slow_down()
            if grain is not None and step.index == target:
                self._gate.step(grain)
            if self._run_step(step, on_the_way=on_the_way) is not Outcome.DONE:
                return

    def _is_outdated(self) -> bool:
        """Whether a step has run on other source than it has now."""
        steps = self._lesson.steps[: self.done]
        return any(
            self._attempts.with_edit(step).cell != self._ran.get(step.index) for step in steps
        )

    def restart(self) -> None:
        """Begin the lesson anew, with random numbers of its own."""
        self._origin = None
        self._rewind(begins_anew=True)

    def look_again(self, request: FrameRequest) -> None:
        """Take the last step's frame anew, as for a view pane of another size."""
        self._request = request
        if self._frames is not None and not self._half_done:
            self._take_frame(request)

    def paint(self, index: int, pixels: Floats, stroke: int) -> None:
        """Put pixels into the canvas of a step that has run, and draw its views of them."""
        frames = self._canvases.get(index)
        if frames is None:
            return
        with self._output_of(self._lesson.steps[index]):
            painted = frames.paint(pixels, stroke, self._request)
        if painted is not None:
            self.frame = painted

    def close(self) -> None:
        """Let the namespace go."""
        if self._shell is not None:
            self._shell.close()
        if self._surroundings is not None and not self._is_abandoned:
            self._surroundings.restore()
        self._shell = self._surroundings = None
        self._frames = None
        self._canvases.clear()
        self._loops = self._new_loops()
        self._streams = LessonStreams(self.keyboard)

    def _rewind(self, *, begins_anew: bool = False) -> None:
        """Empty the namespace, and let random numbers come again as they came the first time."""
        self.close()
        if self._origin is not None:
            self._origin.restore()
        self._half_done = False
        self.frame = None
        self.done = 0
        self._events.put(LessonRewound(begins_anew))

    def _run_step(self, step: Step, *, on_the_way: bool) -> Outcome:
        step = self._attempts.with_edit(step)
        if step.cell is None:
            return Outcome.DONE
        self._ran[step.index] = step.cell
        self._events.put(StepStarted(step.index, on_the_way))
        self._half_done = True
        self._recorder.clear()
        self.frame = None
        shell = self._ready_shell()
        started = time.perf_counter()
        self._under_way = StepUnderWay(step.index, started)
        with self._output_of(step):
            error = self._interruptible.run(lambda: self._run_cell(shell, step))
        seconds = time.perf_counter() - started
        outcome = _outcome(error)
        if outcome is Outcome.DONE:
            self._half_done = False
            self.done = self._first_with_code_from(step.index + 1)
        told = self._traceback(error)
        if error is not None:
            let_frames_go(error)
        self._events.put(StepEnded(step.index, outcome, seconds, self.frame, told))
        self._under_way = None
        if outcome is Outcome.DONE and not on_the_way:
            self._judge(step, shell)
        return outcome

    def _judge(self, step: Step, shell: LessonShell) -> None:
        """Tell what the run says to the predictions and to the attempt that it was of."""
        names = shell.namespace
        with self._output_of(step):
            predictions = self._attempts.predictions(step.index)
            for judged in self._jury.on_predictions(step, predictions, names, self.frame):
                self._events.put(judged)
            if step.exercise is not None:
                verdict = self._jury.on_attempt(step, step.exercise, names)
                if verdict is not None:
                    self._events.put(verdict)

    def _first_with_code_from(self, index: int) -> int:
        """Steps without code are done as soon as those before them are."""
        left = self._lesson.steps[index:]
        return next((step.index for step in left if step.cell is not None), index + len(left))

    def _ready_shell(self) -> LessonShell:
        """The lesson's shell; with the first, the lesson's random numbers begin."""
        if self._origin is None:
            self._origin = RandomState.now()
        if self._shell is None:
            instrumenter = LoopInstrumenter(self._loops.sites, self._loops.expect)
            self._surroundings = Surroundings.now()
            self._surroundings.protect()
            self._shell = LessonShell(self._lesson, instrumenter)
            self._shell.add_names(self._loops.hooks())
        return self._shell

    def _run_cell(self, shell: LessonShell, step: Step) -> BaseException | None:
        assert step.cell is not None
        namespace = shell.namespace
        self._frames = FrameTaker(step, namespace, self._loops, self._artist)
        if step.cell.canvas is not None:
            self._canvases[step.index] = self._frames
        self._stepper.begin(step.cell, namespace, self._frames.names)
        self._loops.begin(step.cell.watch, namespace)
        try:
            self._gate.hold(self._take_frame)
            error = shell.run(step.cell)
        finally:
            self._stepper.finish()
            self._loops.finish()
        return error if self._is_abandoned else self._take_last_frame(error)

    def _take_last_frame(self, error: BaseException | None) -> BaseException | None:
        """Show where the step ended; its views are a part of the file, so they may fail it."""
        assert self._frames is not None
        # One that came after the last boundary, or in a cell without any, has not been granted.
        self._request = self._gate.latest_request or self._request
        if error is None:
            try:
                self.frame = self._frames.take_last(self._request)
            except Exception as view_error:  # the learner's code: told like any error of a step
                error = view_error
        if error is not None:
            self.frame = self._frames.take(self._request)
        return error

    def _take_frame(self, request: FrameRequest) -> None:
        assert self._frames is not None
        self._request = request
        with self._stepper.looking_away():
            self.frame = self._frames.take(request, self._stepper.standing)

    def _take_frame_of_statement(self, request: FrameRequest) -> None:
        self._loops.take_frame(request)

    def _new_loops(self) -> LoopRuntime:
        # One for each namespace: what may survive of an old one must not reach into a new one.
        return LoopRuntime(self._gate, self._recorder, self._take_frame)

    def _output_of(self, step: Step) -> AbstractContextManager[None]:
        if not self._captures_output:
            return nullcontext()
        if not self._is_abandoned:
            audience.listen(lambda text: self._events.write(step.index, text))
        return self._streams

    def _traceback(self, error: BaseException | None) -> LessonTraceback | None:
        if error is None or isinstance(error, LessonStopped):
            return None
        return format_error(error, str(self._lesson.path))


def _outcome(error: BaseException | None) -> Outcome:
    match error:
        case None:
            return Outcome.DONE
        case LessonStopped():
            return Outcome.STOPPED
        case _:
            return Outcome.FAILED
