"""A terminal at the end of a slow link: takes so many bytes a second, and answers as one does."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.terminal import Terminal

_BETWEEN_READS = 0.01
# Where is the cursor? Asked so that the answer tells that all before it has been shown.
_QUESTION, _ANSWER = b"\x1b[6n", b"\x1b[1;1R"


class SlowTerminal(Terminal):
    """Takes `speed` bytes a second of what the program writes; what it did not take waits."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, speed: int
    ) -> None:
        self._speed = speed
        super().__init__(command, environment, folder)

    def _drain_output(self) -> None:
        free_at = time.perf_counter()
        while True:
            time.sleep(_BETWEEN_READS)
            # What it could have taken while nothing came is not owed to it now.
            free_at = max(free_at, time.perf_counter() - 2 * _BETWEEN_READS)
            due = int((time.perf_counter() - free_at) * self._speed)
            if not due:
                continue
            chunk = self._read(due)
            free_at += len(chunk) / self._speed
            if not self._take(chunk):
                return
            if _QUESTION in self._output[-len(chunk) - len(_QUESTION) + 1 :]:
                os.write(self._ours, _ANSWER)
