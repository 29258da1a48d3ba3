"""What a session is given beside its lesson; data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.protocol.commands import RunTo
from engine.protocol.frame import FrameRequest
from engine.protocol.random_numbers import RandomNumbers
from engine.running.event_queue import Teller
from engine.running.keeping import Keep

DEFAULT_REQUEST = FrameRequest(view_width=60, view_height=16)


@dataclass(frozen=True, slots=True)
class Setup:
    """How a session is to play, and who is told of it."""

    parameters: Mapping[str, object] = field(default_factory=dict)
    """Values to run with in place of the file's own; the lesson that is shown stays as it is."""

    device: str | None = None
    """The device that torch takes by default; None is its own choice."""

    request: FrameRequest = DEFAULT_REQUEST
    """The frame that is taken before another one is asked for."""

    origin: RandomNumbers | None = None
    """The random numbers that the lesson begins with; None are those of the process."""

    folder: str | None = None
    """Where the shell's own files go; None is the system's place for such files."""

    teller: Teller | None = None
    """Who is told what happens; where it is None, that waits for `Session.events`."""

    begin_again: Callable[[RunTo | None], None] | None = None
    """Has the lesson begin again in a new process, and does not return.

    It is called on the thread that trains. Where it is None the namespace is emptied instead.
    """

    keep: Keep | None = None
    """Keeps a moment, on the thread that trains; None where none are kept.

    It returns in each process that is woken from the moment, too.
    """
