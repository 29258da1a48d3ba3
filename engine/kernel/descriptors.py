"""What lies under the streams of `sys`: descriptors that lose nothing, by whatever a process ends.

Each write is a call of the system, so that all that writes keeps its order. Code that prints
heavily would take three times as long by that as into a file: its writes are kept in a batch, and
only then may what C code or another process writes in between stand a little too early.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.kernel.batch import Batch

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

# Printing is heavy where so many writes take less than so many seconds.
_MANY = 500
_SOON = 0.02


class Descriptor(io.FileIO):
    """A descriptor to which every byte is written before the call returns.

    It comes after what is in `batch`, which may lead to the same place.
    """

    def __init__(
        self, name: str, number: int, batch: Batch | None = None, *, is_terminal: bool
    ) -> None:
        super().__init__(number, "w", closefd=False)
        self.name = name
        self.batch = batch
        self._number = number
        self._is_terminal = is_terminal

    def write(self, data: Buffer) -> int:
        """Write all of the bytes, however few of them there is room for at once."""
        self.flush()
        return self._write_through(data)

    def flush(self) -> None:
        """Wait until all bytes have been written."""
        if self.batch is not None:
            self.batch.flush()

    def isatty(self) -> bool:
        """Whether it is shown on a terminal."""
        return self._is_terminal

    def close(self) -> None:
        """Stay open: what a lesson runs next prints as well."""

    def _write_through(self, data: Buffer) -> int:
        left = memoryview(data).cast("B")
        count = left.nbytes
        while left:
            left = left[os.write(self._number, left) :]
        return count


class BatchedDescriptor(Descriptor):
    """A descriptor that puts what code prints heavily into its batch."""

    def __init__(self, name: str, number: int, batch: Batch, *, is_terminal: bool) -> None:
        super().__init__(name, number, batch, is_terminal=is_terminal)
        self._left = _MANY
        self._counted_from = time.monotonic()
        # As a plain function, which is called a fifth faster than a method.
        self.write = _writer(batch, self._write_counted)  # type: ignore[assignment,method-assign]

    def _write_counted(self, data: Buffer) -> int:
        count = super().write(data)
        self._count()
        return count

    def _count(self) -> None:
        self._left -= 1
        if self._left >= 0:
            return
        now = time.monotonic()
        is_heavy = now - self._counted_from < _SOON
        self._left, self._counted_from = _MANY, now
        if is_heavy and self.batch is not None:
            self.batch.open()


def _writer(batch: Batch, write: Callable[[Buffer], int]) -> Callable[[Buffer], int]:
    """What puts bytes into the batch while that takes them, and otherwise calls `write`."""

    def put_or_write(data: Buffer) -> int:
        try:
            return batch.put(data)
        except ValueError:
            return write(data)

    return put_or_write
