"""Waits until something comes at a descriptor, or a child ends."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterable
from contextlib import suppress


class Waiting:
    """Waits on the main thread; a signal of a child's end wakes it."""

    def __init__(self) -> None:
        self._wakes, wake = os.pipe()
        os.set_blocking(self._wakes, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._wake = wake

    def wait(
        self, reads: Iterable[int], writes: Iterable[int], milliseconds: int | None
    ) -> set[int]:
        """Wait, so long at most; the descriptors of `reads` and `writes` that are ready for it.

        None: as long as it takes.
        """
        waiting, wanted = select.poll(), dict.fromkeys((self._wakes, *reads), select.POLLIN)
        for descriptor in writes:
            wanted[descriptor] = wanted.get(descriptor, 0) | select.POLLOUT
        for descriptor, events in wanted.items():
            waiting.register(descriptor, events)
        came = {descriptor for descriptor, _ in waiting.poll(milliseconds)}
        with suppress(BlockingIOError):
            os.read(self._wakes, 4096)
        return came

    def close(self) -> None:
        """Wait no more, in a process that was forked from the one that does."""
        os.close(self._wakes)
        os.close(self._wake)
