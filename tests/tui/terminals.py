"""The real app in a terminal of its own: every byte that reaches the terminal is kept."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from driving import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
ROWS, COLUMNS = 24, 80


class Terminal:
    """What a person sees of a process, and their keyboard."""

    def __init__(self, main: int, process: subprocess.Popen[bytes]) -> None:
        self._main = main
        self._process = process
        self.seen = b""

    def reads(self, text: bytes) -> None:
        """Wait until `text` has come since the last time that something was waited for."""
        end = time.monotonic() + PATIENCE
        begin = len(self.seen)
        while text not in self.seen[begin:]:
            left = end - time.monotonic()
            assert left > 0, f"waited in vain for {text!r}, saw {self.seen[begin:]!r}"
            assert self._take(left), f"the app ended before {text!r}: {self.seen[begin:]!r}"

    def press(self, keys: bytes) -> None:
        os.write(self._main, keys)

    def ends(self) -> int:
        """Wait for the end of the process; its exit status."""
        while self._take(PATIENCE):
            pass
        return self._process.wait(PATIENCE)

    def _take(self, seconds: float) -> bool:
        if not select.select([self._main], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._main, 1 << 16)
        except OSError:  # how Linux says that nobody has the terminal open any more
            return False
        self.seen += data
        return bool(data)


@contextmanager
def played_in_terminal(lesson: Path, **environment: str) -> Iterator[Terminal]:
    """`tutorch LESSON` in a terminal of 80 by 24, killed where it has not ended at the end."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", str(lesson)],
        cwd=ROOT,
        env={**kept, "TERM": "xterm-256color", **environment},
        stdin=side,
        stdout=side,
        stderr=side,
        start_new_session=True,
    )
    os.close(side)
    try:
        yield Terminal(main, process)
    finally:
        process.kill()
        process.wait()
        os.close(main)
