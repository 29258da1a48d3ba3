"""How things end: a step, the program that a lesson is, the process that plays it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from signal import Signals

from msgspec import Struct


class Outcome(Enum):
    """How a step ended."""

    DONE = auto()
    FAILED = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True)
class TracebackNote:
    """What stands in a traceback in place of calls, so that it can be said in another language.

    ``line`` is which of the lines ends with it, from 0, and ``text`` what it says in English. It
    stands for so many ``calls`` in these ``places``, packages and files, or else for the ``calls``
    above it, which follow one another ``more_times``.
    """

    line: int
    text: str
    calls: int
    places: tuple[str, ...] = ()
    more_times: int = 0


STANDARD_LIBRARY = "the standard library"
GENERATED_CODE = "generated code"
"""The places of a note that have no name of their own."""


@dataclass(frozen=True, slots=True)
class LessonTraceback:
    """An error as lines of plain text, and the lesson's line where it broke (None: in none).

    ``asked_in_vain`` is how much memory was asked for where there was not enough ("" if the error
    does not say), and None for every other error. ``is_interrupt``: it is what
    Ctrl+C raises, and Python leaves as if by that signal. ``is_unreadable``: the lesson's line is
    no Python, and nothing ran. ``notes`` are those of the lines that are the player's.
    """

    lines: tuple[str, ...]
    line: int | None
    asked_in_vain: str | None = None
    is_interrupt: bool = False
    is_unreadable: bool = False
    notes: tuple[TracebackNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Exit:
    """The code has ended its program, as by `sys.exit`: with a status that a shell sees (0 to 255).

    ``line`` is the lesson's line that did so, None where none is known.
    """

    status: int
    line: int | None


SERVING_FAILED = 213
"""The exit status of a session in which we cannot go on, as where a lesson has changed what Python
itself is made of; no program is known to end with it."""


class Death(Struct, frozen=True):
    """How a process ended: by a signal (its number), or with an exit status, as shells count."""

    signal: int | None
    status: int

    @property
    def is_ours(self) -> bool:
        """Whether we have ended the process, and no doing of the lesson's."""
        return self.signal is None and self.status == SERVING_FAILED

    @property
    def signal_name(self) -> str | None:
        """As SIGSEGV; None where it was no signal, or one without a name."""
        known = {int(number): number.name for number in Signals}
        return None if self.signal is None else known.get(self.signal)
