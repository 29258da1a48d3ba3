"""Imports what takes seconds, and ends the process where nobody is left who waits for it."""

from __future__ import annotations

import fcntl
import importlib
import os
import select
import signal
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress


def import_for(link: socket.socket, names: Iterable[str]) -> None:
    """Import modules for the process at the other end of `link`; call on the main thread.

    What is not installed is left out. The process ends at once when the other end is closed.
    """
    with _ending_with(link):
        for name in names:
            # What is not installed is missed, and told of, by the session that needs it.
            with suppress(ImportError, OSError):
                importlib.import_module(name)


@contextmanager
def _ending_with(link: socket.socket) -> Iterator[None]:
    """Have the system signal what comes through the link: an import looks at nothing."""
    before = signal.signal(signal.SIGIO, lambda *_: _end_if_closed(link))
    # No call of a library that is being imported is to fail for it.
    signal.siginterrupt(signal.SIGIO, False)
    flags = fcntl.fcntl(link, fcntl.F_GETFL)
    fcntl.fcntl(link, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(link, fcntl.F_SETFL, flags | os.O_ASYNC)
    try:
        # It may have been closed before.
        _end_if_closed(link)
        yield
    finally:
        fcntl.fcntl(link, fcntl.F_SETFL, flags)
        signal.signal(signal.SIGIO, before)


def _end_if_closed(link: socket.socket) -> None:
    look = select.poll()
    look.register(link, 0)
    if look.poll(0):
        os._exit(0)
