"""A terminal without a screen: a program on a pty, its output drained and timed as it comes.

What the program is, and what is looked for in its output, is the business of others.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tui.recording.program import Program

COLUMNS, ROWS = 120, 40

# How long a program may take to show what is waited for, and to end, in seconds.
_PATIENCE = 60.0
_BETWEEN_LOOKS = 0.01


class ProgramEnded(Exception):
    """The program ended or never did what was waited for; the message has its last words."""


class Terminal(Program):
    """Runs `command` on a pty of 120x40, and looks into what it has written."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> None:
        super().__init__(command, environment, folder, columns=COLUMNS, rows=ROWS)
        self._command = " ".join(command)

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

    def _gave_up(self, why: str) -> ProgramEnded:
        tail = bytes(self._output[-2000:]).decode(errors="replace")
        words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", tail)
        return ProgramEnded(f"{self._command}: {why}; last:\n{words}")
