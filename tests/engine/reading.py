"""What the tests of the reader share: a lesson's text is written to a file and read."""

import json
from pathlib import Path

from engine.lesson.model import Lesson, LessonError
from engine.reading.reader import read_lesson, read_with_mistakes

HEADER = "# ---\n# tutorch:\n#   title: A lesson\n# ---\n\n"


def lesson_of(folder: Path, text: str, name: str = "lesson.py") -> Lesson:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_lesson(path)


def problem_of(folder: Path, text: str | bytes, name: str = "lesson.py") -> LessonError:
    """The first mistake of a file, also of one that opens and says it when it is run."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    lesson, mistakes = read_with_mistakes(path)
    assert lesson is None
    return mistakes[0]


def notebook_of(*cells: tuple[str, str], **metadata: object) -> str:
    listed = [
        {"cell_type": kind, "metadata": {}, "source": source, "id": str(at)}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for at, (kind, source) in enumerate(cells)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": listed})


def code_lines(lesson: Lesson) -> list[str]:
    """The line of the file that each code cell says it starts on."""
    lines = lesson.source.split("\n")
    return [lines[step.cell.line - 1] for step in lesson.steps if step.cell]
