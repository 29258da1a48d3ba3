"""What an innermost loop computes, written down by as little code as that can be done with."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from operator import itemgetter
from typing import Any

from engine.loops.recorder import PENDING, Series

NOT_TAKEN = (StopIteration, RuntimeError, TypeError, LookupError, OverflowError)
"""What taking raises: the tape is full, or the name is not what it was as the tape began."""


@dataclass(frozen=True, slots=True)
class LastTaken:
    """The newest number of a tape: which object had it has not been noted."""

    number: float


class Tape:
    """The values of one watched name of a loop whose iterations all count, newest last.

    The next of ``taking`` writes what the name is now, or raises one of `NOT_TAKEN` and writes
    nothing. It runs between code that fills the processor's caches, where each object that is
    touched costs several times what it would cost by itself: so it is a chain that C goes through,
    which costs two thirds of the same in Python; values are written as bare numbers, no object
    for each, and positions are not, as the values follow one another without a gap. The loop is
    behind until the tape is wound into its curve. Of which kind the value is, and where, is looked
    at as it begins and not again: a tensor that has moved to another device since is waited for.
    """

    __slots__ = ("_name", "_series", "_values", "taking")

    def __init__(
        self, name: str, names: Mapping[str, object], series: Series, tensor_type: Any
    ) -> None:
        self._name = name
        self._series = series
        self._values = array("d")
        self.taking = self._chain(names, tensor_type)

    def _chain(self, names: Mapping[str, object], tensor_type: Any) -> Iterator[object]:
        # Each reads its own kind of value alone, and raises TypeError where it is given another.
        is_tensor = type(names[self._name]) is tensor_type
        read: Callable[[Any], float] = tensor_type.item if is_tensor else float.__pos__
        values: Iterator[Any] = map(itemgetter(self._name), repeat(names, PENDING))
        return map(self._values.append, map(read, values))

    @property
    def count(self) -> int:
        """How many values are on it."""
        return len(self._values)

    def wind(self, position: int, newest: dict[str, object]) -> None:
        """Put its values into the curve, the first after `position`; note the last in `newest`.

        It is used up then.
        """
        if self._values:
            newest[self._name] = LastTaken(self._values[-1])
            self._series.extend(position + 1, self._values)
