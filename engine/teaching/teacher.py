"""The teacher of one namespace: when it looks, and what it tells; each slip once in a run."""

from __future__ import annotations

import ast
import sys
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import get_ident
from types import FrameType
from typing import TYPE_CHECKING, Any
from weakref import ref

from engine.code.names import assigned_names
from engine.code.training import trained_in
from engine.lesson.model import Cell
from engine.protocol.frame import OuterLoop, SeriesSnapshot
from engine.protocol.noticed import Noticed, Slip
from engine.teaching.checking import CHECK_HOOK, FirstNotFinite, begin_to_check
from engine.teaching.compared import row_against_column
from engine.teaching.curves import not_finite, slip_of_rate
from engine.teaching.elsewhere import GivenElsewhere
from engine.teaching.errors import slip_behind
from engine.teaching.evaluating import CALLED_HOOK, is_without_gradients, layer_in_training
from engine.teaching.gradients import LOOKS
from engine.teaching.graphs import squashed_twice
from engine.teaching.scene import Scene, lesson_frame, scene_of
from engine.teaching.sources import Sources, called
from engine.teaching.training import Training
from engine.values.compiling import compiler_test

if TYPE_CHECKING:
    from torch import Tensor

_NOBODY = -1
# How many steps of each optimizer are looked at in a run, and how many ends of iterations.
_MOST_LOOKS = LOOKS + 1
# After so many iterations no step is looked at any more.
_LAST_ITERATION = 4 * LOOKS
# After so many seconds, what is sure only at the end of a run is told of before.
_A_WHILE = 10.0
# A cost that one of these spoils says nothing of the learning rate.
_SPOIL_COSTS = {
    *(Slip.NEVER_ZEROED, Slip.NO_BACKWARD, Slip.NO_GRADIENT, Slip.NOT_OPTIMIZED, Slip.REPLACED),
    *(Slip.HIDDEN_IN_LIST, Slip.DEAD, Slip.BROADCAST, Slip.SQUASHED_TWICE),
}
_LOSSES = ("cross_entropy", "CrossEntropyLoss", "binary_cross_entropy_with_logits")


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
        self._line_of_step: int | None = None
        self._step = 0
        self._cell: Cell | None = None
        self._namespace: Mapping[str, object] = {}
        self._told: set[Slip] = set()
        # Those that stand there from the steps before: they say nothing of this run.
        self._old_costs: list[ref[Tensor]] = []
        self._forget()

    def hooks(self) -> dict[str, object]:
        """What a lesson's namespace must hold for its hooked calls to run."""
        return {CALLED_HOOK: self.called, CHECK_HOOK: self.begin_to_check}

    def begin(self, step: int, cell: Cell, namespace: Mapping[str, object]) -> None:
        """Start to look at the run of a step, on the calling thread."""
        self._step, self._cell, self._namespace = step, cell, namespace
        self._sources.add(cell.line, cell.source)
        self._told = set()
        self._forget()
        self._old_costs = [ref(cost) for cost in Scene(namespace, None).costs().values()]
        self._thread = get_ident()
        self._given.begin()
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
        if self._is_looking and Slip.TRAINING_MODE not in self._told and is_without_gradients():
            self._carefully(lambda: self._see_mode(function, line))
        return function

    def after_iteration(self, frame: FrameType) -> None:
        """Look at what an iteration has left that ended in this frame, one of the first.

        In another file than the lesson's nothing is looked at: its sources are not known.
        """
        if not self._is_looking:
            return
        self._iterations += 1
        if self._iterations >= _LAST_ITERATION:
            self._take_hook_off()
        if self._iterations <= _MOST_LOOKS and frame.f_code.co_filename == self._path:
            self._carefully(lambda: self._see_iteration(scene_of(frame, None)))

    def at_frame(self, curves: Iterable[SeriesSnapshot]) -> None:
        """Look at the curves where a frame is taken."""
        if self._is_looking:
            self._carefully(lambda: self._see_frame(curves))

    def at_end(self, curves: Sequence[SeriesSnapshot], outer: OuterLoop | None) -> None:
        """Look at what a run has left, and let it go; `outer` is the loop around all others."""
        if self.trouble is None:
            self._carefully(lambda: self._see_end(curves, outer))
        self._training = Training(self._sources)

    def slip_behind(self, error: BaseException) -> Noticed | None:
        """The slip that made the run raise this, to be told after it; None where none is known."""
        found: list[Noticed | None] = []
        ran = self._sources
        self._carefully(lambda: found.append(slip_behind(error, self._path, self._step, ran)))
        return found[0] if found else None

    def begin_to_check(self) -> None:
        """Look at each operation, to tell of the first that makes a number that is not finite."""
        begin_to_check(self._path, self._tell_first)

    def _tell_first(self, first: FirstNotFinite) -> None:
        whose = "gradient" if first.is_backward else "value"
        extremes = (first.lowest, first.highest)
        figures = tuple(one for one in extremes if one is not None)
        self._say(Slip.FIRST_NOT_FINITE, first.line, (first.operation, whose), figures)

    def _before_step(self, optimizer: Any, arguments: Any, options: Any) -> None:
        """Look where an optimizer is about to step: its gradients are there, and the cost.

        They are not where it is given a function that finds them.
        """
        if self._is_read_by_compiler():
            return
        if (
            len(arguments) > 1
            or options
            or self._steps.get(id(optimizer), 0) >= _MOST_LOOKS
            or not self._is_looking
        ):
            return
        frame = lesson_frame(self._path, sys._getframe(1))
        if frame is None:
            return
        self._line_of_step = self._line_of_step or frame.f_lineno
        self._steps[id(optimizer)] = self._steps.get(id(optimizer), 0) + 1
        line = frame.f_lineno
        self._carefully(lambda: self._see_step(optimizer, scene_of(frame, line)))

    @property
    def _is_looking(self) -> bool:
        return self.trouble is None and get_ident() == self._thread

    def _carefully(self, look: Callable[[], None]) -> None:
        try:
            look()
        except Exception as error:  # torch has more kinds of tensors than can be foreseen
            self.trouble = error

    def _take_hook_off(self) -> None:
        hook, self._hook = self._hook, None
        if hook is not None:
            hook.remove()

    def _forget(self) -> None:
        self.trouble = None
        self._steps: dict[int, int] = {}
        self._iterations = 0
        self._training = Training(self._sources)
        self._costs: set[str] = set()
        self._began = time.monotonic()
        self._line_of_step = None

    # What it sees

    def _see_step(self, optimizer: Any, scene: Scene) -> None:
        costs = self._new_costs(scene)
        self._costs.update(costs)
        self._see_costs(costs, scene)
        for slip, line, names in self._training.see_step(optimizer, scene, costs.values()):
            self._say(slip, line, names)

    def _see_iteration(self, scene: Scene) -> None:
        costs = self._new_costs(scene)
        self._costs.update(costs)
        self._see_costs(costs, scene)
        for slip, line, names in self._training.see_iteration(scene, costs.values()):
            self._say(slip, line, names)

    def _new_costs(self, scene: Scene) -> dict[str, Tensor]:
        old = [cost() for cost in self._old_costs]
        costs = scene.costs().items()
        return {name: cost for name, cost in costs if not any(cost is one for one in old)}

    def _see_frame(self, curves: Iterable[SeriesSnapshot]) -> None:
        curves = list(curves)
        if time.monotonic() - self._began > _A_WHILE:
            self._see_after_a_while(curves)
        for series in curves:
            self._see_finite(series)

    def _see_after_a_while(self, curves: Sequence[SeriesSnapshot]) -> None:
        """Tell of parameters without gradient in all this time, and of training without a curve."""
        for slip, line, names in self._training.see_without():
            self._say(slip, line, names)
        assert self._cell is not None
        if sum(self._steps.values()) >= _MOST_LOOKS and not curves and self._cell.watch != ():
            self._say(Slip.NO_CURVE, self._line_of_step)

    def _see_end(self, curves: Sequence[SeriesSnapshot], outer: OuterLoop | None) -> None:
        assert self._cell is not None
        self._see_after_a_while(curves)
        if not curves:
            self._see_elsewhere()
        assigned = assigned_names(self._cell.source)
        own = {name: self._namespace[name] for name in assigned if name in self._namespace}
        scene = Scene(own, None)
        costs = self._new_costs(scene)
        self._see_costs(costs, scene)
        for slip, line, names, figures in self._training.see_end(scene, costs.values()):
            self._say(slip, line, names, figures)
        is_spoilt = bool(self._told & _SPOIL_COSTS)
        for series in curves:
            self._see_finite(series)
            if series.name in self._costs and self._training.moves and not is_spoilt:
                self._see_rate(series, outer)

    def _see_elsewhere(self) -> None:
        """Where no curve is found, tell of a function that trains in a process or thread apart."""
        trains = trained_in(self._sources.trees).functions
        name = next((one for one in self._given.names if one in trains), None)
        if name is not None:
            self._say(Slip.ELSEWHERE, self._sources.line_of_function(name), (name,))

    def _see_costs(self, costs: Mapping[str, Tensor], scene: Scene) -> None:
        for name, cost in costs.items():
            twice = squashed_twice(cost)
            if twice is not None:
                line = self._sources.line_of_call(*_LOSSES) or self._line_of(name)
                self._say(Slip.SQUASHED_TWICE, line, (name, twice))
            self._see_stretched(name, cost, scene)

    def _see_stretched(self, name: str, cost: Tensor, scene: Scene) -> None:
        if Slip.BROADCAST in self._told:
            return
        names = ChainMap(dict(scene.names), dict(self._namespace))
        found = row_against_column(name, cost, names, self._sources)
        if found is not None:
            self._say(Slip.BROADCAST, self._line_of(name), found[0], shapes=found[1])

    def _see_mode(self, function: object, line: int) -> None:
        layer = layer_in_training(function)
        if layer is not None:
            name = Scene(self._namespace, None).name_of(function) or _called_at(self._sources, line)
            self._say(Slip.TRAINING_MODE, line, (name, layer))

    def _see_finite(self, series: SeriesSnapshot) -> None:
        found = not_finite(series)
        if found is None or Slip.NOT_FINITE in self._told:
            return
        first, before = found
        figures = (float(first),) if before is None else (float(first), before)
        self._say(Slip.NOT_FINITE, self._line_of(series.name), (series.name,), figures)

    def _see_rate(self, series: SeriesSnapshot, outer: OuterLoop | None) -> None:
        found = slip_of_rate(series, outer)
        if found is None:
            return
        slip, first, last = found
        rate = self._training.rate
        figures = (first, last) if rate is None else (first, last, rate)
        self._say(
            slip, self._training.line_of_rate or self._line_of(series.name), (series.name,), figures
        )

    def _line_of(self, name: str) -> int | None:
        """The line that assigns a name."""
        assigned = self._sources.assignments(name)
        made = [one for one in assigned if not isinstance(one.value, ast.Constant)]
        return made[0].lineno if made else None

    def _say(
        self,
        slip: Slip,
        line: int | None,
        names: tuple[str, ...] = (),
        figures: tuple[float, ...] = (),
        shapes: tuple[tuple[int, ...], ...] = (),
    ) -> None:
        if slip not in self._told:
            self._told.add(slip)
            self._tell(Noticed(self._step, slip, line, names, figures, shapes))


def _called_at(sources: Sources, line: int) -> str:
    """What is called on a line, as it is written."""
    statement = sources.statement_at(line)
    calls = ast.walk(statement) if statement is not None else ()
    return next((called(one) for one in calls if isinstance(one, ast.Call)), "")
