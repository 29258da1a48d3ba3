"""The threads by which tqdm looks after its bars: they hold nothing, and can be ended and begun.

A fork would have none of them, and a process that has one could keep no moment.
"""

from __future__ import annotations

import atexit
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# How long one may be at work on its bars, in seconds: what runs may hold the lock that it is after.
_PATIENCE = 0.05


def threads_of_class(module: str, name: str) -> list[Any]:
    """The threads of this process that are of a class of a module; none where it is not there."""
    kind = getattr(sys.modules.get(module), name, None)
    if not isinstance(kind, type):
        return []
    return [one for one in threading.enumerate() if isinstance(one, kind)]


def bar_monitors() -> list[Any]:
    """The threads of this process that look after bars."""
    return threads_of_class("tqdm", "TMonitor")


@contextmanager
def no_bar_monitors() -> Iterator[bool]:
    """Be without these threads, and begin them again after, in a fork made within as well.

    Gives whether all of them have ended.
    """
    monitors = bar_monitors()
    for monitor in monitors:
        monitor.was_killed.set()
        monitor.join(_PATIENCE)
        # What each has registered would keep it until the process ends.
        for name in {"exit", "_atexit_signal"} & {*dir(monitor)}:
            atexit.unregister(getattr(monitor, name))
    try:
        yield not any(monitor.is_alive() for monitor in monitors)
    finally:
        for monitor in monitors:
            bars = monitor.tqdm_cls
            bars.monitor = type(monitor)(bars, monitor.sleep_interval)
