"""Gradients from one look to the next: never emptied, never there, or never used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.teaching.scene import TensorMark, is_zero, mark_of
from engine.values.paths import gradient_of

if TYPE_CHECKING:
    from torch import Tensor

LOOKS = 3
"""So many looks in a row have to see the same before it is told."""


class Growing:
    """Follows gradients that are added to each time, and never emptied.

    Adding to a gradient counts one version of it, emptying it counts another, and a new tensor
    begins at none. What is looked at twice between two moves of its parameter says nothing.
    """

    def __init__(self) -> None:
        self._before: dict[int, tuple[TensorMark, TensorMark]] = {}
        self._times: dict[int, int] = {}

    def look(self, parameters: Iterable[Tensor], *, counts_exactly: bool) -> list[Tensor]:
        """Those that grew at each look so far. A look is due each time that they were moved.

        With `counts_exactly` a gradient must have been written to just once in between: more may
        be its emptying.
        """
        grown = []
        for parameter in parameters:
            before = self._before.pop(id(parameter), None)
            gradient = gradient_of(parameter)
            now = None if gradient is None else mark_of(gradient)
            moved = mark_of(parameter)
            if gradient is None or now is None or moved is None:
                self._times.pop(id(parameter), None)
                continue
            self._before[id(parameter)] = (now, moved)
            if before is not None and _grew(before, (now, moved), counts_exactly=counts_exactly):
                self._times[id(parameter)] = self._times.get(id(parameter), 1) + 1
            else:
                self._times[id(parameter)] = 1
            if self._times[id(parameter)] >= LOOKS and not is_zero(gradient):
                grown.append(parameter)
        return grown


def _grew(
    before: tuple[TensorMark, TensorMark],
    now: tuple[TensorMark, TensorMark],
    *,
    counts_exactly: bool,
) -> bool:
    writes = now[0].version - before[0].version
    is_same = now[0].place == before[0].place and now[0].sample != before[0].sample
    was_moved = now[1] != before[1]
    return is_same and was_moved and (writes == 1 if counts_exactly else writes >= 1)


class Missing:
    """Follows parameters that one optimizer should move, and that no gradient comes to."""

    def __init__(self) -> None:
        self._looks = 0
        self._without: dict[int, tuple[Tensor, TensorMark | None]] = {}
        self._has_some = False

    def look(self, parameters: Iterable[Tensor]) -> None:
        """Look where the optimizer is about to step."""
        wanted = [one for one in parameters if one.requires_grad]
        without = [one for one in wanted if gradient_of(one) is None]
        self._has_some |= len(without) < len(wanted)
        if self._looks:
            still = {id(one) for one in without}
            self._without = {key: one for key, one in self._without.items() if key in still}
        else:
            self._without = {id(one): (one, mark_of(one)) for one in without}
        self._looks += 1

    @property
    def is_everything(self) -> bool:
        """Whether no parameter has had a gradient at any look."""
        return self._looks >= LOOKS and bool(self._without) and not self._has_some

    @property
    def some(self) -> list[Tensor]:
        """Those that never had one, where others have, and were not moved since the first look.

        One that had none at the first looks may get it later, as where two costs take turns.
        """
        is_sure = self._looks >= LOOKS and self._has_some
        waiting = self._without.values() if is_sure else ()
        return [one for one, mark in waiting if mark_of(one) == mark]


class Unmoved:
    """Follows leaves of a cost that have gradients, and that nothing moves."""

    def __init__(self) -> None:
        self._looks = 0
        self._marks: dict[int, tuple[Tensor, TensorMark]] = {}

    def look(self, leaves: Iterable[Tensor]) -> None:
        """Look at all leaves that no known optimizer has."""
        marks: dict[int, tuple[Tensor, TensorMark]] = {}
        for leaf in leaves:
            gradient, mark = gradient_of(leaf), mark_of(leaf)
            if gradient is None or mark is None or is_zero(gradient):
                continue
            before = self._marks.get(id(leaf))
            if not self._looks or (before is not None and before[1] == mark):
                marks[id(leaf)] = (leaf, mark)
        self._marks = marks
        self._looks += 1

    @property
    def all(self) -> list[Tensor]:
        """Those that had a gradient at each look, and stayed what they were."""
        return [leaf for leaf, _ in self._marks.values()] if self._looks >= LOOKS else []
