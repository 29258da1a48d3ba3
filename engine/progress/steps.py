"""What was done in each step of a lesson, read from the file of progress."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from engine.progress.data import KeptAnswer, StepProgress
from engine.progress.store import Store, StoredRow, StoredValue
from engine.protocol.watching import Watch


def done_in_steps(store: Store, lesson: str) -> dict[str, StepProgress]:
    """What was done in the steps of a lesson, by their keys; in others nothing was."""
    answers = _answers(store, lesson)
    steps = {step: StepProgress(answers=given) for step, given in answers.items()}
    rows = store.rows(
        "SELECT step, done_at, passed_at, edit, hints_seen, solution_seen FROM step"
        " WHERE lesson = ?",
        (lesson,),
    )
    steps |= {str(row[0]): _step(row, answers.get(str(row[0]), {})) for row in rows}
    for step, watches in _watches(store, lesson).items():
        steps[step] = replace(steps.get(step, StepProgress()), watches=watches)
    return steps


def whole_number(value: StoredValue) -> int:
    """A number of the file; 0 where it has none."""
    return int(value or 0)


def _watches(store: Store, lesson: str) -> dict[str, tuple[Watch, ...]]:
    """What is watched in a lesson, by step."""
    watches: dict[str, tuple[Watch, ...]] = {}
    for step, text, is_charted in store.rows(
        "SELECT step, expression, is_charted FROM watch WHERE lesson = ? ORDER BY place",
        (lesson,),
    ):
        watch = Watch(str(text), bool(is_charted))
        watches[str(step)] = (*watches.get(str(step), ()), watch)
    return watches


def _answers(store: Store, lesson: str) -> dict[str, dict[int, KeptAnswer]]:
    """The answers of a lesson, by step and question."""
    answers: dict[str, dict[int, KeptAnswer]] = {}
    for step, question, given, right in store.rows(
        "SELECT step, question, given, is_right FROM answer WHERE lesson = ?", (lesson,)
    ):
        answers.setdefault(str(step), {})[whole_number(question)] = KeptAnswer(
            math.nan if given is None else given, None if right is None else bool(right)
        )
    return answers


def _step(row: StoredRow, answers: Mapping[int, KeptAnswer]) -> StepProgress:
    _, done_at, passed_at, edit, hints_seen, solution_seen = row
    return StepProgress(
        done_at=_seconds(done_at),
        passed_at=_seconds(passed_at),
        edit=None if edit is None else str(edit),
        hints_seen=whole_number(hints_seen),
        solution_seen=bool(solution_seen),
        answers=answers,
    )


def _seconds(value: StoredValue) -> float | None:
    return None if value is None else float(value)
