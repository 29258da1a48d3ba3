"""A session as data: the code that ran in it, and what was changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from engine.lesson.model import Lesson, Step
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Spot
from engine.protocol.random_numbers import RandomNumbers


@dataclass(frozen=True, slots=True)
class TakenChange:
    """What was asked where a run stood, and left something changed there; how it ended."""

    spot: Spot
    text: str
    outcome: Outcome = Outcome.DONE


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step with the code that ran, or else would run now; "" where it has none.

    ``has_begun`` and ``is_done`` are of the run that stands now; ``output`` is what it wrote.
    """

    step: Step
    source: str
    has_begun: bool = False
    is_done: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences that the files say, in the learner's language."""

    changed: str
    nearly: str
    left_out: str
    failed_too: str
    arguments: str
    seeds: str
    no_seeds: str
    came_to: str
    run_on: str
    not_to_its_end: str
    not_python: str
    beside: str


@dataclass(frozen=True, slots=True)
class TakenSession:
    """All of a session that is taken home.

    ``changes`` are those of the run that stands now, in their order; ``origin`` are the random
    numbers that it began with, None where nothing has run. ``stands`` is where it is paused, if it
    is, and its program was given the ``arguments``.
    """

    lesson: Lesson
    steps: tuple[TakenStep, ...]
    changes: tuple[TakenChange, ...]
    origin: RandomNumbers | None
    stands: Spot | None
    language: str
    words: Words
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file; ``inexact`` is how many changes are not where they were made."""

    text: str
    inexact: int
