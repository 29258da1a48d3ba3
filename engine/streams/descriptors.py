"""What lies under the streams of `sys`: descriptors that lose nothing, by whatever a process ends.

Each write is a call of the system, so that all that writes keeps its order. Code that prints
heavily would take many times as long by that as into a file: its text is put into memory that the
host reads, and only then may what C code or another process writes in between stand a little late.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.streams.shared_text import NO_TEXT, TextWriter

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

# Printing is heavy where so many writes take less than so many seconds.
_MANY = 500
_SOON = 0.05


class Descriptor(io.FileIO):
    """A descriptor to which every byte is written before the call returns.

    It is read after what is in `memory`, which closes with each write that does not go there.
    """

    def __init__(self, name: str, number: int, memory: TextWriter, *, is_terminal: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self.name = name
        self._number = number
        self._memory = memory
        self._is_terminal = is_terminal

    def write(self, data: Buffer) -> int:
        """Write all of the bytes, however few of them there is room for at once."""
        left = memoryview(data).cast("B")
        count = left.nbytes
        with self._memory.lock:
            self._memory.close()
            while left:
                left = left[os.write(self._number, left) :]
        return count

    def flush(self) -> None:
        """Have what others write from here on read after what was written until here."""
        self._memory.close()

    def isatty(self) -> bool:
        """Whether it is shown on a terminal."""
        return self._is_terminal

    def close(self) -> None:
        """Stay open: what a lesson runs next prints as well."""


class HeavyDescriptor(Descriptor):
    """A descriptor that puts what code prints heavily into its memory."""

    def __init__(self, name: str, number: int, memory: TextWriter, *, is_terminal: bool) -> None:
        super().__init__(name, number, memory, is_terminal=is_terminal)
        self._left = _MANY
        self._counted_from = time.monotonic()
        # As a plain function, which is called a fifth faster than a method.
        self.write = _writer(  # type: ignore[assignment,method-assign]
            memory, self._write_counted, self._write_above
        )

    def _write_counted(self, data: Buffer) -> int:
        with self._memory.lock:
            count = super().write(data)
            self._left -= 1
            if self._left <= 0:
                now = time.monotonic()
                if now - self._counted_from < _SOON:
                    self._memory.open_soon()
                self._left, self._counted_from = _MANY, now
        return count

    def _write_above(self, data: Buffer) -> int:
        """Write what the memory has no room for; the host, which that wakes, makes it empty."""
        with self._memory.lock:
            count = super().write(data)
            self._memory.open_soon()
        return count


def _writer(
    memory: TextWriter, write: Callable[[Buffer], int], write_above: Callable[[Buffer], int]
) -> Callable[[Buffer], int]:
    """What puts text into the memory while that takes it; else it is written, by one of the two."""

    def put_or_write(data: Buffer) -> int:
        if type(data) is bytes and NO_TEXT not in data:
            try:
                return memory.put(data)
            except ValueError:
                if memory.is_open:
                    return write_above(data)
        return write(data)

    return put_or_write
