"""Whether the run of a step can answer the questions that its text asks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

from engine.code.curves import guessed_names
from engine.lesson.findings import OfQuestion
from engine.lesson.model import Cell, ChoiceQuestion, CurveQuestion, LessonError, Question, Step
from engine.reading.questions import same_asked

# What costs are mostly called, in functions of other cells too.
_USUAL = ("loss", "cost")


def check_questions(path: Path, step: Step) -> None:
    """That each language asks the same, and that the step's run can answer it."""
    languages = sorted({part.language for part in step.prose} - {""})
    asked = {language: step.questions_in(language) for language in languages or [""]}
    for question in (question for questions in asked.values() for question in questions):
        _check_answerable(path, question, step.cell)
    first, *others = asked.items()
    for language, questions in others:
        for one, other in zip_longest(first[1], questions):
            if one is None or other is None or not same_asked(one, other):
                line = (other or one).line
                finding = OfQuestion.QUESTION_LANGUAGES.told(one=first[0], other=language)
                raise LessonError(path, line, finding)


def _check_answerable(path: Path, question: Question, cell: Cell | None) -> None:
    match question:
        case ChoiceQuestion():
            return
        case _ if cell is None:
            raise LessonError(path, question.line, OfQuestion.QUESTION_UNASKED.told())
        case CurveQuestion() if question.series not in _curves_of(cell):
            watched = " ".join((*(cell.watch or ()), question.series))
            finding = OfQuestion.CURVE_UNWATCHED.told(name=question.series, watched=watched)
            raise LessonError(path, question.line, finding)


def _curves_of(cell: Cell) -> Iterable[str]:
    """What a cell's curves can be called; a function of an earlier cell may train in it."""
    return {*_USUAL, *guessed_names(cell.source)} if cell.watch is None else cell.watch
