"""A terminal without a screen: a program on a pty, its output drained and timed as it comes.

What the program is, and what is looked for in its output, is the business of others.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 120, 40

# How long a program may take to show what is waited for, and to end, in seconds.
_PATIENCE = 60.0
_LAST_PATIENCE = 5.0
_CHUNK = 1 << 16
_BETWEEN_LOOKS = 0.01


class ProgramEnded(Exception):
    """The program ended or never did what was waited for; the message has its last words."""


class Terminal:
    """Runs `command` on a pty of 120x40; as a context, it ends the program when it is left.

    ``started`` is when the program was started, on the clock of `time.perf_counter`, as all times
    here are.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._command = " ".join(command)
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

    def press(self, key: str) -> float:
        """Send a key, and say when."""
        pressed = time.perf_counter()
        os.write(self._ours, key.encode())
        return pressed

    def wait_for(
        self, pattern: re.Pattern[bytes], since: int = 0, patience: float = _PATIENCE
    ) -> float:
        """When the output from `since` on had first matched `pattern` to its end.

        Raises ProgramEnded where that does not come within `patience` seconds.
        """
        until = time.monotonic() + patience
        with self._news:
            while True:
                match = pattern.search(self._output, since)
                if match is not None:
                    return next(when for end, when in self._arrivals if end >= match.end())
                if self._is_drained:
                    raise self._gave_up("it ended")
                # What comes meanwhile without being it gives no more time.
                if not self._news.wait(max(0.0, until - time.monotonic())):
                    raise self._gave_up(f"it showed nothing like {pattern.pattern!r}")

    def wait_until(self, is_true: Callable[[], bool]) -> None:
        """Wait for what the program does elsewhere."""
        end = time.monotonic() + _PATIENCE
        while not is_true():
            if self._program.poll() is not None or time.monotonic() > end:
                raise self._gave_up("it ended too early, or is too slow")
            time.sleep(_BETWEEN_LOOKS)

    def found(self, pattern: re.Pattern[bytes], since: int = 0) -> list[bytes]:
        """Everything in the output from `since` until now that matches."""
        with self._news:
            return [match[0] for match in pattern.finditer(self._output, since)]

    def wait_for_end(self) -> float:
        """When the program had ended by itself."""
        self._program.wait(_PATIENCE)
        return time.perf_counter()

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

    def _gave_up(self, why: str) -> ProgramEnded:
        tail = bytes(self._output[-2000:]).decode(errors="replace")
        words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", tail)
        return ProgramEnded(f"{self._command}: {why}; last:\n{words}")

    def _end(self) -> None:
        if self._program.poll() is None:
            self.press("q")
        try:
            self._program.wait(_LAST_PATIENCE)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()
        self._drain.join(_LAST_PATIENCE)
        os.close(self._ours)
