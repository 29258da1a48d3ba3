"""Stopping code that passes no gate: an exception raised in its thread from outside."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.stopping.exceptions import LessonInterrupted, LessonStopped, RaisedByHandler

_STOPS = (LessonInterrupted, LessonStopped, RaisedByHandler)


class Interruptible:
    """Runs work that another thread may interrupt, and lets no interrupt out late.

    CPython delivers such an exception at the next bytecode of the thread: a call that stays in C
    (a long `time.sleep`, one large matrix product) ends first.

    ``note_lost`` is called where one has come to nothing, in code that Python runs between two
    others and whose errors it only tells (a destructor, the callback of a weak reference).
    """

    def __init__(self, note_lost: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._thread: int | None = None
        self._was_thrown = False
        self._note_lost = note_lost

    def run(self, work: Callable[[], BaseException | None]) -> BaseException | None:
        """What `work` returns, or the stop that was thrown into it."""
        error: BaseException | None = None
        tell_unraisable = sys.unraisablehook

        def look_for_lost(unraisable: sys.UnraisableHookArgs) -> None:
            if isinstance(unraisable.exc_value, _STOPS):
                self._note_lost()
            else:
                tell_unraisable(unraisable)

        sys.unraisablehook = look_for_lost
        try:
            with self._lock:
                self._thread = threading.get_ident()
            error = work()
        except _STOPS as stopped:
            error = stopped
        while self._thread is not None:
            try:
                self._close()
            except _STOPS as stopped:  # it came while the door was being shut
                error = stopped
        if sys.unraisablehook is look_for_lost:
            sys.unraisablehook = tell_unraisable
        return error

    def interrupt(self, exception: type[BaseException] = LessonStopped) -> None:
        """Throw a stop into the work that runs now, if any does."""
        with self._lock:
            if self._thread is not None:
                self._was_thrown = True
                _throw(self._thread, exception)

    @contextmanager
    def closed(self) -> Iterator[None]:
        """A context within the work, or outside of it, into which nothing is thrown.

        What has been thrown and has not come yet never comes.
        """
        thread = self._thread
        if thread is not None:
            self._close()
        try:
            yield
        finally:
            with self._lock:
                self._thread = thread

    def _close(self) -> None:
        with self._lock:
            self._thread = None
        if self._was_thrown:
            _swallow_what_is_pending()
            self._was_thrown = False


def _swallow_what_is_pending() -> None:
    """Throw one more, in place of any that has not come yet, and catch it.

    Taking it back (with NULL) would leave CPython 3.11 forever about to look for one, and then a
    traced function never gets past its entry.
    """
    try:
        _throw(threading.get_ident(), LessonStopped)
        while True:
            time.sleep(0)
    except _STOPS:
        pass


def _throw(thread: int, exception: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(exception))
