"""A session's process as the host has it: what leads to it, and what it has written."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import tempfile
from contextlib import suppress

from engine.host.making import Surroundings
from engine.streams.shared_text import TEXT, TextReader
from engine.system.connection import Connection
from engine.system.temporary import remove_listed

_PIPE_SIZE = 1 << 20


class SharedFolder:
    """A folder for temporary files, there as long as a process or a moment of one uses it."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix="tutorch-")
        self._users = 0

    def use(self) -> SharedFolder:
        """Count one user more."""
        self._users += 1
        return self

    def leave(self) -> None:
        """Count one user less; with the last one it goes."""
        self._users -= 1
        if not self._users:
            remove_listed(self.path)
            shutil.rmtree(self.path, ignore_errors=True)


class Ways:
    """What leads from the host to a session's process and back, before that is there.

    ``pipes`` are read, its output first, then its errors where these are ``apart``.
    """

    def __init__(self, folder: SharedFolder, *, apart: bool, text: str = TEXT) -> None:
        ours, self.theirs = socket.socketpair()
        self.heard, self.hears = os.pipe()
        pipes = [_wide_pipe() for _ in range(2 if apart else 1)]
        self.pipes = [read for read, _ in pipes]
        self.writes = tuple(write for _, write in pipes)
        self.folder = folder.use()
        self.link = Connection(ours)
        self.text = TextReader(folder.path, text)

    @property
    def surroundings(self) -> Surroundings:
        """What the process is made with."""
        return Surroundings(self.theirs, self.heard, self.writes, self.folder.path)

    @property
    def descriptors(self) -> list[int]:
        """The process's ends: its link, where it hears, and where it writes."""
        return [self.theirs.fileno(), self.heard, *self.writes]

    def hand_over(self) -> None:
        """Close the process's ends here, as it has them."""
        self.theirs.close()
        for descriptor in (self.heard, *self.writes):
            os.close(descriptor)
        for pipe in self.pipes:
            os.set_blocking(pipe, False)


class PlayedSession:
    """A session's process and what leads to it.

    Sessions of one ``family`` play the same lesson, each from a moment of another. ``prints`` says
    whether text came when it was last looked at.
    """

    def __init__(self, number: int, family: int, process: int, ways: Ways) -> None:
        self.number = number
        self.family = family
        self.process = process
        self.link = ways.link
        self.hears = ways.hears
        self.pipes = ways.pipes
        self.folder = ways.folder
        self.prints = False
        self.ends_at: float | None = None
        self._text = ways.text
        self._errors = ways.pipes[1] if len(ways.pipes) > 1 else None

    def read_text(self) -> list[tuple[bool, bytes]]:
        """What has been written until now, in its order, and whether it is of the errors.

        What is in memory was written before what is in a pipe. It is looked at again after a pipe:
        more may have come there before what was found in the pipe, unless it was opened since.
        """
        text, opened = self._text.take(), self._text.opened
        written = [(pipe, _read(pipe)) for pipe in self.pipes]
        if any(data for _, data in written) and self._text.opened == opened:
            text += self._text.take()
        found = [(False, text), *((pipe == self._errors, data) for pipe, data in written if data)]
        for pipe, data in written:
            if data == b"":
                self.pipes.remove(pipe)
                os.close(pipe)
        found = [(is_error, data) for is_error, data in found if data]
        self.prints = bool(found)
        return found

    def close(self) -> None:
        """Let go of all that leads to it."""
        self.link.close()
        self._text.close()
        for descriptor in (self.hears, *self.pipes):
            os.close(descriptor)
        self.pipes = []


def _read(pipe: int) -> bytes | None:
    """All that is in a pipe; nothing at its end, and None where nothing has come."""
    try:
        return os.read(pipe, _PIPE_SIZE)
    except BlockingIOError:
        return None


def _wide_pipe() -> tuple[int, int]:
    """A pipe that holds as much as one may: code that keeps the processor may write that much."""
    read, write = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(PermissionError):
            fcntl.fcntl(read, fcntl.F_SETPIPE_SZ, _PIPE_SIZE)
    return read, write
