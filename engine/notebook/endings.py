"""What Python does when a program has come to its end, for a lesson that is run as one.

The process that a lesson runs in serves on, and is then left at once: of itself it would wait for
none of the lesson's threads and call none of the functions of its `atexit`.
"""

from __future__ import annotations

import atexit
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

from engine.errors.tracebacks import leaves_no_trace

# What is thrown into the lesson is raised between two waits, in seconds.
_BETWEEN_LOOKS = 0.05


class ProgramEnd:
    """Remembers what is registered with `atexit` from `begin` on, and what already ran then."""

    def __init__(self) -> None:
        self._called: list[tuple[Callable[..., object], tuple[Any, ...], dict[str, Any]]] = []
        self._threads: set[threading.Thread] = set()
        self._register, self._unregister = atexit.register, atexit.unregister

    def begin(self) -> None:
        """Stand in for `atexit`."""
        self._threads = set(threading.enumerate())
        module: Any = atexit
        module.register, module.unregister = self._note, self._forget

    def let_go(self) -> None:
        """Leave `atexit` to itself, where no other has taken it over since."""
        module: Any = atexit
        if module.register == self._note:
            module.register, module.unregister = self._register, self._unregister

    def come(self) -> None:
        """End the program: wait for its threads and processes, and call what is to be called."""
        for end_pools in reversed(getattr(threading, "_threading_atexits", [])):
            end_pools()
        for thread in threading.enumerate():
            own = thread is threading.current_thread() or thread in self._threads
            while not (own or thread.daemon) and thread.is_alive():
                thread.join(_BETWEEN_LOOKS)
        while self._called:
            function, arguments, names = self._called.pop()
            self._unregister(function)
            try:
                function(*arguments, **names)
            except Exception as error:
                _tell(error)
        processes: Any = sys.modules.get("multiprocessing.process")
        for process in () if processes is None else processes.active_children():
            while not process.daemon and process.is_alive():
                process.join(_BETWEEN_LOOKS)

    def _note(self, func: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        self._register(func, *args, **kwargs)
        self._called.append((func, args, kwargs))
        return func

    def _forget(self, func: Callable[..., Any], /) -> None:
        self._unregister(func)
        self._called = [called for called in self._called if called[0] != func]


def _tell(error: Exception) -> None:
    """Write an error that nobody is left to catch, with the lesson's own lines."""
    told = traceback.TracebackException.from_exception(error)
    own = [frame for frame in told.stack if not leaves_no_trace(frame.filename)]
    told.stack = traceback.StackSummary.from_list(own)
    sys.stderr.write("".join(told.format()))
