"""Units whose ReLU gives 0 for all that comes in: no gradient comes back through them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from engine.teaching.gradients import LOOKS
from engine.teaching.graphs import leaves_of, relu_biases
from engine.teaching.scene import is_zero
from engine.values.paths import gradient_of
from engine.values.peeking import is_real, looking_only

if TYPE_CHECKING:
    from torch import Tensor


class DeadUnits:
    """Follows, by their layer's bias, the units that no gradient has come to at any look."""

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
            for bias in relu_biases(cost):
                gradient = gradient_of(bias)
                if gradient is None or not is_real(gradient) or bias.numel() < 2:
                    continue
                with looking_only():
                    is_dead = gradient.detach() == 0
                    if bool(is_dead.all()):
                        self._all.add(id(bias))
                    else:
                        self._all.discard(id(bias))
                    if id(bias) in self._dead:
                        is_dead = is_dead & self._dead[id(bias)][1]
                self._dead[id(bias)] = (bias, is_dead)
                self._looks[id(bias)] = self._looks.get(id(bias), 0) + 1

    @property
    def most_of_layers(self) -> list[tuple[Tensor, int]]:
        """Layers of which more than half of the units were dead at each look, and how many.

        A layer of which all were at the newest look will not come back, whatever came before.
        """
        found = []
        for key, (bias, is_dead) in self._dead.items():
            with looking_only():
                count = int(is_dead.sum())
            if key in self._all and self._looks[key] > 1:
                count = bias.numel()
            elif self._looks[key] <= LOOKS:
                continue
            if 2 * count > bias.numel():
                found.append((bias, count))
        return found


def _has_gradient(leaf: Tensor) -> bool:
    gradient = gradient_of(leaf)
    return gradient is not None and not is_zero(gradient)
