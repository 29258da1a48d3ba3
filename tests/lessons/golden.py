"""What a lesson must come to: golden figures, and what its exercises accept and refuse.

What is expected of `lessons/NAME.py` stands in `expected/NAME.py`, which may assign

    GOLDEN         the figures, each a Golden
    WRONG_ANSWERS  for each exercise, by its cell's title, answers that its checks must refuse:
                   (a part of the solution, what stands there instead, …), or a whole cell
    RIGHT_ANSWERS  the same of other ways to write a right one, which they must accept
    NOTICED        slips that the lesson shows on purpose, each a cell's title and what the teacher
                   tells of it when the lesson is played, or its exercise's solution
    SHORTENED      parameters with which the tests play the lesson; figures are those without, so
                   that tests compare those of the steps before these parameters alone
"""

from __future__ import annotations

import runpy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "lessons"
LESSONS = sorted(FOLDER.glob("*.py"))

Answer = str | tuple[str, ...]
Answers = Mapping[str, Sequence[Answer]]


@dataclass(frozen=True, slots=True, eq=False)
class Golden:
    """One figure: what `value` must be once the step whose cell is called `step` has run.

    ``value`` is an expression in the lesson's names that gives a number or a list of them; with
    ``at``, it is a watched name, and its value in the curve at that iteration (from 1) is meant.
    It may differ by ``absolute`` plus the share ``relative`` of what is expected.
    """

    what: str
    step: str
    value: str
    expected: float | Sequence[float]
    at: int | None = None
    absolute: float = 0.0
    relative: float = 0.0
    source: str = ""

    def agrees(self, ours: object) -> bool:
        """Whether what the lesson came to is what is expected."""
        wanted, found = numbers(self.expected), numbers(ours)
        return len(wanted) == len(found) and all(
            abs(one - other) <= self.absolute + self.relative * abs(one)
            for one, other in zip(wanted, found, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Expected:
    """All that is expected of one lesson."""

    golden: tuple[Golden, ...] = ()
    wrong_answers: Answers = field(default_factory=dict)
    right_answers: Answers = field(default_factory=dict)
    shortened: Mapping[str, object] = field(default_factory=dict)
    noticed: frozenset[tuple[str, str]] = frozenset()


def expected_of(lesson: Path) -> Expected:
    """What is expected of a lesson's file; nothing where nobody has written it down."""
    path = Path(__file__).parent / "expected" / lesson.name
    if not path.exists():
        return Expected()
    names = runpy.run_path(str(path))
    return Expected(
        golden=tuple(names.get("GOLDEN", ())),
        wrong_answers=names.get("WRONG_ANSWERS", {}),
        right_answers=names.get("RIGHT_ANSWERS", {}),
        shortened=names.get("SHORTENED", {}),
        noticed=frozenset(names.get("NOTICED", ())),
    )


def numbers(value: object) -> list[float]:
    """A number, or all numbers of nested lists, tuples or a tensor, as a flat list."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [number for part in value for number in numbers(part)]
    return [float(value)]  # type: ignore[arg-type]
