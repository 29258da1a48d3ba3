"""A program on a pseudo terminal, its output drained and timed as it comes."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

# How long a program that is told to leave may take, in seconds.
_LAST_PATIENCE = 5.0
_CHUNK = 1 << 16


class Program:
    """Runs `command` on a pty of this size; as a context, it ends the program when it is left.

    ``started`` is when the program was started, on the clock of `time.perf_counter`, as all times
    here are. The program has the descriptors `passed` too.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        *,
        columns: int,
        rows: int,
        passed: Sequence[int] = (),
    ) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._output = bytearray()
        self._arrivals: list[tuple[int, float]] = []
        self._is_drained = False
        self._news = threading.Condition()
        self.started = time.perf_counter()
        self._program = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            cwd=folder,
            pass_fds=passed,
            start_new_session=True,
        )
        os.close(theirs)
        self._drain = threading.Thread(target=self._drain_output, daemon=True)
        self._drain.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    @property
    def length(self) -> int:
        """How many bytes have come until now: a place to look from."""
        return len(self._output)

    @property
    def pieces(self) -> list[tuple[float, bytes]]:
        """All that has come, in the pieces in which it came, each with when that was."""
        with self._news:
            ends = [0, *(end for end, _ in self._arrivals)]
            return [
                (when, bytes(self._output[begin:end]))
                for begin, (end, when) in zip(ends[:-1], self._arrivals, strict=True)
            ]

    def press(self, key: str) -> float:
        """Send a key, and say when."""
        pressed = time.perf_counter()
        os.write(self._ours, key.encode())
        return pressed

    def _drain_output(self) -> None:
        while self._take(self._read(_CHUNK)):
            pass

    def _read(self, most: int) -> bytes:
        """The next bytes, `most` at most; none when nobody holds the other end any more."""
        try:
            return os.read(self._ours, most)
        except OSError:  # how Linux says it
            return b""

    def _take(self, chunk: bytes) -> bool:
        """Keep what has come; False where that was the end."""
        with self._news:
            self._output += chunk
            self._arrivals.append((len(self._output), time.perf_counter()))
            self._is_drained = not chunk
            self._news.notify_all()
        return bool(chunk)

    def _end(self) -> None:
        if self._program.poll() is None:
            # Twice, as after seconds of training the first only has it asked.
            self.press("qq")
        try:
            self._program.wait(_LAST_PATIENCE)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()
        self._drain.join(_LAST_PATIENCE)
        os.close(self._ours)
