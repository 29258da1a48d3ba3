"""One play of the lesson from its beginning on: its names, and what looks at the code that runs."""

from __future__ import annotations

from collections.abc import Callable

from engine.code.curves import whole_file
from engine.code.plan import WholeFile
from engine.gate.passage import Passage
from engine.lesson.model import Lesson
from engine.loops.hooks import LoopHooks
from engine.loops.instrument import LoopInstrumenter, ModuleInstrumenter
from engine.loops.recorder import Recorder
from engine.loops.runtime import LoopRuntime
from engine.notebook.pictures import Tell
from engine.notebook.shell import LessonShell
from engine.protocol.events import Event
from engine.protocol.frame import FrameRequest
from engine.running.files_beside import texts_beside
from engine.running.steps_ran import StepsRan
from engine.teaching.evaluating import EvaluationInstrumenter
from engine.teaching.teacher import Teacher


class Namespace:
    """The loops, the teacher and, once it is opened, the shell of one play of a lesson.

    Each has one of its own: what may survive of an old one must not reach into a new one.
    """

    def __init__(
        self,
        path: str,
        passage: Passage,
        recorder: Recorder,
        *,
        take_frame: Callable[[FrameRequest], None],
        tell: Callable[[Event], None],
    ) -> None:
        self.loops = LoopRuntime(passage, recorder, take_frame)
        self.teacher = Teacher(path, tell)
        self.loops.see_iteration = self.teacher.after_iteration
        self.shell: LessonShell | None = None
        self._instrumenter: LoopInstrumenter | None = None
        self._in_modules: ModuleInstrumenter | None = None

    def open(self, lesson: Lesson, folder: str | None, tell_picture: Tell) -> LessonShell:
        """Make the shell that runs the lesson's cells in this namespace."""
        loops, whole = self.loops, _whole(lesson)
        self._instrumenter = LoopInstrumenter(
            loops.sites, loops.notes.sites, loops.countable.expect, whole
        )
        self.shell = LessonShell(
            lesson,
            self._instrumenter,
            EvaluationInstrumenter(),
            folder=folder,
            tell_picture=tell_picture,
        )
        hooks = LoopHooks(loops).names()
        self.shell.add_names({**hooks, **self.teacher.hooks()})
        # A step expects curves of the loops in its own cell: none in a module is told of.
        self._in_modules = ModuleInstrumenter(loops.sites, loops.notes.sites, lambda _: None, whole)
        self.shell.hook_own_modules(self._in_modules, hooks)
        return self.shell

    def take_lesson(self, steps: StepsRan) -> None:
        """Go on in the file as it was saved again, in which those steps have run."""
        if self.shell is not None and self._instrumenter and self._in_modules:
            self._instrumenter.whole = self._in_modules.whole = _whole(steps.lesson)
            self.shell.take_lesson(steps.lesson, steps.cells)

    def close(self) -> None:
        """Let the names go."""
        if self.shell is not None:
            self.shell.close()
        self.shell = self._instrumenter = self._in_modules = None


def _whole(lesson: Lesson) -> WholeFile:
    cells = [step.cell.source for step in lesson.steps if step.cell is not None]
    beside = texts_beside(lesson.path.resolve().parent, cells)
    return whole_file([*cells, *beside], lesson.asked)
