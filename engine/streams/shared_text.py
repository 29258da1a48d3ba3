"""Text of code that prints heavily, handed to the host in memory that both see.

What is put there costs no call of the system, and stays there when the process is killed. It is
UTF-8, which never holds the byte 255: where that begins, the text ends.
"""

from __future__ import annotations

import fcntl
import mmap
import struct
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.system.identity import identity_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

NO_TEXT = 0xFF
_END = bytes([NO_TEXT])
TEXT = "printed"
_SIZE = 1 << 18
# How often, and how many seconds each time, what is to be read first is waited for.
_LOOKS = 20
_BETWEEN_LOOKS = 0.0005
# Before the text stand two numbers: how often the memory was opened, and how much of what was put
# since then has been taken.
_NUMBER = struct.Struct("<Q")
_OPENED, _TAKEN = slice(0, 8), slice(8, 16)
_START = 16


class TextReader:
    """The host's end: makes the memory, a file of `folder`, and takes what is put there."""

    def __init__(self, folder: str, name: str = TEXT) -> None:
        path = Path(folder, name)
        path.write_bytes(bytes(_START) + _END * _SIZE)
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)
        self._seen_opened = 0
        self._at = _START

    @property
    def opened(self) -> int:
        """How often the memory was opened; each time all before had been read."""
        return _read_number(self._memory, _OPENED)

    def take(self) -> bytes:
        """What has been put since the last time."""
        memory = self._memory
        while True:
            opened = self.opened
            begin = self._at if opened == self._seen_opened else _START
            end = memory.find(_END, begin)
            end = end if end >= 0 else len(memory)
            if opened == self.opened:
                break
        self._seen_opened, self._at = opened, end
        text = memory[begin:end]
        if text:
            memory[begin:end] = _END * len(text)
            # Not before: the writer may write over it from then on.
            memory[_TAKEN] = _NUMBER.pack(end - _START)
        return text

    def close(self) -> None:
        """Let go of the memory."""
        self._memory.close()


class TextWriter:
    """The session's end.

    ``put`` adds bytes other than `NO_TEXT`, which takes one call of C and so is one step for all
    threads. It raises ValueError where no more fit, and where the memory is closed, as it is at
    first. The host reads what it holds before what is in the pipe at `descriptor`. A thread that
    writes to the pipe holds ``lock``: were the memory opened meanwhile, a later text would come
    before that one.
    """

    def __init__(self, folder: str, descriptor: int) -> None:
        self._folder = folder
        self._descriptor = descriptor
        self.move(TEXT)

    def move(self, name: str) -> None:
        """Use the file of this name, which is new, and what is at the descriptor from now on."""
        with Path(self._folder, name).open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)
        self._memory.seek(_START)
        self._pipe = identity_of(self._descriptor)
        self._is_ours = True
        self.lock = threading.RLock()
        self.put: Callable[[Buffer], int] = _refuse

    @property
    def is_open(self) -> bool:
        """Whether text may be put, as far as it fits."""
        return self.put is not _refuse

    def open(self) -> None:
        """Let text be put, where all that was written before has been read."""
        if not self._is_ours or self._has_untaken_text or self._has_unread_pipe:
            return
        memory = self._memory
        memory.seek(_START)
        memory[_TAKEN] = _NUMBER.pack(0)
        memory[_OPENED] = _NUMBER.pack(_read_number(memory, _OPENED) + 1)
        self.put = memory.write

    def open_soon(self) -> None:
        """Open it once the host has read what was written before, and wait for that a little."""
        if not self._is_ours or identity_of(self._descriptor) != self._pipe:
            return
        for _ in range(_LOOKS):
            self.open()
            if self.is_open:
                return
            time.sleep(_BETWEEN_LOOKS)

    def close(self) -> None:
        """Let no more be put: what is written next goes by the pipe, and is read later."""
        self.put = _refuse

    def give_up(self) -> None:
        """Stay closed, in a process that was forked: the memory is its parent's."""
        self.close()
        self._is_ours = False
        # The thread that may hold the parent's is none of this process.
        self.lock = threading.RLock()

    @property
    def _has_untaken_text(self) -> bool:
        return _read_number(self._memory, _TAKEN) != self._memory.tell() - _START

    @property
    def _has_unread_pipe(self) -> bool:
        """Whether something waits in the pipe; also where the descriptor is no such pipe now."""
        if identity_of(self._descriptor) != self._pipe:
            return True
        unread = bytearray(struct.calcsize("i"))
        try:
            fcntl.ioctl(self._descriptor, termios.FIONREAD, unread)
        except OSError:
            return True
        return any(unread)


def _read_number(memory: mmap.mmap, place: slice) -> int:
    return int(_NUMBER.unpack(memory[place])[0])


def _refuse(_: Buffer) -> int:
    raise ValueError("the memory is closed")
