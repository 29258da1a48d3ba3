"""What the teacher sees of one run, and tells of it; each slip once."""

from __future__ import annotations

import ast
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from weakref import ref

from engine.code.descents import descending_loops
from engine.code.loop_names import Loop
from engine.code.names import assigned_names
from engine.code.training import trained_in
from engine.lesson.model import Cell
from engine.protocol.frame import OuterLoop, SeriesSnapshot
from engine.protocol.noticed import Noticed, Slip
from engine.teaching.batches import takes_batches
from engine.teaching.compared import row_against_column
from engine.teaching.curves import goes_by_passes, not_finite, slip_of_rate
from engine.teaching.evaluating import layer_in_training
from engine.teaching.gradients import LOOKS
from engine.teaching.graphs import squashed_twice
from engine.teaching.scene import Scene
from engine.teaching.sources import Sources, called, covers
from engine.teaching.training import Training

if TYPE_CHECKING:
    from torch import Tensor

MOST_LOOKS = LOOKS + 1
"""How many steps of each optimizer are looked at in a run, and how many ends of iterations."""

# After so many seconds, what is sure only at the end of a run is told of before.
_A_WHILE = 10.0
# A cost that one of these spoils says nothing of the learning rate.
_SPOIL_COSTS = {
    *(Slip.NEVER_ZEROED, Slip.NO_BACKWARD, Slip.NO_GRADIENT, Slip.NOT_OPTIMIZED, Slip.REPLACED),
    *(Slip.HIDDEN_IN_LIST, Slip.DEAD, Slip.BROADCAST, Slip.SQUASHED_TWICE),
}
_LOSSES = ("cross_entropy", "CrossEntropyLoss", "binary_cross_entropy_with_logits")


