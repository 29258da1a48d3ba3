"""Where the learner is in one lesson, and which steps are done, kept as that changes; no widget."""

from __future__ import annotations

from collections.abc import Sequence

from engine.lesson.keys import step_keys
from engine.lesson.model import (
    ChoiceQuestion,
    CurveQuestion,
    Lesson,
    NumberQuestion,
    Question,
    Step,
)
from engine.progress.data import KeptAnswer, StepProgress
from engine.progress.keeping import Progress
from engine.progress.work import GivenAnswer, StepWork
from engine.protocol.curves import Shape
from engine.protocol.watching import MOST_WATCHED, Watch


class Bookmark:
    """A lesson's part of the progress, with its steps by their indices instead of their keys."""

    def __init__(self, progress: Progress, lesson: Lesson) -> None:
        self._progress = progress
        self._lesson = progress.open_lesson(lesson)
        self._lesson_steps = lesson.steps
        self._header = lesson.header
        self._steps = step_keys(lesson)
        before = progress.lesson(self._lesson)
        last = before.last_step
        self.step = self._steps.index(last) if last in self._steps else 0
        self.done = {
            index for index, key in enumerate(self._steps) if before.step(key).done_at is not None
        }
        self._without_code = {step.index for step in lesson.steps if step.cell is None}
        self.turn_to(self.step)

    def again(self, lesson: Lesson) -> Bookmark:
        """The bookmark of the same lesson, whose file was saved again."""
        return Bookmark(self._progress, lesson)

    def is_edit_kept(self, step: int, source: str) -> bool:
        """Whether this source of a step is in the file, and outlives this run."""
        return self._progress.is_edit_kept(self._lesson, self._steps[step], source)

    def turn_to(self, step: int) -> None:
        """The learner is at this step, which is done with that where it has no code to run."""
        self.step = step
        self._progress.keep_place(self._lesson, self._steps[step])
        if step in self._without_code:
            self.note_done(step)

    def note_done(self, step: int) -> None:
        """The step has run to its end, or been read where it has no code."""
        self.done.add(step)
        self._progress.keep_done(self._lesson, self._steps[step])

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the lesson is given in `sys.argv` behind its file."""
        return self._progress.arguments(self._header)

    def note_arguments(self, arguments: Sequence[str]) -> None:
        """The lesson is given these from now on."""
        self._progress.keep_arguments(self._header, arguments)

    def works(self) -> dict[int, StepWork]:
        """What was answered, written and asked for in each step, as it was last kept."""
        before = self._progress.lesson(self._lesson)
        return {
            step.index: _work(step, before.step(key))
            for step, key in zip(self._lesson_steps, self._steps, strict=True)
        }

    def note_answer(
        self, step: int, question: int, answer: GivenAnswer, is_right: bool | None
    ) -> None:
        """The learner's answer; `is_right` is None until a run has told."""
        given = answer.value if isinstance(answer, Shape) else answer
        kept = KeptAnswer(given, is_right)
        self._progress.keep_answer(self._lesson, self._steps[step], question, kept)

    def note_edit(self, step: int, source: str | None) -> None:
        """The learner's source of a step; None where that is the lesson's."""
        self._progress.keep_edit(self._lesson, self._steps[step], source)

    def note_hints(self, step: int, count: int) -> None:
        """So many hints of an exercise have been asked for."""
        self._progress.keep_hints_seen(self._lesson, self._steps[step], count)

    def note_solution(self, step: int) -> None:
        """The solution of an exercise has been shown."""
        self._progress.keep_solution_seen(self._lesson, self._steps[step])

    def note_watches(self, step: int, watches: tuple[Watch, ...]) -> None:
        """What the learner watches in the runs of a step."""
        self._progress.keep_watches(self._lesson, self._steps[step], watches)

    def note_passed(self, step: int) -> None:
        """An attempt at an exercise has passed its checks."""
        self._progress.keep_passed(self._lesson, self._steps[step])


def _work(step: Step, kept: StepProgress) -> StepWork:
    answers = {
        index: answer
        for index, question in enumerate(step.questions_in("en"))
        if index in kept.answers
        and (answer := _answer(question, kept.answers[index].given)) is not None
    }
    told = {
        index: is_right
        for index in answers
        if (is_right := kept.answers[index].is_right) is not None
    }
    return StepWork(
        answers,
        told,
        kept.edit,
        kept.hints_seen,
        kept.solution_seen,
        kept.passed_at is not None,
        kept.watches[:MOST_WATCHED],
    )


def _answer(question: Question, given: int | float | str) -> GivenAnswer | None:
    """What was kept as an answer to this question; None where it can be none of this one."""
    match question, given:
        case ChoiceQuestion(options=options), int() if given in range(len(options)):
            return given
        case NumberQuestion(), int() | float():
            return float(given)
        case CurveQuestion(), str() if given in {shape.value for shape in Shape}:
            return Shape(given)
    return None
