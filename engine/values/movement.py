"""How far tensors have moved since the training stood still last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.protocol.statements import NextStatement
from engine.values.peeking import looking_only
from engine.values.statistics import as_real, distance, sample_of

if TYPE_CHECKING:
    from torch import Tensor

_MOST_KEPT = 1 << 14


class Movement:
    """Keeps a few values of each tensor, at most 16,384, from one pause to the next."""

    def __init__(self) -> None:
        self._place: tuple[int, NextStatement | None] | None = None
        self._before: dict[str, Tensor] = {}
        self._here: dict[str, Tensor] = {}

    def stand(self, position: int, statement: NextStatement | None) -> None:
        """The training stands at `position`, before `statement` if it is at one.

        Said for each frame that is taken there: a second one of the same pause begins no new one.
        """
        place = self._place
        if place is None or place[0] != position or place[1] is not statement:
            self._place = position, statement
            self._before, self._here = self._here, {}

    def run_on(self) -> None:
        """The training runs: what comes now is compared with the pause that is over."""
        self._place = None

    def measure(self, name: str, plain: Tensor) -> float | None:
        """The norm of what the tensor `name` has changed by since the last pause.

        None where there was no pause, or the tensor was not there or not of this shape in it.
        """
        is_standing = self._place is not None
        kept = (self._before if is_standing else self._here).get(name)
        if kept is None and not is_standing:
            return None
        with looking_only():
            values = as_real(sample_of(plain, _MOST_KEPT))
            if is_standing:
                self._here[name] = values.clone()
            if kept is None or kept.shape != values.shape or kept.device != values.device:
                return None
            return distance(values, kept, plain.numel())
