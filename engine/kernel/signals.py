"""Signals for a lesson: Python takes handlers on its main thread alone, and a cell runs on another.

The handler is put in place by the main thread and called on a thread of its own; what it raises is
raised in the lesson, where that is. What a lesson sends itself is handled where it sends it. Of
SIGINT a handler stands in for the KeyboardInterrupt of a stop.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from engine.stopping.exceptions import RaisedByHandler

# Wakes the main thread; nothing else sends it.
_WAKE = getattr(signal, "SIGRTMAX", signal.SIGUSR2)
# How long the main thread may take to put a handler in place, in seconds.
_PATIENCE = 5.0
_BETWEEN_LOOKS = 0.05

_Handler = Any


class LessonSignals:
    """Stands in for `signal.signal`; make it on the main thread.

    `throw` raises an exception of a class in the lesson, on the thread `worker` (its number).
    """

    def __init__(
        self, throw: Callable[[type[BaseException]], None], worker: Callable[[], int]
    ) -> None:
        self._throw = throw
        self._worker = worker
        self._handlers: dict[int, _Handler] = {}
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._was_called = threading.Condition()
        self._calls = 0
        self._set, self._get, self._kill = signal.signal, signal.getsignal, os.kill
        self._pause = signal.pause
        self._set(_WAKE, self._carry_out)
        module: Any = signal
        module.signal, module.getsignal = self.set_handler, self.handler_of
        module.raise_signal, module.pause = self.raise_signal, self.pause
        system: Any = os
        system.kill = self.kill

    def set_handler(self, signalnum: int, handler: _Handler) -> _Handler:
        """Put a handler in place, and return the one before; as `signal.signal`."""
        if threading.current_thread() is threading.main_thread():
            return self._set(signalnum, handler)
        before = self.handler_of(signalnum)
        if not callable(handler):
            # Of other things than signals of the system the real one complains, as it should.
            handler = signal.Handlers(handler)
        if signalnum != signal.SIGINT:
            self._have_set(signalnum, self._hear if callable(handler) else handler)
        self._handlers[int(signalnum)] = handler
        return before

    def handler_of(self, signalnum: int) -> _Handler:
        """The handler that is in place; as `signal.getsignal`."""
        if signalnum in self._handlers:
            return self._handlers[int(signalnum)]
        if signalnum == signal.SIGINT:
            return signal.default_int_handler
        return self._get(signalnum)

    def kill(self, pid: int, signalnum: int, /) -> None:
        """Send a signal, and come back where the lesson has handled its own; as `os.kill`."""
        if pid != os.getpid() or not self._has_handled(signalnum, sys._getframe(1)):
            self._kill(pid, signalnum)

    def raise_signal(self, signalnum: int, /) -> None:
        """The same to the lesson's own process; as `signal.raise_signal`."""
        if not self._has_handled(signalnum, sys._getframe(1)):
            self._kill(os.getpid(), signalnum)

    def _has_handled(self, number: int, frame: FrameType) -> bool:
        """Call the lesson's handler here, where the lesson itself runs; whether there is one."""
        is_handled = number not in (0, signal.SIGKILL, signal.SIGSTOP)
        handler = self.handler_of(number) if is_handled else None
        if not callable(handler) or not self._is_on_thread_of_lesson():
            return False
        handler(signal.Signals(number), frame)
        self._note_call()
        return True

    def pause(self) -> None:
        """Wait until a handler of the lesson has been called; as `signal.pause`."""
        if not self._is_on_thread_of_lesson():
            self._pause()
            return
        calls = self._calls
        with self._was_called:
            while self._calls == calls:
                # What is thrown into the lesson is raised between two waits.
                self._was_called.wait(_BETWEEN_LOOKS)

    def _is_on_thread_of_lesson(self) -> bool:
        # In a process that it has forked, the thread has become the main one.
        return threading.current_thread() is not threading.main_thread()

    def handle_interrupt(self) -> bool:
        """Call the lesson's handler of SIGINT; whether it has one."""
        handler = self._handlers.get(signal.SIGINT, signal.default_int_handler)
        if handler in (signal.default_int_handler, signal.SIG_DFL):
            return False
        if handler is not signal.SIG_IGN:
            self._hear(signal.SIGINT)
        return True

    def _hear(self, number: int, _frame: object = None) -> None:
        handler = self._handlers[number]
        threading.Thread(target=self._call, args=(handler, number), daemon=True).start()

    def _call(self, handler: _Handler, number: int) -> None:
        frame = sys._current_frames().get(self._worker())
        try:
            handler(signal.Signals(number), frame)
        except BaseException as error:
            self._throw(_again(error))
        self._note_call()

    def _note_call(self) -> None:
        with self._was_called:
            self._calls += 1
            self._was_called.notify_all()

    def _have_set(self, number: int, handler: _Handler) -> None:
        """Have the main thread put a handler in place; raises what that raises."""
        errors: list[BaseException] = []
        is_done = threading.Event()

        def carry_out() -> None:
            try:
                self._set(number, handler)
            except (OSError, ValueError, TypeError) as error:
                errors.append(error)
            is_done.set()

        self._orders.put(carry_out)
        signal.pthread_kill(threading.main_thread().ident or 0, _WAKE)
        if not is_done.wait(_PATIENCE):
            raise ValueError("the signal's handler cannot be put in place while a cell runs")
        if errors:
            raise errors[0]

    def _carry_out(self, *_: object) -> None:
        while not self._orders.empty():
            self._orders.get()()


def _again(error: BaseException) -> type[BaseException]:
    """A class whose exceptions are as this one: what is thrown into a thread is a class."""
    kind = type(error)

    def begin(self: BaseException) -> None:
        kind.__init__(self, *error.args)

    names = {"__init__": begin, "__module__": kind.__module__, "__qualname__": kind.__qualname__}
    return type(kind.__name__, (RaisedByHandler, kind), names)
