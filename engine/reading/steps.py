"""Cells become steps: prose with its questions, code, views and exercises; nothing is run here.

An exercise is one step, made of cells that say by a tag what they are, in this order:

    # %% Update by hand tags=["exercise"]         the code that the learner starts from
    # %% [markdown] lang="en" tags=["hint"]       a nudge; then a pointer; then the line itself
    # %% tags=["solution"]                        a whole cell that does it
    # %% tags=["check"]                           assertions on what the cell made; any number

Run as a script, the file goes through the learner's cell, the solution and the checks, and passes.
Questions (see `engine.reading.questions`) and exercises need a header with `tutorch:`: elsewhere, a
task list is a list and a tag is another tool's.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.lesson.findings import OfCell, OfExercise
from engine.lesson.model import Cell, Exercise, LessonError, Prose, Step, headings
from engine.lesson.notation import TAGS
from engine.lesson.parameters import TAG as PARAMETERS
from engine.lesson.plain import plain_line
from engine.lesson.printable import printable_line, printable_markdown
from engine.lesson.sentences import sentence
from engine.lesson.titles import first_comment, opening_of, opening_of_prose, title_of
from engine.markup.hypertext import as_markdown
from engine.reading.answerable import check_questions
from engine.reading.cells import RawCell
from engine.reading.mistakes import Mistakes
from engine.reading.questions import split_questions
from engine.reading.word_lists import TAG as WORDS

ROLES = {tag.name: tag.kind for tag in TAGS if tag.is_of_exercise}

_TAGS = tuple(tag.name for tag in TAGS)


def steps_of(path: Path, cells: Sequence[RawCell], mistakes: Mistakes) -> tuple[Step, ...]:
    """Each code cell with its prose, questions, views and exercise; then the closing.

    Of a step whose questions or exercise are not whole, one mistake is told: others may only
    follow from it.
    """
    draft = _Draft(path, mistakes)
    for raw in cells:
        with draft.doubting_its_exercise(raw):
            match _role(path, raw):
                case "exercise":
                    draft.add_code(raw)
                    draft.begin_exercise(raw)
                case "hint":
                    draft.exercise_of(raw).hints.append(_without_html(_prose(raw)))
                case "solution":
                    draft.add_solution(raw)
                case "check":
                    draft.add_check(raw)
                case _ if raw.kind == "code":
                    draft.add_code(raw)
                case _:
                    draft.add_prose(raw)
    steps = draft.finish()
    for step in steps:
        if step.index not in draft.doubtful:
            with mistakes.noted():
                check_questions(path, step)
    return steps


def plain_steps_of(path: Path, cells: Sequence[RawCell], mistakes: Mistakes) -> tuple[Step, ...]:
    """The same for a file that was not written for us: no questions and no exercises."""
    draft = _Draft(path, mistakes)
    for raw in cells:
        with mistakes.noted():
            if raw.kind == "code":
                draft.add_code(raw)
            else:
                draft.prose.append(_without_html(_prose(raw)))
    return draft.finish()


class _Draft:
    """The steps so far, the prose that waits for its cell, and the exercise that is open.

    ``doubtful`` are the indices of steps with a mistake: what is said of them is not the whole.
    """

    def __init__(self, path: Path, mistakes: Mistakes) -> None:
        self.prose: list[Prose] = []
        self.doubtful: set[int] = set()
        self._path = path
        self._mistakes = mistakes
        self._steps: list[Step] = []
        self._exercise: _OpenExercise | None = None

    @contextmanager
    def doubting_its_exercise(self, raw: RawCell) -> Iterator[None]:
        """Note the first mistake of an exercise; what else is wrong may follow from it."""
        try:
            yield
        except LessonError as error:
            exercise = self._exercise or _OpenExercise(raw.marker)
            if not exercise.is_doubtful:
                self._mistakes.found.append(error)
            exercise.is_doubtful = True
            self._exercise = exercise
            self.doubtful.add(len(self._steps))

    def add_prose(self, raw: RawCell) -> None:
        """Prose for the next step, with the questions in it."""
        try:
            prose = _prose(raw)
            markdown, questions = split_questions(self._path, prose.markdown, raw.line)
        except LessonError as error:
            self._mistakes.found.append(error)
            self.doubtful.add(len(self._steps))
            return
        asking = replace(prose, markdown=markdown, questions=questions)
        self.prose.append(_without_html(asking))

    def add_code(self, raw: RawCell) -> None:
        """A new step, or a view of the step before."""
        cell = _cell(raw)
        if not cell.view:
            self._close_exercise()
            self._add_step(cell)
        elif self._steps:
            self._steps[-1] = replace(self._steps[-1], views=(*self._steps[-1].views, cell))
        else:
            raise LessonError(self._path, raw.marker, OfCell.VIEW_PLACE.told())

    def begin_exercise(self, raw: RawCell) -> None:
        """The step that was added last is an exercise, and what follows may belong to it."""
        self._exercise = _OpenExercise(raw.marker)

    def exercise_of(self, raw: RawCell) -> _OpenExercise:
        """The exercise that a tagged cell belongs to."""
        tag = _roles(raw)[0]
        if self._exercise is None:
            raise LessonError(self._path, raw.marker, OfExercise.EXERCISE_MISSING.told(tag=tag))
        if self.prose:
            raise LessonError(self._path, self.prose[0].line, OfExercise.EXERCISE_PARTED.told())
        return self._exercise

    def add_solution(self, raw: RawCell) -> None:
        """The one solution of the open exercise."""
        exercise = self.exercise_of(raw)
        if exercise.solution is not None:
            raise LessonError(self._path, raw.marker, OfExercise.SOLUTION_TWICE.told())
        exercise.solution = _cell(raw)

    def add_check(self, raw: RawCell) -> None:
        """A check of the open exercise, whose solution a script has run by then."""
        exercise = self.exercise_of(raw)
        if exercise.solution is None:
            raise LessonError(self._path, raw.marker, OfExercise.CHECK_PLACE.told())
        exercise.checks.append(_cell(raw))

    def finish(self) -> tuple[Step, ...]:
        """All steps, the prose that is left as the closing one; there is always one."""
        self._close_exercise()
        if self.prose or not self._steps:
            self._add_step(None)
        return tuple(self._steps)

    def _add_step(self, cell: Cell | None) -> None:
        step = Step(len(self._steps), cell.title if cell else "", tuple(self.prose), cell)
        prose = step.prose_in("en")
        source = cell.source if cell else ""
        title = (
            plain_line(step.title or next(headings(prose), ""))
            or title_of(source)
            or opening_of_prose(prose)
            or opening_of(source)
            or first_comment(source)
            or f"Step {step.index + 1}"
        )
        self._steps.append(replace(step, title=title))
        self.prose = []

    def _close_exercise(self) -> None:
        if self._exercise is not None and not self._exercise.is_doubtful:
            with self._mistakes.noted():
                exercise = self._exercise.closed(self._path)
                self._steps[-1] = replace(self._steps[-1], exercise=exercise)
        self._exercise = None


@dataclass(slots=True)
class _OpenExercise:
    marker: int
    hints: list[Prose] = field(default_factory=list)
    solution: Cell | None = None
    checks: list[Cell] = field(default_factory=list)
    is_doubtful: bool = False

    def closed(self, path: Path) -> Exercise:
        if self.solution is None:
            raise LessonError(path, self.marker, OfExercise.SOLUTION_MISSING.told())
        if not self.checks:
            raise LessonError(path, self.marker, OfExercise.CHECK_MISSING.told())
        exercise = Exercise(tuple(self.hints), self.solution, tuple(self.checks))
        counts = {part.language: len(exercise.hints_in(part.language)) for part in self.hints}
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{language}: {count}" for language, count in counts.items())
            raise LessonError(path, self.hints[0].line, OfExercise.HINTS_UNEQUAL.told(told=told))
        return exercise


def _role(path: Path, raw: RawCell) -> str | None:
    """What the cell is in an exercise; None where it is in none."""
    for tag in raw.metadata.get("tags", ()):
        close = difflib.get_close_matches(tag, _TAGS, n=1, cutoff=0.8)
        if close and tag not in _TAGS:
            kind = sentence(
                "the tag of parameters"
                if close[0] == PARAMETERS
                else "the tag of words of drawings"
                if close[0] == WORDS
                else "a tag of an exercise"
            )
            finding = OfCell.TAG_NAME.told(tag=tag, kind=kind, nearest=close[0])
            raise LessonError(path, raw.marker, finding)
        if tag == PARAMETERS and (raw.kind != "code" or "view" in raw.metadata):
            raise LessonError(path, raw.marker, OfCell.PARAMETERS_PLACE.told())
    roles = _roles(raw)
    if not roles:
        return None
    if len(roles) > 1:
        finding = OfExercise.TAGS_TOGETHER.told(tags=", ".join(roles))
        raise LessonError(path, raw.marker, finding)
    role = roles[0]
    if ROLES[role] != raw.kind:
        change = sentence("add" if role == "hint" else "remove")
        finding = OfExercise.TAG_CELL.told(tag=role, kind=sentence(ROLES[role]), change=change)
        raise LessonError(path, raw.marker, finding)
    if "view" in raw.metadata:
        raise LessonError(path, raw.marker, OfExercise.TAG_VIEW.told(tag=role))
    return role


def _roles(raw: RawCell) -> list[str]:
    return [tag for tag in raw.metadata.get("tags", ()) if tag in ROLES]


def _prose(raw: RawCell) -> Prose:
    language = printable_line(str(raw.metadata.get("lang", "")))
    return Prose(printable_markdown(raw.source), language, raw.marker)


def _without_html(prose: Prose) -> Prose:
    """With Markdown in the place of HTML; the lines may stand elsewhere then."""
    return replace(prose, markdown=printable_markdown(as_markdown(prose.markdown)))


def _cell(raw: RawCell) -> Cell:
    metadata = {
        key: printable_line(value)
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
        for key, value in raw.metadata.items()
        if key != "tags"
    }
    return Cell(
        printable_line(raw.title),
        raw.source,
        raw.line,
        metadata,
        tuple(raw.metadata.get("tags", ())),
    )
