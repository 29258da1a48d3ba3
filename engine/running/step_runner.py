"""Runs one step of the lesson in its namespace, and tells how it ended and what that says."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from engine.asking.watching import Watcher
from engine.errors.exits import exit_of
from engine.errors.memory import let_frames_go
from engine.errors.script_errors import call_own_hook
from engine.errors.tracebacks import format_error
from engine.framing.frame_taker import FrameTaker
from engine.framing.ran_lines import CalledFunction
from engine.gate.gate import Gate
from engine.gate.motion import Motion
from engine.gate.passage import Passage
from engine.judging.jury import Jury
from engine.lesson.model import Step
from engine.loops.recorder import Recorder
from engine.notebook.shell import LessonShell
from engine.protocol.events import (
    Event,
    LessonBegan,
    PictureShown,
    StepEnded,
    StepStarted,
    StopCaught,
)
from engine.protocol.frame import FrameRequest
from engine.protocol.noticed import Noticed
from engine.protocol.outcomes import LessonTraceback, Outcome
from engine.protocol.pictures import Picture
from engine.protocol.places import Place
from engine.running.event_queue import Teller
from engine.running.frames import Frames
from engine.running.learner_input import LearnerInput
from engine.running.namespace import Namespace
from engine.running.setup import Setup
from engine.running.steps_ran import StepsRan
from engine.running.whereabouts import Whereabouts
from engine.stepping.stepping import StatementStepper
from engine.stopping.exceptions import LessonInterrupted, LessonStopped
from engine.stopping.interruptible import Interruptible
from engine.values.randomness import RandomState
from engine.values.views import ViewArtist


class StepRunner:
    """Owns the namespace that steps run in, and all that looks on while one runs.

    ``origin`` is the random numbers that the lesson begins with, None before it is known.
    """

    def __init__(
        self,
        gate: Gate,
        events: Teller,
        interruptible: Interruptible,
        learner_input: LearnerInput,
        steps: StepsRan,
        setup: Setup,
    ) -> None:
        self.origin = None if setup.origin is None else RandomState.of(setup.origin)
        self._gate = gate
        self._events = events
        self._interruptible = interruptible
        self._input = learner_input
        self._steps = steps
        self._folder = setup.folder
        self._path = str(steps.lesson.path)
        self._jury = Jury(interruptible, steps.lesson.path)
        self._recorder = Recorder()
        self._artist = ViewArtist(self._path, lambda: steps.lesson.words)
        self._keep_moment: Callable[[], None] = lambda: None
        self.passage = Passage(gate)
        self.stepper = StatementStepper(
            self.passage,
            self._path,
            lambda request: self.namespace.loops.take_frame(request),
            lambda: self.namespace.loops,
        )
        self.namespace = self._new_namespace()
        self.where = Whereabouts(steps, lambda: self.namespace.loops, self.stepper)
        self.frames = Frames(setup.request, events, steps)
        self.passage.on_going_on(lambda: self.tell(StopCaught(self.where.here.step, goes_on=True)))

    def on_frame(self, keep_moment: Callable[[], None]) -> None:
        """Have this called each time that a frame of a run has been taken."""
        self._keep_moment = keep_moment

    def ready_shell(self) -> LessonShell:
        """The lesson's shell; with the first, the lesson's random numbers begin."""
        shell = self.namespace.shell
        if self.origin is None:
            self.origin = RandomState.now()
            self._events.put(LessonBegan(self.origin.as_data()))
        elif shell is None:
            self.origin.restore()
        if shell is None:
            shell = self.namespace.open(self._steps.lesson, self._folder, self._tell_picture)
        return shell

    def end_program(self) -> None:
        """Do what Python does at a program's end, if anything has run; a stop ends it."""
        shell = self.namespace.shell
        if shell is not None:
            self._interruptible.run(lambda: shell.end_program())

    def empty(self) -> None:
        """Let the namespace go, and begin an empty one."""
        self.namespace.close()
        self.frames.close()
        self.namespace = self._new_namespace()

    def run(self, step: Step, *, on_the_way: bool) -> bool:
        """Run a step; whether those that come after it may run without being asked for again.

        A cell that Python cannot read has changed nothing: on the way to another it says so, and
        that one runs.
        """
        step = self._input.with_edit(step)
        if step.cell is None:
            return True
        edit = self._steps.begin(step)
        self._events.put(StepStarted(step.index, on_the_way, edit, len(self._input.changes)))
        self._gate.awaits = self._input.next_change is not None
        self.where.place = Place(step.index)
        self._recorder.clear()
        self.frames.newest = None
        shell = self.ready_shell()
        started = time.perf_counter()
        paused = self._gate.paused_seconds
        error = self._interruptible.run(lambda: self._run_cell(shell, step))
        seconds = time.perf_counter() - started - (self._gate.paused_seconds - paused)
        self.where.place = self.where.place_now
        self._steps.under_way = None
        left = exit_of(error, self._path) if isinstance(error, SystemExit) else None
        outcome = _outcome(error) if left is None or left.status else Outcome.DONE
        if isinstance(error, Exception) and step.cell.is_to_raise:
            outcome = Outcome.DONE
        if self._gate.interruption.is_caught and outcome is not Outcome.STOPPED:
            self._events.put(StopCaught(step.index, goes_on=False))
        is_read = error is None or error is not shell.refused
        self._steps.end(step, is_whole=outcome is Outcome.DONE or not is_read)
        told = self._traceback(error)
        if error is not None and told is not None and is_read and self._steps.lesson.is_script:
            self._interruptible.run(lambda: call_own_hook(error, self._path))
        teacher = self.namespace.teacher
        slip = None if told is None or error is None else teacher.slip_behind(error)
        if error is not None:
            let_frames_go(error)
        if not on_the_way:
            # It was chosen to watch this step, and what follows is nothing to watch.
            self._gate.set_speed(None)
        goes_on = on_the_way and not is_read
        frame = self.frames.newest
        self._events.put(StepEnded(step.index, outcome, seconds, frame, told, left, goes_on))
        self._teach(slip)
        if outcome is Outcome.DONE and not on_the_way:
            self._judge(step, shell)
        return goes_on or (outcome is Outcome.DONE and left is None)

    def _run_cell(self, shell: LessonShell, step: Step) -> BaseException | None:
        assert step.cell is not None
        names, loops, teacher = shell.namespace, self.namespace.loops, self.namespace.teacher
        watches = partial(self._input.watches, step.index)
        watcher = Watcher(watches, step.cell, shell, loops, self.stepper)
        taker = FrameTaker(step, names, loops, self._artist, watcher)
        self.frames.begin(taker, watcher, has_canvas=step.cell.canvas is not None)
        self.stepper.begin(step.cell, names, taker.names)
        loops.begin(step.cell.watch, names, self._steps.lesson.asked)
        teacher.begin(step.index, step.cell, names)
        try:
            self.passage.hold(self._take_frame)
            error = shell.run(step.cell)
        finally:
            teacher.finish()
            self.stepper.finish()
            loops.finish()
        # One that came after the last boundary, or in a cell without any, has not been granted.
        return self.frames.take_last(self._gate.grant(), error)

    def _take_frame(self, request: FrameRequest) -> None:
        self.where.place = self.where.here
        with self.stepper.suspended():
            if self._gate.motion is Motion.PAUSED:
                self.ready_shell().show_figures_as_they_are()
            function = self._function_here()
            self.frames.take(request, self._gate.motion, self.stepper.standing, function)
        self.namespace.teacher.at_frame(self.frames.own_series)
        self._keep_moment()

    def _function_here(self) -> CalledFunction | None:
        """The lesson's function that the worker is in, whose thread this is called on."""
        frame = self.stepper.function_in(sys._getframe())
        cell = None if frame is None else self._steps.cell_at(frame.f_code.co_firstlineno)
        if frame is None or cell is None:
            return None
        is_in_loop = self.namespace.loops.running.outermost is not None
        return CalledFunction(cell, frame, is_in_loop=is_in_loop)

    def _teach(self, slip: Noticed | None) -> None:
        """Tell what went wrong in the run that has ended, as far as that can be seen."""
        newest = self.frames.newest
        outer = None if newest is None else newest.outer
        self.namespace.teacher.at_end(self.frames.own_series, outer)
        if slip is not None:
            self._events.put(slip)

    def _judge(self, step: Step, shell: LessonShell) -> None:
        """Tell what the run says to the predictions and to the attempt that it was of."""
        names = shell.namespace
        predictions = self._input.predictions(step.index)
        for judged in self._jury.on_predictions(step, predictions, names, self.frames.newest):
            self._events.put(judged)
        if step.exercise is not None:
            verdict = self._jury.on_attempt(step, step.exercise, names)
            if verdict is not None:
                self._events.put(verdict)

    def _traceback(self, error: BaseException | None) -> LessonTraceback | None:
        if error is None or isinstance(error, LessonInterrupted | LessonStopped | SystemExit):
            return None
        return format_error(error, self._path)

    def _tell_picture(self, number: int, picture: Picture, is_update: bool) -> None:
        step = self._steps.done if self._steps.under_way is None else self._steps.under_way
        self.tell(PictureShown(step, number, picture, is_update))

    def tell(self, event: Event) -> None:
        """Tell an event while a cell runs: a stop comes before or after that."""
        with self._interruptible.closed():
            self._events.put(event)

    def _new_namespace(self) -> Namespace:
        return Namespace(
            self._path,
            self.passage,
            self._recorder,
            take_frame=self._take_frame,
            tell=self.tell,
        )


def _outcome(error: BaseException | None) -> Outcome:
    match error:
        case None:
            return Outcome.DONE
        case LessonInterrupted() | LessonStopped():
            return Outcome.STOPPED
        case _:
            return Outcome.FAILED
