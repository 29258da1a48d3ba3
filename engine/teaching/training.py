"""What moves the parameters of one run: its optimizers, or the learner's own lines."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from engine.protocol.noticed import Slip
from engine.teaching.gradients import Growing, Missing, Unmoved
from engine.teaching.graphs import leaves_of
from engine.teaching.replacing import is_update, moved_in_loop, value_of
from engine.teaching.scene import (
    Scene,
    every_optimizer,
    is_parameter,
    parameters_behind,
    parameters_of,
    rate_of,
)
from engine.teaching.sources import Sources
from engine.teaching.units import DeadUnits
from engine.values.peeking import is_tensor

if TYPE_CHECKING:
    from torch import Tensor

Seen = tuple[Slip, int | None, tuple[str, ...]]

_MOST_NAMES = 3
# What a learning rate is called where no optimizer has it.
_RATES = ("learning_rate", "lr", "rate", "step_size")


class Training:
    """Compares each look with those before it; ``rate`` is that of the newest optimizer."""

    def __init__(self, sources: Sources) -> None:
        self.rate: float | None = None
        self.moves = False
        self._sources = sources
        self._optimizers: dict[int, _Stepping] = {}
        self._by_hand = Growing()
        self._dead = DeadUnits()
        self._names: dict[int, str] = {}

    @property
    def line_of_rate(self) -> int | None:
        """Where the learning rate is given: to an optimizer, else to a name that says so.

        Without an optimizer in this run, what an older cell gives to one says nothing of it.
        """
        for node in self._sources.nodes() if self._optimizers else ():
            if isinstance(node, ast.keyword) and node.arg == "lr":
                return node.value.lineno
        assigned = [one for name in _RATES for one in self._sources.assignments(name)]
        return assigned[0].lineno if assigned else None

    def see_step(self, optimizer: Any, scene: Scene, costs: Iterable[Tensor]) -> Iterator[Seen]:
        """Look where an optimizer is about to step."""
        self.moves = True
        self.rate = rate_of(optimizer)
        costs = list(costs)
        self._learn_names(scene)
        stepping = self._optimizers.setdefault(id(optimizer), _Stepping(optimizer))
        own = parameters_of(optimizer)
        stepping.missing.look(own)
        known = {id(one) for other in self._optimizers.values() for one in other.parameters}
        leaves = [leaf for cost in costs for leaf in leaves_of(cost) if id(leaf) not in known]
        stepping.unmoved.look(leaves)
        self._dead.look(costs)
        name = scene.name_of(optimizer) or self._name_of_stepping(scene)
        unused = self._unused(stepping)
        names = self._names_of(unused)
        stepping.line = scene.line
        if names:
            stepping.is_told = True
            yield Slip.NOT_OPTIMIZED, scene.line, (*names, name)
        elif unused and (hidden := self._hidden(unused, scene)):
            stepping.is_told = True
            yield Slip.HIDDEN_IN_LIST, self._sources.line_of_attribute(hidden), (hidden,)
        elif stepping.missing.is_everything:
            stepping.is_told = True
            yield Slip.NO_BACKWARD, scene.line, (name,)
        grown = self._grown(stepping.growing, own, scene)
        if grown:
            yield Slip.NEVER_ZEROED, scene.line, (self._named(grown)[0], name)

    def see_iteration(self, scene: Scene, costs: Iterable[Tensor]) -> Iterator[Seen]:
        """Look where an iteration has ended: at parameters that no optimizer has."""
        found = self._learn_names(scene)
        known = {id(one) for other in self._optimizers.values() for one in other.parameters}
        others = [one for key, (_, one) in found.items() if key not in known]
        if not self._optimizers:
            costs = list(costs)
            self._dead.look(costs)
            self.moves |= bool(costs)
            rates = (scene.names.get(name) for name in _RATES)
            self.rate = next((one for one in rates if isinstance(one, float)), None)
            yield from self._replaced(scene)
        grown = self._grown(self._by_hand, others, scene)
        if grown:
            name = found[id(grown[0])][0]
            yield Slip.NEVER_ZEROED, self._sources.line_of_call("backward"), (name, "")

    def see_without(self) -> Iterator[Seen]:
        """Look, once training has gone on for long, at what no gradient has come to."""
        for stepping in self._optimizers.values():
            without = [] if stepping.is_told else stepping.missing.some
            if without:
                yield Slip.NO_GRADIENT, stepping.line, self._named(without)

    def _replaced(self, scene: Scene) -> Iterator[Seen]:
        """Find `for p in parameters: p = p - … p.grad`, which moves the name and no parameter."""
        for loop in self._sources.nodes():
            moved = moved_in_loop(loop, self._sources)
            if moved is None or not isinstance(loop, ast.For):
                continue
            name, slope = moved
            value = scene.names.get(name)
            is_other = is_tensor(value) and not (value.is_leaf and value.requires_grad)
            for node in ast.walk(loop) if is_other else ():
                if isinstance(node, ast.Assign) and is_update(node, name, slope):
                    yield Slip.REPLACED, node.lineno, (name,)

    def see_end(
        self, scene: Scene, costs: Iterable[Tensor]
    ) -> Iterator[tuple[Slip, int | None, tuple[str, ...], tuple[float, ...]]]:
        """Look at what the run has left."""
        self._learn_names(scene)
        self._dead.look(costs)
        for leaf, count, units in self._dead.most_of_layers:
            name = self._names.get(id(leaf), "")
            layer = name.removesuffix(".bias").removesuffix(".weight")
            line = self._sources.line_of_call("relu", "ReLU", "clamp", "clamp_min")
            yield Slip.DEAD, line, (layer,), (float(count), float(units))

    def _grown(self, growing: Growing, parameters: list[Tensor], scene: Scene) -> list[Tensor]:
        if self._sources.may_zero_unseen:
            return []
        exactly = self._sources.zeroes_by_hand or self._may_be_zeroed(parameters, scene)
        return growing.look(parameters, counts_exactly=exactly)

    def _may_be_zeroed(self, parameters: list[Tensor], scene: Scene) -> bool:
        """Whether a `zero_grad()` that has run may be of these: as far as is known, of others."""
        own = {id(one) for one in parameters}
        for owner in self._sources.owners_of_zero_grad():
            zeroed = None if owner is None else parameters_behind(value_of(owner, scene.names))
            if zeroed is None or own & {id(one) for one in zeroed}:
                return True
        return False

    def _unused(self, stepping: _Stepping) -> list[Tensor]:
        """The leaves that nothing moves, once it is sure that nothing is there to."""
        leaves = stepping.unmoved.all
        if not leaves:
            return []
        known = {id(one) for other in every_optimizer() for one in parameters_of(other)}
        # Where inputs alone are moved, as a picture is, the network that reads them stays.
        moved = [one for other in self._optimizers.values() for one in other.parameters]
        are_inputs = not any(map(is_parameter, moved))
        return [
            one
            for one in leaves
            if id(one) not in known
            and not (are_inputs if is_parameter(one) else self._sources.asks_for_gradients)
        ]

    def _hidden(self, leaves: list[Tensor], scene: Scene) -> str:
        """The list that hides one of these from its module; "" where none does."""
        hidden = scene.hidden_parameters()
        return next((hidden[id(one)] for one in leaves if id(one) in hidden), "")

    def _names_of(self, leaves: list[Tensor]) -> tuple[str, ...]:
        names = [self._names.get(id(one), "") for one in leaves]
        # What a gradient is asked of for its own sake is read somewhere.
        kept = [name for name in names if name and not self._sources.mentions(f"{name}.grad")]
        return tuple(kept[:_MOST_NAMES])

    def _learn_names(self, scene: Scene) -> dict[int, tuple[str, Tensor]]:
        found = scene.parameters()
        self._names.update({key: name for key, (name, _) in found.items()})
        return found

    def _named(self, tensors: list[Tensor]) -> tuple[str, ...]:
        names = [self._names.get(id(one), "") for one in tensors]
        return tuple(filter(None, names))[:_MOST_NAMES] or ("",)

    def _name_of_stepping(self, scene: Scene) -> str:
        """What is called to step, as it is written where the lesson stands."""
        statement = self._sources.statement_at(scene.line)
        for node in ast.walk(statement) if statement is not None else ():
            match node:
                case ast.Call(func=ast.Attribute(value=owner, attr="step")):
                    return ast.unparse(owner)
        return "optimizer"


class _Stepping:
    """One optimizer, and what was seen each time that it was about to step.

    ``is_told`` once something was told that leaves parameters without gradients, too.
    """

    def __init__(self, optimizer: Any) -> None:
        self.parameters = parameters_of(optimizer)
        self.line: int | None = None
        self.is_told = False
        self.growing = Growing()
        self.missing = Missing()
        self.unmoved = Unmoved()
