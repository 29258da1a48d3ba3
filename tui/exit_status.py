"""The statuses that the process leaves with; nothing else enters here."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """How a command ended, as the number that the shell sees.

    FAILED: a step failed, or a lesson cannot be read. UNABLE: the command is wrong, or nothing can
    run (no such lesson, device or terminal). INTERRUPTED: Ctrl+C, as shells count it.
    """

    DONE = 0
    FAILED = 1
    UNABLE = 2
    INTERRUPTED = 130
