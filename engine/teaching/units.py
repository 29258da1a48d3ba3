"""Units whose ReLU gives 0 for all that comes in: no gradient comes back through them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from engine.teaching.gradients import LOOKS
from engine.teaching.graphs import Rectified, leaves_of, rectified
from engine.teaching.scene import is_zero
from engine.values.paths import gradient_of
from engine.values.peeking import is_real, looking_only

if TYPE_CHECKING:
    from torch import Tensor


class DeadUnits:
    """Follows, by their layer's bias or else its weights, the units that no gradient comes to."""

    def __init__(self) -> None:
        self._dead: dict[int, tuple[Tensor, Any]] = {}
        self._looks: dict[int, int] = {}
        self._all: set[int] = set()

    def look(self, costs: Iterable[Tensor]) -> None:
        """Look at the gradients that a backward pass through these costs has left."""
        for cost in costs:
            if not any(map(_has_gradient, leaves_of(cost))):
                # None comes to any layer: that is no matter of a ReLU's.
                continue
            for layer in rectified(cost):
                self._look_at(layer)

    def _look_at(self, layer: Rectified) -> None:
        leaf, gradient = layer.leaf, gradient_of(layer.leaf)
        if gradient is None or not is_real(gradient):
            return
        with looking_only():
            of_units = (gradient.detach() == 0).movedim(layer.units, 0)
            is_dead = of_units.reshape(len(of_units), -1).all(1)
            if len(is_dead) < 2:
                return
            if bool(is_dead.all()):
                self._all.add(id(leaf))
            else:
                self._all.discard(id(leaf))
            if id(leaf) in self._dead:
                is_dead = is_dead & self._dead[id(leaf)][1]
        self._dead[id(leaf)] = (leaf, is_dead)
        self._looks[id(leaf)] = self._looks.get(id(leaf), 0) + 1

    @property
    def most_of_layers(self) -> list[tuple[Tensor, int, int]]:
        """Layers with more than half of their units dead at each look: how many, of how many.

        A layer of which all were at the newest look will not come back, whatever came before.
        """
        found = []
        for key, (leaf, is_dead) in self._dead.items():
            units = is_dead.numel()
            with looking_only():
                count = int(is_dead.sum())
            if key in self._all and self._looks[key] > 1:
                count = units
            elif self._looks[key] <= LOOKS:
                continue
            if 2 * count > units:
                found.append((leaf, count, units))
        return found


def _has_gradient(leaf: Tensor) -> bool:
    gradient = gradient_of(leaf)
    return gradient is not None and not is_zero(gradient)
