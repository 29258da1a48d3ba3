"""What signals from outside do: end the process in good order, or stop the training; no widget.

Python runs a handler between two instructions of the main thread, so here it only passes the word
on, and sets a limit to how long the leaving may take.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from tui.exit_status import ExitStatus

# How long what runs may take to end by itself, in seconds.
_LAST_PATIENCE = 2.5

LEAVING = {
    signal.SIGTERM: ExitStatus.TERMINATED,
    signal.SIGHUP: ExitStatus.HUNG_UP,
    signal.SIGQUIT: ExitStatus.QUIT,
}
"""The signals that ask the process to leave, and with which status it does."""

Handler = Callable[[int, FrameType | None], None]


@contextmanager
def passed_on(leave: Callable[[ExitStatus], object], stop: Callable[[], object]) -> Iterator[None]:
    """While this lasts, what is LEAVING calls `leave` in the running loop, and SIGINT `stop`.

    Where `leave` does not end the process soon, as when the terminal takes nothing any more, it
    is ended.
    """
    loop = asyncio.get_running_loop()

    def pass_leaving_on(number: int, _frame: FrameType | None) -> None:
        status = LEAVING[signal.Signals(number)]
        end_soon(status)
        loop.call_soon_threadsafe(leave, status)

    def pass_stop_on(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop)

    with answered_by({signal.SIGINT: pass_stop_on, **dict.fromkeys(LEAVING, pass_leaving_on)}):
        yield


@contextmanager
def answered_by(handlers: dict[signal.Signals, Handler]) -> Iterator[None]:
    """While this lasts, signals are answered by these handlers; call on the main thread.

    A signal that the process was started to ignore, as by nohup, is still ignored.
    """
    before = {number: signal.getsignal(number) for number in handlers}
    taken = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in taken:
        signal.signal(number, handlers[number])
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, before[number])


def end_soon(status: ExitStatus) -> None:
    """End the process with `status` in a while, should it still be there.

    What was registered with `call_at_the_limit` is called before.
    """
    limit = threading.Timer(_LAST_PATIENCE, _end, [status])
    limit.daemon = True
    limit.start()


def call_at_the_limit(act: Callable[[], None] | None) -> None:
    """Have `act` called, in a thread of its own, where the process is ended by the limit."""
    global _last_act
    _last_act = act


_last_act: Callable[[], None] | None = None


def _end(status: ExitStatus) -> NoReturn:
    try:
        if _last_act is not None:
            _last_act()
    finally:
        os._exit(status)
