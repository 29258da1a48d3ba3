"""Lines that the learner writes for code that asks for them; the code waits, and may be stopped."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable

from engine.protocol.status import Asked

# How soon a stop is noticed by code that waits for a line, in seconds.
_PATIENCE = 0.05


class Keyboard:
    """What the interface writes, a lesson's code reads.

    ``asked`` is None while nothing is waited for. `raise_if_stopping` raises what a stop raises.
    """

    def __init__(self, raise_if_stopping: Callable[[], None]) -> None:
        self.asked: Asked | None = None
        self._raise_if_stopping = raise_if_stopping
        self._process = os.getpid()
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def write_line(self, line: str) -> None:
        """Answer code that waits; does nothing where none does."""
        if self.asked is not None:
            self.asked = None
            self._lines.put(line)

    def rise(self) -> None:
        """Be read in this process, which is one that was kept."""
        self._process = os.getpid()

    def read_line(self, asked: Asked) -> str:
        """Wait for a line, which comes without its end.

        Raises what a stop raises when the lesson is to stop, EOFError in a process that was forked:
        no keyboard reaches it.
        """
        if os.getpid() != self._process:
            raise EOFError("a process of its own cannot read the keyboard")
        self.asked = asked
        try:
            while True:
                self._raise_if_stopping()
                try:
                    return self._lines.get(timeout=_PATIENCE)
                except queue.Empty:
                    continue
        finally:
            self.asked = None
