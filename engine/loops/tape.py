"""What an innermost loop computes, written down by as little code as that can be done with."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any
from weakref import ref

from engine.loops.recorder import PENDING, Series


class Tape:
    """The values of one watched name of a loop whose iterations all count, newest last.

    It runs between code that fills the processor's caches, where each object that is touched costs
    several times what it would cost by itself: so values are written as bare numbers, no object for
    each, and positions are not, as the values follow one another without a gap. The loop is behind
    until the tape is wound into its curve. Where the values are is looked at as it begins and not
    again: a tensor that has moved to another device since is waited for.
    """

    __slots__ = ("_get", "_name", "_newest", "_series", "_tensor_type", "_values")

    def __init__(
        self, name: str, names: Mapping[str, object], series: Series, tensor_type: Any
    ) -> None:
        self._name = name
        self._get = names.get
        self._series = series
        self._tensor_type = tensor_type
        self._values = array("d")
        self._newest: object = None

    def takes(self) -> bool:
        """Write what the name is now; False where that is not a float that can be read at once.

        It is False, too, where the tape is full. Nothing is written then.
        """
        value: Any = self._get(self._name)
        number = value
        if type(value) is self._tensor_type:
            try:
                number, value = value.item(), ref(value)
            except RuntimeError:  # it is not one number, or stands for values of others
                return False
        if type(number) is not float or len(self._values) >= PENDING:
            return False
        self._newest = value
        self._values.append(number)
        return True

    @property
    def count(self) -> int:
        """How many values are on it."""
        return len(self._values)

    def wind(self, position: int, newest: dict[str, object]) -> None:
        """Put its values into the curve, the first after `position`; note the last in `newest`."""
        if self._values:
            newest[self._name] = self._newest
            self._series.extend(position + 1, self._values)
            self._values = array("d")
