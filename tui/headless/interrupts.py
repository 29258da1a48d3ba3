"""What asks a run without a screen to end: Ctrl+C, and the signals that ask a process to leave."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tui.exit_status import ExitStatus
from tui.terminal.signals import LEAVING, answered_by, end_soon


class Interrupts:
    """How often the run was asked to end; the second time ends the process there and then."""

    def __init__(self) -> None:
        self.count = 0
        self.status = ExitStatus.INTERRUPTED

    def note(self, number: int, _frame: FrameType | None) -> None:
        """Count a signal that has come; after the second one nothing more is done."""
        self.count += 1
        self.status = LEAVING.get(signal.Signals(number), ExitStatus.INTERRUPTED)
        if self.count > 1:
            os._exit(self.status)
        if self.status is not ExitStatus.INTERRUPTED:
            end_soon(self.status)

    def forgive(self) -> None:
        """Count from none again: what was to end has caught Ctrl+C, and has done its work."""
        if self.status is ExitStatus.INTERRUPTED:
            self.count = 0


@contextmanager
def counted_interrupts() -> Iterator[Interrupts]:
    """While this lasts, signals that ask for the end are counted; call on the main thread."""
    interrupts = Interrupts()
    with answered_by(dict.fromkeys((signal.SIGINT, *LEAVING), interrupts.note)):
        yield interrupts
