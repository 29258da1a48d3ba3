"""What opens a session, what it answers, and what the host has heard of it meanwhile."""

from __future__ import annotations

from msgspec import Struct

from engine.protocol.commands import Numbered
from engine.protocol.completion import Completions
from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.moments import Moment
from engine.protocol.outcomes import Death
from engine.protocol.places import Place, Spot
from engine.protocol.random_numbers import RandomNumbers
from engine.protocol.status import Asked, Status


class Open(Struct, frozen=True):
    """A lesson to play: its file's path, and its text as `Lesson.written` has it.

    ``parameters`` are literals of Python. With ``has_own_streams`` all of its output is told as it
    comes, and what it reads is the host's own input; without, the oldest is let go where more waits
    than a pane would show. With ``has_errors_apart`` what is written to standard error is told as
    such; without, its order among the rest is kept. ``is_terminal`` is what its
    streams say of themselves. ``commands`` are what a session before it had been told, and
    ``origin`` the random numbers that it had begun with. With ``keeps_moments`` moments of it are
    kept, where that is possible; they are of the ``family`` of that number, or of a new one.
    ``asked`` is what `Lesson.asked` has.
    """

    path: str
    written: str
    device: str | None
    parameters: dict[str, str]
    request: FrameRequest
    has_own_streams: bool
    has_errors_apart: bool
    is_terminal: bool
    commands: tuple[Numbered, ...]
    origin: RandomNumbers | None
    keeps_moments: bool = False
    family: int = 0
    asked: tuple[str, ...] = ()


class Answer(Struct, frozen=True, eq=False):
    """How a session stands; ``heard`` is the number of the last command that it has taken.

    ``begun`` is that of the last one that made something run, or the lesson begin again, and
    ``told`` how many events it had told of before. ``frame`` is None where it is the one of the
    answer before. ``completions`` are None where none were asked for, or code ran.
    ``place`` is how far a run has come, ``sought`` where it is on its way to,
    ``last_statement`` the newest statement that it was to be held before, and ``changes`` counts
    the changes that the names have in them. ``spot`` is where in the lesson's text a run is paused.
    """

    heard: int
    begun: int
    told: int
    status: Status
    done: int
    line: int | None
    asked: Asked | None
    frame: Frame | None
    completions: Completions | None = None
    place: Place | None = None
    sought: Place | None = None
    last_statement: Place | None = None
    changes: int = 0
    spot: Spot | None = None


class EventTold(Struct, frozen=True, tag=True):
    """An event of a session, still encoded."""

    session: int
    event: bytes


class Wrote(Struct, frozen=True, tag=True):
    """What was written to a session's standard output, or to its errors where these are apart."""

    session: int
    data: bytes
    left_out: int = 0
    is_error: bool = False


class Ended(Struct, frozen=True, tag=True):
    """A session's process has ended."""

    session: int
    death: Death


class Kept(Struct, frozen=True, tag=True):
    """A moment of a session is kept, under this number.

    All moments together have ``size`` bytes of memory that nothing else has.
    """

    session: int
    number: int
    moment: Moment
    size: int


class Lost(Struct, frozen=True, tag=True):
    """Moments that are kept no longer; `is_memory_low` where the machine's memory ran out."""

    session: int
    numbers: tuple[int, ...]
    is_memory_low: bool = False


ToldEntry = EventTold | Wrote | Ended | Kept | Lost


class Told(Struct, frozen=True):
    """All that has happened since the interface asked last, in its order."""

    entries: tuple[ToldEntry, ...]
