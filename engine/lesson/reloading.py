"""A lesson's file was saved again: which of its steps are what they were, and where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from engine.lesson.model import Cell, Lesson, Question, Step


def steps_kept(before: Lesson, after: Lesson) -> int:
    """How many steps, from the first on, run what they ran before.

    Their prose and their titles may be others, and they may stand on other lines.
    """
    if before.is_script != after.is_script:
        return 0
    pairs = zip(before.steps, after.steps, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _what_runs(pair[0]) == _what_runs(pair[1]), pairs))


def step_again(before: Step, after: Lesson) -> int:
    """The index of a step in its file as it is now: by its title and its code, else by its place.

    Of several that it could be, the one that stands nearest to where it stood.
    """
    nearest = sorted(after.steps, key=lambda step: abs(step.index - before.index))
    of_title = [step for step in nearest if step.title == before.title]
    of_code = [step for step in nearest if _what_runs(step) == _what_runs(before)]
    both = [step for step in of_title if step in of_code]
    return next(step.index for step in (*both, *of_title, *of_code, *nearest))


def with_prose_of(before: Lesson, after: Lesson) -> Lesson | None:
    """The lesson as it was, with what is to be read of it now; None where more than that is new.

    Its lines are those of before, which what runs tells of.
    """
    count = steps_kept(before, after)
    if not count == len(before.steps) == len(after.steps) or _asked(before) != _asked(after):
        return None
    steps = tuple(
        replace(step, title=new.title, prose=new.prose)
        for step, new in zip(before.steps, after.steps, strict=True)
    )
    return replace(before, header=after.header, steps=steps, words=after.words)


class Moves:
    """Where the lines of the steps that were kept stand now; false where none has moved."""

    def __init__(self, before: Lesson, after: Lesson, kept: int) -> None:
        pairs = zip(before.steps[:kept], after.steps[:kept], strict=True)
        self._starts: list[int] = []
        self._moved: list[int] = []
        for old, new in (cells for pair in pairs for cells in _cells_of_both(*pair)):
            # An edit may be longer than its cell: all up to the next cell goes with it.
            self._starts.append(old.line)
            self._moved.append(new.line - old.line)

    def __bool__(self) -> bool:
        return any(self._moved)

    def __call__(self, line: int) -> int:
        """The line at which stands now what stood at this one."""
        at = bisect_right(self._starts, line) - 1
        return line + self._moved[at] if at >= 0 else line


def _asked(lesson: Lesson) -> list[list[Question]]:
    return [
        [replace(question, line=0) for part in step.prose for question in part.questions]
        for step in lesson.steps
    ]


def _what_runs(step: Step) -> object:
    exercise = step.exercise
    checks = () if exercise is None else exercise.checks
    parts = (*(() if step.cell is None else (step.cell,)), *step.views, *checks)
    return step.cell is None, exercise is None, [replace(one, title="", line=0) for one in parts]


def _cells_of_both(before: Step, after: Step) -> Iterator[tuple[Cell, Cell]]:
    if before.cell is not None and after.cell is not None:
        yield before.cell, after.cell
    yield from zip(before.views, after.views, strict=True)