class RunSeen:
    """Compares what is seen of the run of one step each time that it is looked at.

    `started_elsewhere` are the functions that processes and threads of the run begin with, as it
    starts them. What is told goes to `tell`. ``passed`` are lines at which iterations have ended.
    """

    def __init__(
        self,
        step: int,
        cell: Cell,
        namespace: Mapping[str, object],
        sources: Sources,
        started_elsewhere: Sequence[str],
        tell: Callable[[Noticed], None],
    ) -> None:
        self.step = step
        self._cell = cell
        self._namespace = namespace
        self._sources = sources
        self._started_elsewhere = started_elsewhere
        self._tell = tell
        self._told: set[Slip] = set()
        self.passed: set[int] = set()
        self._training = Training(sources)
        self._costs: set[str] = set()
        # Those that stand there from the steps before: they say nothing of this run.
        self._old_costs = [ref(cost) for cost in Scene(namespace, None).costs().values()]
        self._steps: dict[int, int] = {}
        self._line_of_step: int | None = None
        self._descending: list[Loop] | None = None
        self._began = time.monotonic()

    def looks_at_steps_of(self, optimizer: Any) -> bool:
        """Whether the next step of this optimizer is one of the first, which are looked at."""
        return self._steps.get(id(optimizer), 0) < MOST_LOOKS

    def see_step(self, optimizer: Any, scene: Scene) -> None:
        """Look where an optimizer is about to step."""
        self._line_of_step = self._line_of_step or scene.line
        self._steps[id(optimizer)] = self._steps.get(id(optimizer), 0) + 1
        costs = self._new_costs(scene)
        self._costs.update(costs)
        self._see_costs(costs, scene)
        for slip, line, names in self._training.see_step(optimizer, scene, costs.values()):
            self.say(slip, line, names)

    def see_iteration(self, scene: Scene) -> None:
        """Look where an iteration has ended."""
        costs = self._new_costs(scene)
        self._costs.update(costs)
        self._see_costs(costs, scene)
        for slip, line, names in self._training.see_iteration(scene, costs.values()):
            self.say(slip, line, names)

    def see_mode(self, function: object, line: int) -> None:
        """Look at what is called without gradients on this line."""
        if Slip.TRAINING_MODE in self._told:
            return
        layer = layer_in_training(function)
        if layer is not None:
            name = Scene(self._namespace, None).name_of(function) or _called_at(self._sources, line)
            self.say(Slip.TRAINING_MODE, line, (name, layer))

    def see_frame(self, curves: Iterable[SeriesSnapshot]) -> None:
        """Look where a frame is taken."""
        curves = list(curves)
        if time.monotonic() - self._began > _A_WHILE:
            self._see_after_a_while(curves)
        for series in curves:
            self._see_finite(series)

    def see_end(self, curves: Sequence[SeriesSnapshot], outer: OuterLoop | None) -> None:
        """Look at what the run has left; `outer` is the loop around all others."""
        self._see_after_a_while(curves)
        if not curves:
            self._see_elsewhere()
        assigned = assigned_names(self._cell.source)
        own = {name: self._namespace[name] for name in assigned if name in self._namespace}
        scene = Scene(own, None)
        costs = self._new_costs(scene)
        self._see_costs(costs, scene)
        for slip, line, names, figures in self._training.see_end(scene, costs.values()):
            self.say(slip, line, names, figures)
        is_spoilt = bool(self._told & _SPOIL_COSTS)
        for series in curves:
            self._see_finite(series)
            if series.name in self._costs and self._training.moves and not is_spoilt:
                self._see_rate(series, outer)

    def let_go(self) -> None:
        """Keep no tensor alive that the run had."""
        self._training = Training(self._sources)

    def say(
        self,
        slip: Slip,
        line: int | None,
        names: tuple[str, ...] = (),
        figures: tuple[float, ...] = (),
        shapes: tuple[tuple[int, ...], ...] = (),
    ) -> None:
        """Tell of a slip, unless the run has been told of it."""
        if slip not in self._told:
            self._told.add(slip)
            self._tell(Noticed(self.step, slip, line, names, figures, shapes))

    def _new_costs(self, scene: Scene) -> dict[str, Tensor]:
        old = [cost() for cost in self._old_costs]
        costs = scene.costs().items()
        return {name: cost for name, cost in costs if not any(cost is one for one in old)}

    def _see_costs(self, costs: Mapping[str, Tensor], scene: Scene) -> None:
        for name, cost in costs.items():
            twice = squashed_twice(cost)
            if twice is not None:
                line = self._sources.line_of_call(*_LOSSES) or self._line_of(name)
                self.say(Slip.SQUASHED_TWICE, line, (name, twice))
            self._see_stretched(name, cost, scene)

    def _see_stretched(self, name: str, cost: Tensor, scene: Scene) -> None:
        if Slip.BROADCAST in self._told:
            return
        names = ChainMap(dict(scene.names), dict(self._namespace))
        found = row_against_column(name, cost, names, self._sources)
        if found is not None:
            self.say(Slip.BROADCAST, self._line_of(name), found[0], shapes=found[1])

    def _see_after_a_while(self, curves: Sequence[SeriesSnapshot]) -> None:
        """Tell of parameters without gradient in all this time, and of training without a curve."""
        for slip, line, names in self._training.see_without():
            self.say(slip, line, names)
        if curves or self._cell.watch == () or Slip.NO_CURVE in self._told:
            return
        if sum(self._steps.values()) >= MOST_LOOKS:
            self.say(Slip.NO_CURVE, self._line_of_step)
        elif (loop := self._descended()) is not None:
            self.say(Slip.NO_CURVE, loop.lineno)

    def _descended(self) -> Loop | None:
        """The loop that has trained by lines of its own; None where none has."""
        if self._descending is None:
            self._descending = descending_loops(self._sources.trees)
        loops = (one for one in self._descending if any(covers(one, at) for at in self.passed))
        return next(loops, None)

    def _see_elsewhere(self) -> None:
        """Where no curve is found, tell of a function that trains in a process or thread apart."""
        trains = trained_in(self._sources.trees).functions
        name = next((one for one in self._started_elsewhere if one in trains), None)
        if name is not None:
            self.say(Slip.ELSEWHERE, self._sources.line_of_function(name), (name,))

    def _see_finite(self, series: SeriesSnapshot) -> None:
        found = not_finite(series)
        if found is None or Slip.NOT_FINITE in self._told:
            return
        first, before = found
        figures = (float(first),) if before is None else (float(first), before)
        self.say(Slip.NOT_FINITE, self._line_of(series.name), (series.name,), figures)

    def _see_rate(self, series: SeriesSnapshot, outer: OuterLoop | None) -> None:
        found = slip_of_rate(series, outer)
        if found is None:
            return
        slip, first, last = found
        is_by_iteration = slip is Slip.BOUNCES and not goes_by_passes(outer)
        if is_by_iteration and takes_batches(series.name, self._sources):
            return
        rate = self._training.rate
        figures = (first, last) if rate is None else (first, last, rate)
        self.say(
            slip, self._training.line_of_rate or self._line_of(series.name), (series.name,), figures
        )

    def _line_of(self, name: str) -> int | None:
        """The line that assigns a name."""
        assigned = self._sources.assignments(name)
        made = [one for one in assigned if not isinstance(one.value, ast.Constant)]
        return made[0].lineno if made else None


def _called_at(sources: Sources, line: int) -> str:
    """What is called on a line, as it is written."""
    statement = sources.statement_at(line)
    calls = ast.walk(statement) if statement is not None else ()
    return next((called(one) for one in calls if isinstance(one, ast.Call)), "")
