"""The worker: runs a lesson's steps in the order of the file, on the one thread that calls it.

What it holds is always what the file gives when it is run from its top: a step that is run again,
or that was left half done, is reached by replaying the steps before it in an empty namespace.
Where the session has a process of its own, that is the namespace of a new process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from types import FrameType

from msgspec import structs

from engine.code.curves import WholeFile, whole_file
from engine.code.names import named_in
from engine.errors.exits import exit_of
from engine.errors.memory import let_frames_go
from engine.errors.tracebacks import format_error
from engine.judging.jury import Jury
from engine.kernel.asking import Asker, root_of
from engine.kernel.attempts import Attempts
from engine.kernel.completion import completions_of
from engine.kernel.event_queue import Teller
from engine.kernel.framing import FrameTaker
from engine.kernel.keeping import Keep, Kept, MomentPace
from engine.kernel.moving import move_functions
from engine.kernel.shell import LessonShell
from engine.kernel.spots import spot_of
from engine.kernel.torch_import import LateImports, needs_late_imports
from engine.kernel.watching import Watcher
from engine.lesson.model import Cell, Lesson, Step
from engine.lesson.reloading import Moves, steps_kept
from engine.loops.gate import Gate
from engine.loops.instrument import LoopInstrumenter
from engine.loops.interrupt import Interruptible
from engine.loops.motion import LessonInterrupted, LessonStopped, Motion
from engine.loops.recorder import Recorder
from engine.loops.runtime import LoopRuntime
from engine.loops.stepping import StatementStepper
from engine.protocol.changes import NotedChange
from engine.protocol.commands import Ask, RunTo
from engine.protocol.completion import Completions, Writing
from engine.protocol.events import (
    AskAnswered,
    Event,
    LessonBegan,
    LessonRewound,
    LessonTraceback,
    Outcome,
    PictureShown,
    StepEnded,
    StepStarted,
    StopCaught,
)
from engine.protocol.frame import Floats, Frame, FrameRequest, SeriesSnapshot
from engine.protocol.moments import Moment
from engine.protocol.noticed import Noticed
from engine.protocol.pictures import Picture
from engine.protocol.places import Place, Spot, Stand
from engine.protocol.status import Grain
from engine.streams.keyboard import Keyboard
from engine.teaching.evaluating import EvaluationInstrumenter
from engine.teaching.teacher import Teacher
from engine.values.randomness import RandomState
from engine.values.views import ViewArtist


class Worker:
    """Runs steps; used on one thread.

    ``begin_again`` ends the process where the lesson has to begin again, and does not return; where
    it is None the namespace is emptied instead. ``keep`` keeps moments, where any are kept.
    ``new_lesson`` is the file as it was saved again, until that is taken.
    """

    def __init__(
        self,
        lesson: Lesson,
        gate: Gate,
        events: Teller,
        interruptible: Interruptible,
        *,
        request: FrameRequest,
        attempts: Attempts,
        origin: RandomState | None,
        begin_again: Callable[[RunTo | None], None] | None,
        keep: Keep | None,
        folder: str | None,
    ) -> None:
        self._lesson = lesson
        self._gate = gate
        self._events = events
        self._interruptible = interruptible
        self._attempts = attempts
        self._begin_again = begin_again
        self._folder = folder
        self._keep = keep
        self._moments = MomentPace()
        self._jury = Jury(interruptible, lesson.path)
        self._ran: dict[int, Cell | None] = {}
        self._recorder = Recorder()
        self._artist = ViewArtist(str(lesson.path))
        self._teacher = self._new_teacher()
        self._loops = self._new_loops()
        self._stepper = StatementStepper(
            gate,
            str(lesson.path),
            self._take_frame_of_statement,
            lambda: self._loops,
        )
        gate.on_the_way(self._keep_on_the_way)
        gate.on_places(self._repeat_changes_here)
        gate.on_going_on(lambda: self._tell(StopCaught(self._here.step, goes_on=True)))
        self._shell: LessonShell | None = None
        self._instrumenter: LoopInstrumenter | None = None
        self._frames: FrameTaker | None = None
        self._watcher: Watcher | None = None
        self._canvases: dict[int, FrameTaker] = {}
        self._request = request
        self._origin = origin
        self._half_done = False
        self._running: int | None = None
        self.late_imports = LateImports()
        self.asker = Asker(str(lesson.path))
        self.keyboard = Keyboard(gate)
        self.frame: Frame | None = None
        self.place: Place | None = None
        self.done = 0
        self.new_lesson: Lesson | None = None

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
        if self._half_done or target < self.done or self._is_outdated():
            self._rewind(run)
        for step in self._lesson.steps[self.done : target + 1]:
            if not is_wanted() or self.new_lesson is not None:
                return True
            self._repeat_changes_before(step)
            self._import_before(step)
            if self._is_woken_before(step):
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
            if not self._run_step(step, on_the_way=on_the_way):
                break
        return True

    def take_new_lesson(self) -> None:
        """Play the file as it was saved again, if it was; called where no step runs.

        What has run stays where it is the same now: code above it may have moved it. Where it is
        not, the names are those of no file, and the next run begins again before that.
        """
        lesson, self.new_lesson = self.new_lesson, None
        if lesson is None:
            return
        before, self._lesson = self._lesson, lesson
        kept = steps_kept(before, lesson)
        if any(step.cell is not None for step in before.steps[kept : self.done]):
            self._half_done, self.done = True, kept
        elif self.done and not self._half_done:
            self.done = self._first_with_code_from(min(self.done, kept))
        self._ran = {
            step.index: replace(step.cell, source=ran.source)
            for step in lesson.steps[:kept]
            if step.cell is not None and (ran := self._ran.get(step.index)) is not None
        }
        if self.place is not None and self.place.step >= kept:
            self.frame = self.place = self._frames = self._watcher = None
        self._canvases = {step: one for step, one in self._canvases.items() if step < kept}
        if self._shell is not None and self._instrumenter is not None:
            self._move(Moves(before, lesson, kept))
            self._instrumenter.whole = _whole(lesson)
            self._shell.take_lesson(lesson, [ran for ran in self._ran.values() if ran is not None])

    def _move(self, moved: Moves) -> None:
        """Have what has run, and knows lines of the file, know those of the file as it is now."""
        if not moved:
            return
        move_functions(str(self._lesson.path), moved)
        self._loops.move(moved)
        self._stepper.move(moved)
        for frames in {*self._canvases.values(), *filter(None, [self._frames])}:
            frames.move(self._lesson.steps[frames.step])

    def import_ahead(self) -> bool:
        """Import a piece of what the lesson will need; False where there is nothing to import."""
        return needs_late_imports(self._lesson.source) and self.late_imports.import_piece()

    def _import_before(self, step: Step) -> None:
        """Import what the step will need, so that the moment before it has that."""
        cell = self._attempts.with_edit(step).cell
        if cell is not None and needs_late_imports(cell.source):
            self.late_imports.import_all()

    @property
    def under_way(self) -> int | None:
        """The step whose run has begun and not ended; None while none has."""
        return self._running

    @property
    def place_now(self) -> Place | None:
        """How far the run has come that is under way or ended last; for any thread."""
        place, loops = self.place, self._loops
        if place is None or self._running is None:
            return place
        now = Place(place.step, loops.has_recorded, loops.position)
        return max(place, now)

    @property
    def last_statement(self) -> Place | None:
        """The newest statement that the run was stopped before; None if none."""
        position, count = self._stepper.counted
        if self.place is None or not count:
            return None
        return Place(self.place.step, self._loops.has_recorded, position, count)

    def _is_woken_before(self, step: Step) -> bool:
        """Keep the moment before a step with code; whether this is a process that woke from it."""
        if self._keep is None or step.cell is None:
            return False
        self._ready_shell()
        place = Place(step.index)
        return self._moments.is_new(place) and self._keep_moment(place) is Kept.WOKEN

    def _keep_under_way(self) -> None:
        """Keep the moment where the training stands, or one now and then while it runs on."""
        is_still = self._gate.motion is Motion.PAUSED
        if self._keep is not None and (is_still or self._moments.is_due(time.perf_counter())):
            self._keep_at_place()

    def _keep_at_place(self) -> None:
        assert self.place is not None
        if self._moments.is_new(self.place):
            self._keep_moment(self.place)

    def _keep_on_the_way(self) -> None:
        """Keep a moment often: nobody waits for this run's end, and who goes back does so again."""
        if self._keep is not None and self._moments.is_due_on_the_way(time.perf_counter()):
            self.place = self.place_now
            self._keep_at_place()

    def _keep_moment(self, place: Place) -> Kept:
        assert self._keep is not None
        began = time.perf_counter()
        is_under_way = self._running is not None
        changes = len(self._attempts.changes)
        kept = self._keep(Moment(place, is_under_way, self._edits_that_ran(), changes))
        self._moments.note(place, kept, began, time.perf_counter(), is_under_way=is_under_way)
        return kept

    def _edits_that_ran(self) -> dict[int, str]:
        last = self.done if self._running is None else self._running + 1
        ran = ((step, self._ran.get(step.index)) for step in self._lesson.steps[:last])
        return {
            step.index: cell.source
            for step, cell in ran
            if cell is not None and step.cell is not None and cell.source != step.cell.source
        }

    def _is_outdated(self) -> bool:
        """Whether a step has run on other source than it has now."""
        steps = self._lesson.steps[: self.done]
        return any(
            self._attempts.with_edit(step).cell != self._ran.get(step.index) for step in steps
        )

    def restart(self) -> None:
        """Go back to before the first step; the lesson begins with random numbers of its own."""
        self._origin = None
        self._rewind(None)

    def look_again(self, request: FrameRequest) -> None:
        """Take the last step's frame again, as for a view pane of another size.

        Where only the tensors are wanted otherwise, or the step has not come to its end, its views
        stay as they are.
        """
        before, self._request = self._request, request
        if self._frames is None:
            return
        asks_for_tensors = request != before and replace(request, tensors=before.tensors) == before
        if self._watcher is not None:
            self._watcher.read_after_run()
        if self._half_done or asks_for_tensors:
            self.frame = self._frames.look_at_values(request) or self.frame
        else:
            self.frame = self._frames.take_again(request)
        self._events.frame_taken()

    def look_at_values(self) -> None:
        """Read what is watched where no step runs, in the names that the last one has left."""
        if self._frames is not None and self._watcher is not None:
            self._watcher.read_after_run()
            self.frame = self._frames.look_at_values(self._request) or self.frame
            self._events.frame_taken()

    def heed_watches(self) -> None:
        """Have what is on the curve now read as iterations end; for any thread."""
        if self._watcher is not None:
            self._watcher.heed()

    def paint(self, index: int, pixels: Floats, stroke: int) -> None:
        """Put pixels into the canvas of a step that has run, and draw its views of them."""
        frames = self._canvases.get(index)
        if frames is None:
            return
        painted = frames.paint(pixels, stroke, self._request)
        if painted is not None:
            self.frame = painted

    def answer(self, ask: Ask) -> None:
        """Carry out what is asked where the run stands, or where none is, and tell the answer.

        A stop of the run waits until that is told: it could come amid the telling.
        """
        with self._interruptible.closed():
            answered = self._carry_out(ask)
            if answered.change is not None:
                self._note(answered.change)
            self._events.put(answered)

    def _carry_out(self, ask: Ask) -> AskAnswered:
        shell = self._ready_shell()
        function = self._stepper.function_in(sys._getframe())
        spot = self.spot_in(function)
        is_under_way = self._running is not None
        place = self._here if is_under_way else self.place
        with self._loops.unhooked(), self._stepper.suspended():
            answered = self.asker.answer(ask, shell, function, place, spot)
        return structs.replace(
            answered,
            is_under_way=is_under_way,
            noted=len(self._attempts.changes),
            unread=self._unread(answered.changed),
        )

    def _unread(self, changed: tuple[str, ...]) -> tuple[str, ...]:
        """Those that no code has as a name: of the steps that have run, or where none runs of all.

        What is not Python, as a cell with magics, may have any.
        """
        if not changed:
            return ()
        steps = self._lesson.steps[: None if self._running is None else self._running + 1]
        cells = [cell for step in steps for cell in self._cells_of(step)]
        names = [named_in(cell.source) for cell in cells]
        return tuple(
            one
            for one in changed
            if all(known is not None and root_of(one) not in known for known in names)
        )

    def _cells_of(self, step: Step) -> tuple[Cell, ...]:
        cell = self._attempts.with_edit(step).cell
        return step.views if cell is None else (cell, *step.views)

    def _note(self, change: NotedChange) -> None:
        self._attempts.note(change)
        self._moments.forget_newest()
        if self._frames is not None:
            self._frames.outdate_drawings()

    @property
    def _here(self) -> Place:
        """Where the run stands that is under way, for the worker's thread."""
        assert self._running is not None
        loops = self._loops
        return Place(self._running, loops.has_recorded, loops.position, self._stepper.count)

    def _repeat_changes_before(self, step: Step) -> None:
        """Carry out what of a run that is repeated was changed behind the steps before this one."""
        while (change := self._attempts.next_change) is not None and (
            change.place is None or change.place.step < step.index
        ):
            self._repeat(change)

    def _repeat_changes_here(self) -> bool:
        """Carry out what of a run that is repeated was changed here.

        Whether more comes before the next iteration ends.
        """
        here = self._here
        while (change := self._attempts.next_change) is not None and _is_due(change, here):
            self._repeat(change)
        place = None if change is None or not change.is_under_way else change.place
        if place is None or place.step != here.step:
            self._gate.awaits = False
            return False
        return place.statement > 0 and place.position == here.position

    def _repeat(self, change: NotedChange) -> None:
        with self._interruptible.closed():
            self._carry_out(Ask(0, change.text))
            self._note(change)

    def spot_in(self, frame: FrameType | None) -> Spot:
        """Where in the lesson's text the worker stands, which is in `frame`; for any thread."""
        if self._running is None:
            return Spot(None if self.place is None else self.place.step, Stand.IDLE)
        function = self._stepper.function_in(frame)
        return spot_of(self._running, function, self._loops, self._stepper)

    def completions(self, writing: Writing, frame: FrameType | None) -> Completions:
        """What may follow in what the learner writes; for any thread, while no cell runs.

        `frame` is what the worker's thread is in.
        """
        function = self._stepper.function_in(frame)
        return completions_of(writing, self._shell, {} if function is None else function.f_locals)

    def end_program(self) -> None:
        """Do what Python does at a program's end; a stop ends it."""
        shell = self._shell
        if shell is not None:
            self._interruptible.run(lambda: shell.end_program())

    def close(self) -> None:
        """Let the namespace go."""
        if self._shell is not None:
            self._shell.close()
        self._shell = self._instrumenter = None
        self._frames = self._watcher = None
        self._canvases.clear()
        self._teacher = self._new_teacher()
        self._loops = self._new_loops()

    def _rewind(self, run: RunTo | None) -> None:
        """Empty the namespace, and let random numbers come again as they came the first time.

        `run` is what is to run then; None where the lesson is restarted.
        """
        if self._begin_again is not None and self._shell is not None:
            self._begin_again(run)
        self.close()
        if self._origin is not None:
            self._origin.restore()
        self._half_done = False
        self._attempts.forget_changes(are_to_come=run is not None and run.place is not None)
        self.frame = None
        self.done = 0
        self._events.put(LessonRewound(is_restart=run is None))

    def _run_step(self, step: Step, *, on_the_way: bool) -> bool:
        """Run a step; whether those that come after it may run without being asked for again.

        A cell that Python cannot read has changed nothing: on the way to another it says so, and
        that one runs.
        """
        step = self._attempts.with_edit(step)
        if step.cell is None:
            return True
        self._ran[step.index] = step.cell
        edit = step.cell.source if step.cell != self._lesson.steps[step.index].cell else None
        self._events.put(StepStarted(step.index, on_the_way, edit, len(self._attempts.changes)))
        self._half_done = True
        self._running = step.index
        self._gate.awaits = self._attempts.next_change is not None
        self.place = Place(step.index)
        self._recorder.clear()
        self.frame = None
        shell = self._ready_shell()
        started = time.perf_counter()
        paused = self._gate.paused_seconds
        error = self._interruptible.run(lambda: self._run_cell(shell, step))
        seconds = time.perf_counter() - started - (self._gate.paused_seconds - paused)
        self.place = self.place_now
        self._running = None
        left = exit_of(error, str(self._lesson.path)) if isinstance(error, SystemExit) else None
        outcome = _outcome(error) if left is None or left.status else Outcome.DONE
        if self._gate.is_caught and outcome is not Outcome.STOPPED:
            self._events.put(StopCaught(step.index, goes_on=False))
        is_read = error is None or error is not shell.refused
        if outcome is Outcome.DONE or not is_read:
            self._half_done = False
            self.done = self._first_with_code_from(step.index + 1)
        told = self._traceback(error)
        slip = None if told is None or error is None else self._teacher.slip_behind(error)
        if error is not None:
            let_frames_go(error)
        if not on_the_way:
            # It was chosen to watch this step, and what follows is nothing to watch.
            self._gate.set_speed(None)
        goes_on = on_the_way and not is_read
        frame = self.frame
        self._events.put(StepEnded(step.index, outcome, seconds, frame, told, left, goes_on))
        self._teach(slip)
        if outcome is Outcome.DONE and not on_the_way:
            self._judge(step, shell)
        return goes_on or (outcome is Outcome.DONE and left is None)

    def _teach(self, slip: Noticed | None) -> None:
        """Tell what went wrong in the run that has ended, as far as that can be seen."""
        self._teacher.at_end(self._own_series())
        if slip is not None:
            self._events.put(slip)

    def _judge(self, step: Step, shell: LessonShell) -> None:
        """Tell what the run says to the predictions and to the attempt that it was of."""
        names = shell.namespace
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
            self._events.put(LessonBegan(self._origin.as_data()))
        elif self._shell is None:
            self._origin.restore()
        if self._shell is None:
            loops = self._loops
            self._instrumenter = LoopInstrumenter(
                loops.sites, loops.notes, loops.expect, _whole(self._lesson)
            )
            calls = EvaluationInstrumenter()
            self._shell = LessonShell(
                self._lesson,
                self._instrumenter,
                calls,
                folder=self._folder,
                tell_picture=self._tell_picture,
            )
            self._shell.add_names({**self._loops.hooks(), **self._teacher.hooks()})
        return self._shell

    def _run_cell(self, shell: LessonShell, step: Step) -> BaseException | None:
        assert step.cell is not None
        namespace = shell.namespace
        watches = partial(self._attempts.watches, step.index)
        self._watcher = Watcher(watches, step.cell, shell, self._loops, self._stepper)
        self._frames = FrameTaker(step, namespace, self._loops, self._artist, self._watcher)
        if step.cell.canvas is not None:
            self._canvases[step.index] = self._frames
        self._stepper.begin(step.cell, namespace, self._frames.names)
        self._loops.begin(step.cell.watch, namespace, self._lesson.asked)
        self._teacher.begin(step.index, step.cell, namespace)
        try:
            self._gate.hold(self._take_frame)
            error = shell.run(step.cell)
        finally:
            self._teacher.finish()
            self._stepper.finish()
            self._loops.finish()
        return self._take_last_frame(error)

    def _tell_picture(self, number: int, picture: Picture, is_update: bool) -> None:
        step = self.done if self._running is None else self._running
        self._tell(PictureShown(step, number, picture, is_update))

    def _tell(self, event: Event) -> None:
        """Tell an event while a cell runs: a stop comes before or after that."""
        with self._interruptible.closed():
            self._events.put(event)

    def _take_last_frame(self, error: BaseException | None) -> BaseException | None:
        """Show where the step ended; its views are a part of the file, so they may fail it."""
        assert self._frames is not None
        # One that came after the last boundary, or in a cell without any, has not been granted.
        self._request = self._gate.grant() or self._request
        if self._watcher is not None:
            self._watcher.read_after_run()
        if error is None:
            try:
                self.frame = self._frames.take_last(self._request)
            except (Exception, SystemExit) as view_error:  # told like any end of a step's code
                error = view_error
        if error is not None:
            self.frame = self._frames.take_again(self._request)
        return error

    def _take_frame(self, request: FrameRequest) -> None:
        assert self._frames is not None
        self._request = request
        self.place = self._here
        with self._stepper.suspended():
            runs_on = self._gate.motion is Motion.RUNNING
            if self._watcher is not None:
                self._watcher.read_in_run(runs_on=runs_on)
            if runs_on:
                is_inside = self._stepper.standing is not None
                self.frame = self._frames.take_running(request, is_inside=is_inside)
            else:
                is_still = self._gate.motion is Motion.PAUSED
                self.frame = self._frames.take_standing(
                    request, self._stepper.standing, is_still=is_still
                )
            self._events.frame_taken()
        self._teacher.at_frame(self._own_series())
        self._keep_under_way()

    def _own_series(self) -> tuple[SeriesSnapshot, ...]:
        """The curves of the names that the step itself records."""
        series = () if self.frame is None else self.frame.series
        return tuple(one for one in series if not one.is_asked)

    def _take_frame_of_statement(self, request: FrameRequest) -> None:
        self._loops.take_frame(request)

    def _new_loops(self) -> LoopRuntime:
        # One for each namespace: what may survive of an old one must not reach into a new one.
        loops = LoopRuntime(self._gate, self._recorder, self._take_frame)
        loops.see_iteration = self._teacher.after_iteration
        return loops

    def _new_teacher(self) -> Teacher:
        return Teacher(str(self._lesson.path), self._tell)

    def _traceback(self, error: BaseException | None) -> LessonTraceback | None:
        if error is None or isinstance(error, LessonInterrupted | LessonStopped | SystemExit):
            return None
        return format_error(error, str(self._lesson.path))


def _whole(lesson: Lesson) -> WholeFile:
    cells = (step.cell for step in lesson.steps)
    return whole_file((cell.source for cell in cells if cell is not None), lesson.asked)


def _is_due(change: NotedChange, here: Place) -> bool:
    """Whether a run that stands here has come to the place of a change, or past it."""
    place = change.place
    if place is None or place.step < here.step:
        return True
    return change.is_under_way and place.step == here.step and place <= here


def _outcome(error: BaseException | None) -> Outcome:
    match error:
        case None:
            return Outcome.DONE
        case LessonInterrupted() | LessonStopped():
            return Outcome.STOPPED
        case _:
            return Outcome.FAILED
