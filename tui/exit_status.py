"""The statuses that the process leaves with, and why where nothing comes of a command."""

from __future__ import annotations

from enum import IntEnum

from engine.lesson.sentences import Cannot


class ExitStatus(IntEnum):
    """How a command ended, as the number that the shell sees.

    FAILED: a step failed, or a lesson cannot be read. UNABLE: the command is wrong, or nothing can
    run (no such lesson, device or terminal). The others are signals, as shells count them.
    INTERRUPTED: Ctrl+C ended a run. HUNG_UP: the terminal has gone. QUIT: Ctrl and the
    backslash were pressed. TERMINATED: another program asked for the end.
    """

    DONE = 0
    FAILED = 1
    UNABLE = 2
    HUNG_UP = 129
    INTERRUPTED = 130
    QUIT = 131
    TERMINATED = 143


class NotDone(Cannot):
    """Nothing comes of what was asked for."""

    status = ExitStatus.UNABLE
