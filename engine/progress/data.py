"""What is read back of the learner's progress, as data; nothing is read or kept here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.protocol.watching import Watch


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer to one question.

    ``given`` is the option's place in the list (an int, from 0), the number predicted (a float,
    which may be nan) or the shape predicted (a str). ``is_right`` is None until the run that
    decides it has ended.
    """

    given: int | float | str
    is_right: bool | None


@dataclass(frozen=True, slots=True)
class StepProgress:
    """What was done in one step; times are the first ones, in seconds since 1970 (UTC).

    ``answers`` are by the question's place in the step (from 0), ``edit`` is the learner's source
    of the step, None where that is the lesson's; ``watches`` is what the learner watches in its
    runs, in their order.
    """

    done_at: float | None = None
    passed_at: float | None = None
    edit: str | None = None
    hints_seen: int = 0
    solution_seen: bool = False
    answers: Mapping[int, KeptAnswer] = field(default_factory=dict)
    watches: tuple[Watch, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """What was done in one lesson: its steps by their keys, and the key of the last one seen."""

    steps: Mapping[str, StepProgress]
    last_step: str | None

    def step(self, key: str) -> StepProgress:
        """What was done in this step; nothing, where it is not known."""
        return self.steps.get(key, StepProgress())


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of a lesson's steps are done; ``steps`` is how many it had when last opened."""

    done: int
    steps: int


@dataclass(frozen=True, slots=True)
class LastPlace:
    """A step of a lesson, by their keys, and its place among the lesson's steps (from 0).

    ``position`` is None where the lesson, when last opened, had no such step.
    """

    lesson: str
    step: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner chose; None where nothing was chosen."""

    language: str | None
    theme: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """What is wrong with the keeping: a sentence with ``{names}`` in it, and what these stand for.

    Both are English; the interface translates them.
    """

    words: str
    names: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.words.format(**dict(self.names))


NOTHING_KEPT = "Nothing is kept now: {trouble} ({path})."
SET_ASIDE = "What was kept is damaged; a new file is begun, the old is {path}."
OVERTAKEN = "Another tutorch has changed what is kept of this step; what is written last is kept."

TROUBLES = {
    "database is locked": "another program holds the file",
    "unable to open database file": "the file cannot be opened",
    "attempt to write a readonly database": "the file cannot be written",
    "database or disk is full": "the disk is full",
    "disk I/O error": "the disk does not answer",
    "database disk image is malformed": "the file is damaged, and is set aside at the next start",
}
"""What SQLite says of a file, and what that means."""
