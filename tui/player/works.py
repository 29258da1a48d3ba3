"""What the learner does in the steps of one lesson: each thing is kept as it is done."""

from __future__ import annotations

from collections.abc import Iterator

from engine.lesson.model import ChoiceQuestion, Lesson
from engine.progress.work import GivenAnswer, StepWork
from engine.protocol.watching import Watch
from tui.player.bookmark import Bookmark


class Works:
    """Answers, edits, hints, watches, passed exercises, by step; what was kept before is there."""

    def __init__(self, lesson: Lesson, bookmark: Bookmark) -> None:
        self._lesson = lesson
        self._bookmark = bookmark
        self._works = bookmark.works()

    def __iter__(self) -> Iterator[tuple[int, StepWork]]:
        return iter(self._works.items())

    def of(self, step: int) -> StepWork:
        """What the learner has done in a step; empty where that is nothing."""
        return self._works[step]

    @property
    def unsolved(self) -> set[int]:
        """The exercises whose checks have not passed yet, this time or another."""
        return {
            step.index
            for step in self._lesson.steps
            if step.exercise is not None and not self.of(step.index).passed
        }

    @property
    def edited(self) -> set[int]:
        """The steps that run what the learner has written in place of the lesson's code.

        Exercises are none of them: they are there to be written.
        """
        return {
            step.index
            for step in self._lesson.steps
            if step.exercise is None and self.of(step.index).edit is not None
        }

    def open_questions(self, step: int) -> list[int]:
        """The places of the questions of a step that have no answer yet."""
        questions = self._lesson.steps[step].questions_in("en")
        return [index for index in range(len(questions)) if index not in self.of(step).answers]

    def is_edit_kept(self, step: int) -> bool:
        """Whether a step has an edit, and the file of progress has it too."""
        edit = self.of(step).edit
        return edit is not None and self._bookmark.is_edit_kept(step, edit)

    def ask_for_hint(self, step: int) -> None:
        """Take one more hint of an exercise."""
        work = self.of(step)
        work.hints += 1
        self._bookmark.note_hints(step, work.hints)

    def show_solution(self, step: int) -> None:
        """Remember that the learner has seen the solution of an exercise."""
        self.of(step).solution_shown = True
        self._bookmark.note_solution(step)

    def answer(self, step: int, question: int, answer: GivenAnswer) -> None:
        """Take an answer of which it is not known yet whether it is right."""
        self.of(step).answers[question] = answer
        self._bookmark.note_answer(step, question, answer, None)

    def tell(self, step: int, question: int, *, is_right: bool) -> None:
        """Take whether an answer was right."""
        work = self.of(step)
        work.told[question] = is_right
        self._bookmark.note_answer(step, question, work.answers[question], is_right)

    def tell_choices(self, step: int) -> None:
        """Tell which choices of a step were right; each is told once."""
        work = self.of(step)
        for index, asked in enumerate(self._lesson.steps[step].questions_in("en")):
            answer = work.answers.get(index)
            if isinstance(asked, ChoiceQuestion) and answer is not None and index not in work.told:
                self.tell(step, index, is_right=answer == asked.right)

    def edit(self, step: int, edit: str | None) -> None:
        """Take what the learner has written in a step; None: they are back at its own code."""
        self.of(step).edit = edit
        self._bookmark.note_edit(step, edit)

    def watch(self, step: int, watches: tuple[Watch, ...]) -> None:
        """Take what the learner watches in the runs of a step."""
        self.of(step).watches = watches
        self._bookmark.note_watches(step, watches)

    def note_passed(self, step: int) -> None:
        """Every check of an exercise has passed."""
        self.of(step).passed = True
        self._bookmark.note_passed(step)
        self._bookmark.note_done(step)
