"""Which functions of a lesson's are given to processes of their own: what those do is not seen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from threading import get_ident
from types import FunctionType
from typing import Any


class GivenToProcesses:
    """Notes what `multiprocessing` starts, and torch by it, on the thread that calls `begin`.

    ``names`` are those of the functions that the processes begin with, in their order.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self._thread = 0
        self._put_back: Callable[[], None] = _nothing

    def begin(self) -> None:
        """Forget what was noted, and note what is started from here on."""
        self.names = []
        self._thread = get_ident()
        module: Any = sys.modules.get("multiprocessing.process")
        if module is None:
            return
        kind = module.BaseProcess
        start = kind.start

        def noted(process: Any) -> None:
            if get_ident() == self._thread:
                self.names += _functions_of(process)
            start(process)

        kind.start = noted
        self._put_back = lambda: setattr(kind, "start", start)

    def end(self) -> None:
        """Note nothing any more."""
        self._put_back()
        self._put_back = _nothing


def _nothing() -> None:
    """There is nothing to put back."""


def _functions_of(process: Any) -> Iterator[str]:
    """The names of the function that a process calls, and of those that it hands on to that."""
    for one in (process._target, *process._args):
        if isinstance(one, FunctionType):
            yield one.__name__
