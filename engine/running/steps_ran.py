"""Which steps of the lesson have run, and on which source: what the names are made of."""

from __future__ import annotations

from dataclasses import replace

from engine.asking.asker import root_of
from engine.code.names import named_in
from engine.lesson.model import Cell, Lesson, Step
from engine.lesson.reloading import steps_kept
from engine.running.learner_input import LearnerInput


class StepsRan:
    """The lesson, and how far the names have come in it.

    ``done`` steps, from the first on, have run to their end. ``under_way`` is the step whose run
    has begun and not ended, None while none has. ``is_half_done`` says that one was begun, and that
    the names are those of no file until it has come to its end.
    """

    def __init__(self, lesson: Lesson, learner_input: LearnerInput) -> None:
        self.lesson = lesson
        self.done = 0
        self.under_way: int | None = None
        self.is_half_done = False
        self._input = learner_input
        self._ran: dict[int, Cell | None] = {}

    def begin(self, step: Step) -> str | None:
        """A step begins to run; the source that it runs where that is not the lesson's own."""
        assert step.cell is not None
        self._ran[step.index] = step.cell
        self.is_half_done = True
        self.under_way = step.index
        return step.cell.source if step.cell != self.lesson.steps[step.index].cell else None

    def end(self, step: Step, *, is_whole: bool) -> None:
        """A step has ended; where that `is_whole`, the names are as the file makes them."""
        if is_whole:
            self.is_half_done = False
            self.done = self._first_with_code_from(step.index + 1)

    def begin_again(self) -> None:
        """The names are empty."""
        self.is_half_done = False
        self.done = 0

    def must_begin_again_for(self, target: int) -> bool:
        """Whether that step can only be run from the lesson's beginning, or from a moment."""
        return self.is_half_done or target < self.done or self._is_outdated()

    def take_lesson(self, lesson: Lesson) -> int:
        """Go on in the file as it was saved again; how many of its steps run what they ran.

        What has run stays where it is the same now: code above it may have moved it. Where it is
        not, the names are those of no file.
        """
        before, self.lesson = self.lesson, lesson
        kept = steps_kept(before, lesson)
        if any(step.cell is not None for step in before.steps[kept : self.done]):
            self.is_half_done, self.done = True, kept
        elif self.done and not self.is_half_done:
            self.done = self._first_with_code_from(min(self.done, kept))
        self._ran = {
            step.index: replace(step.cell, source=ran.source)
            for step in lesson.steps[:kept]
            if step.cell is not None and (ran := self._ran.get(step.index)) is not None
        }
        return kept

    @property
    def cells(self) -> list[Cell]:
        """The cells that have run, as they ran."""
        return [cell for cell in self._ran.values() if cell is not None]

    def cell_at(self, line: int) -> Cell | None:
        """The cell that has run, as it ran, in which the file's line is; None if none has."""
        lines = ((cell, line - cell.line) for cell in self.cells)
        return next((cell for cell, at in lines if 0 <= at <= cell.source.count("\n")), None)

    def edits(self) -> dict[int, str]:
        """The sources that have run in place of the lesson's own, by their steps."""
        last = self.done if self.under_way is None else self.under_way + 1
        ran = ((step, self._ran.get(step.index)) for step in self.lesson.steps[:last])
        return {
            step.index: cell.source
            for step, cell in ran
            if cell is not None and step.cell is not None and cell.source != step.cell.source
        }

    def unread(self, changed: tuple[str, ...]) -> tuple[str, ...]:
        """The names among these that no code reads.

        That is no code of a step that has begun or, where none runs, of any step. A cell that is
        not Python, as one with magics, may read any name.
        """
        if not changed:
            return ()
        steps = self.lesson.steps[: None if self.under_way is None else self.under_way + 1]
        cells = [cell for step in steps for cell in self._cells_of(step)]
        names = [named_in(cell.source) for cell in cells]
        return tuple(
            one
            for one in changed
            if all(known is not None and root_of(one) not in known for known in names)
        )

    def _cells_of(self, step: Step) -> tuple[Cell, ...]:
        cell = self._input.with_edit(step).cell
        return step.views if cell is None else (cell, *step.views)

    def _is_outdated(self) -> bool:
        """Whether a step has run on other source than it has now."""
        steps = self.lesson.steps[: self.done]
        return any(self._input.with_edit(step).cell != self._ran.get(step.index) for step in steps)

    def _first_with_code_from(self, index: int) -> int:
        """Steps without code are done as soon as those before them are."""
        left = self.lesson.steps[index:]
        return next((step.index for step in left if step.cell is not None), index + len(left))
