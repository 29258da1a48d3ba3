"""A lesson as one run has left it: each step with what it wrote, drew and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.lesson.model import Lesson, Step
from engine.protocol.events import SessionDied, StepEnded
from engine.protocol.frame import Frame
from engine.protocol.noticed import Noticed
from engine.protocol.outcomes import Outcome
from engine.protocol.random_numbers import RandomNumbers
from tui.scrollback.scrollback import Scrollback
from tui.words.predictions import PredictionVerdict


@dataclass(frozen=True, slots=True)
class PlayedStep:
    """A step and what came of it; ``end`` is None where it has not run.

    ``came`` is what the run says to the predictions that the step asks for, by the place of the
    question.
    """

    step: Step
    end: StepEnded | SessionDied | None = None
    output: Scrollback = field(default_factory=Scrollback)
    came: Mapping[int, PredictionVerdict] = field(default_factory=dict)
    noticed: tuple[Noticed, ...] = ()

    @property
    def frame(self) -> Frame | None:
        """The last frame of its run: its curves and its drawings."""
        return None if self.end is None else self.end.frame

    @property
    def is_done(self) -> bool:
        """Whether it ran to its end without an error."""
        return isinstance(self.end, StepEnded) and self.end.outcome is Outcome.DONE


@dataclass(frozen=True, slots=True)
class PlayedLesson:
    """All steps of a lesson; ``origin`` are the random numbers that the run began with.

    ``made_by`` names the program that played it, and its version.
    """

    lesson: Lesson
    steps: tuple[PlayedStep, ...]
    language: str
    origin: RandomNumbers | None
    made_by: str
