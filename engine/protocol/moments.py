"""Moments of a lesson that are kept, and places in it that can be gone back to."""

from __future__ import annotations

from msgspec import Struct

from engine.protocol.commands import Numbered
from engine.protocol.frame import FrameRequest
from engine.protocol.places import Place


class Moment(Struct, frozen=True):
    """A moment that is kept: in the run of a step, or, where none is under way, before it.

    ``edits`` are the learner's sources of the steps that had run on such, by the step's index, and
    ``changes`` counts the changes that the names have in them.
    """

    place: Place
    is_under_way: bool
    edits: dict[int, str]
    changes: int = 0


class Left(Struct, frozen=True):
    """Moments of runs that were left, all there are of a lesson; ``newest`` are one of each run."""

    moments: frozenset[int]
    newest: frozenset[int]


class Wake(Struct, frozen=True):
    """What a kept moment is to do once it is woken.

    ``commands`` are what the session is told first, and ``request`` is what the interface wants of
    frames. ``text`` is the file's name, in the folder of the session, of the memory for its text.
    """

    moment: int
    request: FrameRequest
    commands: tuple[Numbered, ...]
    text: str = ""
