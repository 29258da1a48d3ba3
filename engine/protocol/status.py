"""What a session is doing, and how far one step of it goes: words that both sides know."""

from __future__ import annotations

from enum import Enum, auto


class Status(Enum):
    """What a session is doing.

    WAITING has a run to begin as soon as torch is imported; SEEKING is on its way to a place that
    it went back to.
    """

    LOADING = auto()
    WAITING = auto()
    READY = auto()
    RUNNING = auto()
    PAUSING = auto()
    PAUSED = auto()
    STOPPING = auto()
    UNABLE = auto()
    SEEKING = auto()


class Grain(Enum):
    """How far one step goes: an iteration of the innermost or the outermost loop, a statement."""

    INNER = auto()
    OUTER = auto()
    STATEMENT = auto()


class Asked(Enum):
    """What code waits for: a line that is shown as it is written, or one that is not."""

    LINE = auto()
    SECRET = auto()
