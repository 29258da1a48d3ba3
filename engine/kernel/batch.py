"""Text of code that prints heavily, written to its descriptor in few writes and lost by no death.

It waits in a file that this process has in its memory. What is put there costs no call of the
system, stays when the process is killed, and is then read by the host. A thread of its own writes
it to the descriptor within a few hundredths of a second, once it gets the interpreter lock.
"""

from __future__ import annotations

import _thread
import mmap
import os
import queue
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_NAME = "unwritten"
_HALF = 1 << 18
_WAIT = 0.02
# So much goes into a pipe whole or not at all: a death in between repeats no part of it.
_AT_ONCE = 4096


class Batch:
    """Bytes on their way to a descriptor, in two halves of a file: one fills, the other empties.

    ``put`` keeps bytes, which takes one call of C and so is one step for all threads. It raises
    ValueError where no more fit, and where the batch is closed, as it is at first. ``is_empty``
    says that all that was put has been written.
    """

    def __init__(self, folder: str, descriptor: int) -> None:
        path = Path(folder, _NAME)
        path.write_bytes(bytes(2 * _HALF + 1))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
            self._halves = [mmap.mmap(file.fileno(), _HALF, offset=i * _HALF) for i in (0, 1)]
        self._descriptor = descriptor
        self._filling = 0
        self._orders: queue.SimpleQueue[_thread.LockType | None] = queue.SimpleQueue()
        self._has_thread = False
        self._is_open = False
        self.put: Callable[[Buffer], int] = _refuse
        self.is_empty = True

    def open(self) -> None:
        """Let bytes be put, until `flush`, or until none have come for a while."""
        if not self._has_thread:
            self._has_thread = True
            _thread.start_new_thread(self._empty_for_ever, ())
        self.is_empty = False
        self._is_open = True
        self.put = self._halves[self._filling].write
        self._orders.put(None)

    def flush(self) -> None:
        """Wait until all that was put has been written, and let nothing be put from here on."""
        if self.is_empty:
            return
        done = _thread.allocate_lock()
        done.acquire()
        self._orders.put(done)
        done.acquire()

    def _empty_for_ever(self) -> None:
        while True:
            try:
                order = self._orders.get(timeout=None if self.is_empty else _WAIT)
            except queue.Empty:
                if not self._write_half():
                    self._close()
                continue
            if order is not None:
                self._close()
                order.release()

    def _close(self) -> None:
        # In this order: a writer that finds it closed and not empty waits for the last bytes.
        self._is_open = False
        self._write_half()
        self.is_empty = True

    def _write_half(self) -> int:
        """Write what the half that fills holds, and have the other filled; how much that was."""
        full = self._halves[self._filling]
        self._filling = 1 - self._filling
        self._map[2 * _HALF] = self._filling
        self.put = self._halves[self._filling].write if self._is_open else _refuse
        size = full.tell()
        for start in range(0, size, _AT_ONCE):
            end = min(start + _AT_ONCE, size)
            left = full[start:end]
            # A lesson may have closed the descriptor: its writes say so, once this one is over.
            with suppress(OSError):
                while left:
                    left = left[os.write(self._descriptor, left) :]
            full[start:end] = bytes(end - start)
        full.seek(0)
        return size


def _refuse(_: Buffer) -> int:
    raise ValueError("the batch is closed")


def left_in(folder: str) -> bytes:
    """What was put by a process that has ended, and never written; zeros at its end are lost."""
    try:
        kept = Path(folder, _NAME).read_bytes()
    except OSError:
        return b""
    halves = [kept[:_HALF], kept[_HALF : 2 * _HALF]]
    filling = kept[-1:] == b"\1"
    return b"".join(halves[at].strip(b"\0") for at in (not filling, filling))
