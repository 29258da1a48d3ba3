"""What the worker is sent to do between two pieces of a run, such as to answer what was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

Errand = Callable[[], None]


class _Sent(NamedTuple):
    do: Errand
    is_urgent: bool


class Errands:
    """The errands that nobody has begun, in their order; the gate's lock guards them.

    An urgent one is also done in a run that is not paused.
    """

    def __init__(self) -> None:
        self._sent: deque[_Sent] = deque()

    @property
    def has_urgent(self) -> bool:
        """Whether one of them is urgent."""
        return any(sent.is_urgent for sent in self._sent)

    def send(self, errand: Errand, *, is_urgent: bool) -> None:
        """Have this done after those that were sent before."""
        self._sent.append(_Sent(errand, is_urgent))

    def take(self) -> Errand | None:
        """The first of them, which is the caller's to do; None where there is none."""
        return self._sent.popleft().do if self._sent else None

    def take_urgent(self) -> Errand | None:
        """The first urgent one, which is the caller's to do; None where there is none."""
        sent = next((one for one in self._sent if one.is_urgent), None)
        if sent is None:
            return None
        self._sent.remove(sent)
        return sent.do

    def forget(self) -> None:
        """Have none of them done."""
        self._sent.clear()
