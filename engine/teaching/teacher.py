"""The teacher of one namespace: when it looks at a run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import get_ident
from types import FrameType
from typing import Any

from engine.lesson.model import Cell
from engine.protocol.frame import OuterLoop, SeriesSnapshot
from engine.protocol.noticed import Noticed, Slip
from engine.teaching.checking import CHECK_HOOK, FirstNotFinite, begin_to_check
from engine.teaching.elsewhere import GivenElsewhere
from engine.teaching.errors import slip_behind
from engine.teaching.evaluating import CALLED_HOOK, is_without_gradients
from engine.teaching.gradients import LOOKS
from engine.teaching.run_seen import MOST_LOOKS, RunSeen
from engine.teaching.scene import lesson_frame, scene_of
from engine.teaching.sources import Sources
from engine.values.compiling import compiler_test
from engine.values.peeking import unseen

_NOBODY = -1
# After so many iterations no step is looked at any more.
_LAST_ITERATION = 4 * LOOKS


class Teacher:
    """Looks at the run of one step after the other, on the thread that calls `begin`.

    What it sees goes to `tell`. A look that meets what it cannot read ends the looking of that run,
    and leaves the run as it is: ``trouble`` is why.
    """

    def __init__(self, path: str, tell: Callable[[Noticed], None]) -> None:
        self.trouble: Exception | None = None
        self._path = path
        self._tell = tell
        self._sources = Sources()
        self._thread = _NOBODY
        self._hook: Any = None
        self._given = GivenElsewhere()
        self._is_read_by_compiler: Callable[[], bool] = bool
        self._run: RunSeen | None = None
        self._iterations = 0

    def hooks(self) -> dict[str, object]:
        """What a lesson's namespace must hold for its hooked calls to run."""
        return {CALLED_HOOK: self.called, CHECK_HOOK: self.begin_to_check}

    def begin(self, step: int, cell: Cell, namespace: Mapping[str, object]) -> None:
        """Start to look at the run of a step, on the calling thread."""
        self._sources.add(cell.line, cell.source)
        self.trouble = None
        self._iterations = 0
        self._thread = get_ident()
        self._given.begin()
        given = self._given.names
        self._run = RunSeen(step, cell, namespace, self._sources, given, self._tell)
        optimizers: Any = sys.modules.get("torch.optim.optimizer")
        if optimizers is not None:
            self._is_read_by_compiler = compiler_test()
            self._hook = optimizers.register_optimizer_step_pre_hook(self._before_step)

    def finish(self) -> None:
        """Look no more: what runs from here on is no part of a run."""
        self._thread = _NOBODY
        self._given.end()
        self._take_hook_off()

    # When it looks

    def called(self, function: object, line: int) -> object:
        """Stand between the name of what is called without gradients and its call."""
        if self._is_read_by_compiler():
            return function
        run = self._run_looked_at
        if run is not None and is_without_gradients():
            self._carefully(lambda: run.see_mode(function, line))
        return function

    def after_iteration(self, frame: FrameType) -> None:
        """Look at what an iteration has left that ended in this frame, one of the first.

        In another file than the lesson's nothing is looked at: its sources are not known.
        """
        run = self._run_looked_at
        if run is None:
            return
        self._iterations += 1
        if self._iterations >= _LAST_ITERATION:
            self._take_hook_off()
        if frame.f_code.co_filename == self._path:
            if self._iterations <= MOST_LOOKS:
                self._carefully(lambda: run.see_iteration(scene_of(frame, None)))
            self._pass_by(frame, run.passed)

    def _pass_by(self, frame: FrameType | None, passed: set[int]) -> None:
        """Add the lines at which a frame and the lesson's around it stand, but for known ones."""
        while frame is not None and frame.f_lineno not in passed:
            passed.add(frame.f_lineno)
            frame = lesson_frame(self._path, frame.f_back)

    def at_frame(self, curves: Iterable[SeriesSnapshot]) -> None:
        """Look at the curves where a frame is taken."""
        run = self._run_looked_at
        if run is not None:
            self._carefully(lambda: run.see_frame(curves))

    def at_end(self, curves: Sequence[SeriesSnapshot], outer: OuterLoop | None) -> None:
        """Look at what a run has left, and let it go; `outer` is the loop around all others."""
        run = self._run
        if run is None:
            return
        if self.trouble is None:
            self._carefully(lambda: run.see_end(curves, outer))
        run.let_go()

    def slip_behind(self, error: BaseException) -> Noticed | None:
        """The slip that made the run raise this, to be told after it; None where none is known."""
        if self._run is None:
            return None
        found: list[Noticed | None] = []
        step, ran = self._run.step, self._sources
        self._carefully(lambda: found.append(slip_behind(error, self._path, step, ran)))
        return found[0] if found else None

    def begin_to_check(self) -> None:
        """Look at each operation, to tell of the first that makes a number that is not finite."""
        begin_to_check(self._path, self._tell_first)

    def _tell_first(self, first: FirstNotFinite) -> None:
        whose = "gradient" if first.is_backward else "value"
        extremes = (first.lowest, first.highest)
        figures = tuple(one for one in extremes if one is not None)
        assert self._run is not None
        self._run.say(Slip.FIRST_NOT_FINITE, first.line, (first.operation, whose), figures)

    def _before_step(self, optimizer: Any, arguments: Any, options: Any) -> None:
        """Look where an optimizer is about to step: its gradients are there, and the cost.

        They are not where it is given a function that finds them.
        """
        if self._is_read_by_compiler():
            return
        run = self._run_looked_at
        if len(arguments) > 1 or options or run is None or not run.looks_at_steps_of(optimizer):
            return
        frame = lesson_frame(self._path, sys._getframe(1))
        if frame is None:
            return
        line = frame.f_lineno
        self._carefully(lambda: run.see_step(optimizer, scene_of(frame, line)))

    @property
    def _run_looked_at(self) -> RunSeen | None:
        """The run, where it is looked at now, from the thread that calls."""
        return self._run if self.trouble is None and get_ident() == self._thread else None

    def _carefully(self, look: Callable[[], None]) -> None:
        try:
            with unseen():
                look()
        except Exception as error:  # torch has more kinds of tensors than can be foreseen
            self.trouble = error

    def _take_hook_off(self) -> None:
        hook, self._hook = self._hook, None
        if hook is not None:
            hook.remove()
