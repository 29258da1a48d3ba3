"""Which functions of a lesson's run in processes or threads of their own: those are not seen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from threading import get_ident
from types import FunctionType
from typing import Any

# What is started to run a function elsewhere; torch starts processes by the first, too.
_STARTED = (("multiprocessing.process", "BaseProcess"), ("threading", "Thread"))


class GivenElsewhere:
    """Notes the processes and threads that are started on the thread that calls `begin`.

    ``names`` are those of the functions that they begin with, in their order.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self._thread = 0
        self._put_back: list[Callable[[], None]] = []

    def begin(self) -> None:
        """Forget what was noted, and note what is started from here on."""
        self.names = []
        self._thread = get_ident()
        for module, name in _STARTED:
            kind = getattr(sys.modules.get(module), name, None)
            if kind is not None:
                self._note_starts_of(kind)

    def end(self) -> None:
        """Note nothing any more."""
        while self._put_back:
            self._put_back.pop()()

    def _note_starts_of(self, kind: Any) -> None:
        start = kind.start

        def noted(started: Any) -> None:
            if get_ident() == self._thread:
                self.names += _functions_of(started)
            start(started)

        kind.start = noted
        self._put_back.append(lambda: setattr(kind, "start", start))


def _functions_of(started: Any) -> Iterator[str]:
    """The names of the function that it calls, and of those that it hands on to that."""
    target = getattr(started, "_target", None)
    for one in (target, *getattr(started, "_args", ())):
        if isinstance(one, FunctionType):
            yield one.__name__
