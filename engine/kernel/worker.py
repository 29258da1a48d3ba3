"""The worker: runs a lesson's steps in the order of the file, on the one thread that calls it.

What it holds is always what the file gives when it is run from its top: a step that is run again,
or that was left half done, is reached by replaying the steps before it in an empty namespace.
Where the session has a process of its own, that is the namespace of a new process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import FrameType

from engine.asking.completion import completions_of
from engine.gate.gate import Gate
from engine.gate.motion import Motion
from engine.kernel.moving import move_functions
from engine.kernel.torch_import import LateImports, needs_late_imports
from engine.lesson.model import Lesson, Step
from engine.lesson.reloading import Moves
from engine.protocol.commands import RunTo
from engine.protocol.completion import Completions, Writing
from engine.protocol.events import LessonRewound
from engine.protocol.places import Place
from engine.protocol.status import Grain
from engine.running.event_queue import Teller
from engine.running.interventions import Interventions
from engine.running.learner_input import LearnerInput
from engine.running.moments import Moments
from engine.running.setup import Setup
from engine.running.step_runner import StepRunner
from engine.running.steps_ran import StepsRan
from engine.stopping.interruptible import Interruptible
from engine.streams.keyboard import Keyboard


class Worker:
    """Runs steps; used on one thread.

    ``new_lesson`` is the file as it was saved again, until that is taken.
    """

    def __init__(
        self,
        lesson: Lesson,
        gate: Gate,
        events: Teller,
        interruptible: Interruptible,
        learner_input: LearnerInput,
        setup: Setup,
    ) -> None:
        self._gate = gate
        self._events = events
        self._input = learner_input
        self._begin_again = setup.begin_again
        self._path = str(lesson.path)
        self.new_lesson: Lesson | None = None
        self.steps = StepsRan(lesson, learner_input)
        self._runner = StepRunner(gate, events, interruptible, learner_input, self.steps, setup)
        self.where = self._runner.where
        self.frames = self._runner.frames
        self.late_imports = LateImports()
        self.keyboard = Keyboard(gate.raise_if_stopping)
        self._moments = Moments(setup.keep, self.steps, self.where, learner_input)
        self.interventions = Interventions(
            gate,
            events,
            interruptible,
            learner_input,
            self.steps,
            self.where,
            ready_shell=self._runner.ready_shell,
            note_change=self._note_change,
        )
        self._runner.on_frame(self._keep_moment)
        self._runner.passage.on_the_way(self._moments.keep_on_the_way)
        self._runner.passage.on_places(self.interventions.repeat_here)

    # Runs

    def run_to(
        self, run: RunTo, is_wanted: Callable[[], bool], take_steps: Callable[[], Iterable[Grain]]
    ) -> bool:
        """Run the target, and before it whatever the file has before it and has not run yet.

        Steps that are only on the way run at full speed. Ends early at a step that fails or is
        stopped, and between steps when `is_wanted` says no. At the first step that is watched,
        `take_steps` says by what it goes on before it pauses. Returns False in a process that woke
        before one of these steps: there it is for new commands to say what runs.
        """
        if not is_wanted():
            return True
        self.take_new_lesson()
        target, watched_from = run.target, run.watched_from
        if self.steps.must_begin_again_for(target):
            self._rewind(run)
        for step in self.steps.lesson.steps[self.steps.done : target + 1]:
            if not is_wanted() or self.new_lesson is not None:
                return True
            self.interventions.repeat_before(step)
            self._import_before(step)
            if self._keep_before(step):
                return False
            on_the_way = step.index < watched_from
            if on_the_way:
                self._gate.hurry()
            else:
                self._gate.slow_down()
                for grain in take_steps():
                    self._gate.step(grain)
            if run.place is not None and step.index == target:
                self._gate.seek(run.place, Place(target))
            if not self._runner.run(step, on_the_way=on_the_way):
                break
        return True

    def restart(self) -> None:
        """Go back to before the first step; the lesson begins with random numbers of its own."""
        self._runner.origin = None
        self._rewind(None)

    def take_new_lesson(self) -> None:
        """Play the file as it was saved again, if it was; called where no step runs.

        Where that is not what has run, the next run begins again before it.
        """
        lesson, self.new_lesson = self.new_lesson, None
        if lesson is None:
            return
        before = self.steps.lesson
        kept = self.steps.take_lesson(lesson)
        if self.where.place is not None and self.where.place.step >= kept:
            self.where.place = None
            self.frames.forget_newest()
        self.frames.forget_canvases_from(kept)
        if self._runner.namespace.shell is None:
            return
        moved = Moves(before, lesson, kept)
        if moved:
            move_functions(self._path, moved)
            self._runner.namespace.loops.move(moved)
            self._runner.stepper.move(moved)
            self.frames.move(lesson)
        self._runner.namespace.take_lesson(self.steps)

    def import_ahead(self) -> bool:
        """Import a piece of what the lesson will need; False where there is nothing to import."""
        source = self.steps.lesson.source
        return needs_late_imports(source) and self.late_imports.import_piece()

    def completions(self, writing: Writing, frame: FrameType | None) -> Completions:
        """What may follow in what the learner writes; for any thread, while no cell runs.

        `frame` is what the worker's thread is in.
        """
        function = self.where.function_in(frame)
        names = {} if function is None else function.f_locals
        return completions_of(writing, self._runner.namespace.shell, names)

    def end_program(self) -> None:
        """Do what Python does at a program's end; a stop ends it."""
        self._runner.end_program()

    def close(self) -> None:
        """Let the namespace go."""
        self._runner.empty()

    def _rewind(self, run: RunTo | None) -> None:
        """Empty the namespace, and let random numbers come again as they came the first time.

        `run` is what is to run then; None where the lesson is restarted.
        """
        if self._begin_again is not None and self._runner.namespace.shell is not None:
            self._begin_again(run)
        self._runner.empty()
        if self._runner.origin is not None:
            self._runner.origin.restore()
        self._input.forget_changes(are_to_come=run is not None and run.place is not None)
        self.frames.newest = None
        self.steps.begin_again()
        self._events.put(LessonRewound(is_restart=run is None))

    # Before a step

    def _import_before(self, step: Step) -> None:
        """Import what the step will need, so that the moment before it has that."""
        cell = self._input.with_edit(step).cell
        if cell is not None and needs_late_imports(cell.source):
            self.late_imports.import_all()

    def _keep_before(self, step: Step) -> bool:
        """Keep the moment before a step with code; whether this is a process that woke from it."""
        if not self._moments.are_kept or step.cell is None:
            return False
        self._runner.ready_shell()
        return self._moments.keep_before(step)

    def _note_change(self) -> None:
        self._moments.forget_newest()
        self.frames.outdate()

    def _keep_moment(self) -> None:
        self._moments.keep_under_way(is_still=self._gate.motion is Motion.PAUSED)
