"""The app on a terminal that takes little, or nothing at all."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from driving import PATIENCE
from real_terminal import RealApp

_BETWEEN_READS = 0.01
_QUESTION, _ANSWER = b"\x1b[6n", b"\x1b[1;1R"


class SlowApp(RealApp):
    """tutorch on a terminal that takes `speed` bytes a second, and may answer questions."""

    def __init__(
        self, lesson: Path, *, speed: int, answers: bool = False, columns: int = 80, rows: int = 24
    ) -> None:
        self._speed = speed
        self._answers = answers
        self._takes = threading.Event()
        self._takes.set()
        super().__init__(lesson, columns=columns, rows=rows)

    def take_nothing(self) -> None:
        """Read nothing any more."""
        self._takes.clear()

    def take_again(self) -> None:
        self._takes.set()

    def ends(self) -> int:
        """The exit status, once the program has ended, whether its output has come or not."""
        return self._program.wait(PATIENCE)

    def _drain_output(self) -> None:
        begun, taken = time.perf_counter(), 0
        while True:
            if not self._takes.is_set():
                self._takes.wait()
                begun, taken = time.perf_counter(), 0
            time.sleep(_BETWEEN_READS)
            due = int((time.perf_counter() - begun) * self._speed) - taken
            try:
                chunk = os.read(self._ours, max(1, due))
            except OSError:  # how Linux says that nobody holds the other end any more
                chunk = b""
            if due > 2 * len(chunk):
                # It was idle: what it could have taken meanwhile is not owed to it now.
                begun, taken = time.perf_counter(), 0
            taken += len(chunk)
            with self._news:
                self._output += chunk
                self._arrivals.append((len(self._output), time.perf_counter()))
                self._is_drained = not chunk
                self._news.notify_all()
            if not chunk:
                return
            if self._answers:
                # A stalled machine may have left several of them in one piece.
                asked = self._output[-len(chunk) - len(_QUESTION) + 1 :].count(_QUESTION)
                os.write(self._ours, _ANSWER * asked)
