"""An exercise made of checks, and what they say of an attempt."""

from __future__ import annotations

from pathlib import Path

from engine.judging.exercises import judge
from engine.lesson.model import Cell, Exercise
from engine.protocol.verdicts import Verdict

LESSON = Path("lesson.py")
FIRST_LINE = 21


def exercise_of(*checks: str, solution: str = "cost = 0") -> Exercise:
    """An exercise whose checks each begin on line 21."""
    cells = tuple(Cell("", check, FIRST_LINE) for check in checks)
    return Exercise((), Cell("", solution, 11), cells)


def judged(*checks: str, solution: str = "cost = 0", **namespace: object) -> Verdict:
    return judge(exercise_of(*checks, solution=solution), namespace, LESSON)


def attempt(code: str) -> dict[str, object]:
    """The names that a learner's code in the lesson's file leaves."""
    namespace: dict[str, object] = {}
    exec(compile(code, str(LESSON), "exec"), namespace)
    return namespace
