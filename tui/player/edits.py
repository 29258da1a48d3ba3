"""The code of each step as the learner has it, and what has been written or turned in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.lesson.model import Cell, Lesson
from tui.player.sources import SourceHandover
from tui.player.works import Works


class Edits:
    """Keeps what is written in each step, and has the session run it."""

    def __init__(self, lesson: Lesson, works: Works, sources: SourceHandover) -> None:
        self._lesson = lesson
        self._works = works
        self._sources = sources

    def cell_of(self, step: int) -> Cell | None:
        """The cell of a step, with its code as the learner has it; None where it has none."""
        return self._cell_with(step, self._works.of(step).edit)

    def source_given(self, step: int) -> str | None:
        """The source that the session has of a step, and runs; None where it has none."""
        cell = self._cell_with(step, self._sources.given(step, self._works.of(step).edit))
        return None if cell is None else cell.source

    def source_with(self, step: int, edit: str | None) -> str:
        """The source of a step under an edit, None: its own; "" where it has no code."""
        cell = self._cell_with(step, edit)
        return "" if cell is None else cell.source

    def write(self, step: int, source: str) -> None:
        """Take what the learner has written; the next run is of that."""
        edit = self._edit_of(step, source)
        if edit != self._works.of(step).edit:
            self._works.edit(step, edit)
            self._sources.give(step, edit)

    def turn(self, step: int, source: str) -> None:
        """Take source in which a number was turned in the run that is under way.

        That run goes on as it is, and so do the steps after it: the step's next run is of this.
        """
        before, edit = self._works.of(step).edit, self._edit_of(step, source)
        self._works.edit(step, edit)
        self._sources.hold(step, before, edit)

    def bring(self, edits: Mapping[int, str | None]) -> None:
        """Take edits, by their steps, that the session has come to by itself."""
        for step, source in edits.items():
            self._sources.forget(step)
            self._works.edit(step, source)

    def _edit_of(self, step: int, source: str) -> str | None:
        cell = self._lesson.steps[step].cell
        return None if cell is None or source == cell.source else source

    def _cell_with(self, step: int, edit: str | None) -> Cell | None:
        cell = self._lesson.steps[step].cell
        return cell if cell is None or edit is None else replace(cell, source=edit)
