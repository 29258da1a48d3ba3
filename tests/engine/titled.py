"""A lesson that is nothing but titles, for what it is known by."""

from __future__ import annotations

from pathlib import Path

from engine.lesson.model import Cell, Lesson, LessonHeader, LocalText, Step


def lesson(path: str, *titles: str, title: str = "경사하강법") -> Lesson:
    """A lesson with a cell of each title, and a closing step."""
    cells = [Cell(name, "a = 1", 1) for name in titles]
    steps = [
        Step(index, cell.title if cell else "The end", (), cell)
        for index, cell in enumerate([*cells, None])
    ]
    header = LessonHeader(Path(path), LocalText({"ko": title}), LocalText({"": ""}), None)
    return Lesson(header, tuple(steps), "")
