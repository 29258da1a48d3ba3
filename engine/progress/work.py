"""What the learner has done in a step besides running it: answers, an edit, hints; no widget."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.protocol.curves import Shape
from engine.protocol.watching import Watch

GivenAnswer = int | float | Shape
"""The place of the chosen option (an int), the predicted number (a float), or the curve's shape."""


@dataclass(slots=True)
class StepWork:
    """One step's work; it outlives runs and restarts.

    ``answers`` are by the question's place in the step, and so is ``told``: whether an answer was
    right, once that has been told. ``edit`` is the learner's source, None where it is the lesson's;
    ``hints`` is how many were asked for. ``watches`` are the expressions that are watched.
    """

    answers: dict[int, GivenAnswer] = field(default_factory=dict)
    told: dict[int, bool] = field(default_factory=dict)
    edit: str | None = None
    hints: int = 0
    solution_shown: bool = False
    passed: bool = False
    watches: tuple[Watch, ...] = ()
