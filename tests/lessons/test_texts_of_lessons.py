"""What is true of the text of each lesson of ours, before a line of it runs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from golden import LESSONS
from rich.cells import cell_len

from engine.judging.exercises import unfinished
from engine.protocol.verdicts import GAP
from engine.reading.reader import read_lesson
from engine.stopping.exceptions import LessonStopped

# Half the width of a terminal of 80x24, without corners and the pane's own name.
_BORDER = {"en": 23, "ko": 26}

pytestmark = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def test_it_imports_nothing_of_ours(path: Path) -> None:
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]

    imported = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}

    packages = {name.partition(".")[0] for name in imported}
    assert packages.isdisjoint({"engine", "tui", "assets", "lessons", "textual"})


def test_every_step_is_told_in_both_languages(path: Path) -> None:
    for step in read_lesson(path).steps:
        assert sorted(part.language for part in step.prose) == ["en", "ko"], step.title


def test_the_titles_of_a_step_s_drawings_fit_the_border_of_their_pane_at_80x24(path: Path) -> None:
    lesson = read_lesson(path)
    titles = [
        (language, ", ".join(lesson.words.said(view.title, language) for view in step.views))
        for step in lesson.steps
        for language in _BORDER
    ]

    assert [title for language, title in titles if cell_len(title) > _BORDER[language]] == []


def test_what_a_check_asks_for_is_said_without_a_value_that_is_not_known_yet(path: Path) -> None:
    exercises = [step.exercise for step in read_lesson(path).steps if step.exercise is not None]
    asked = [
        check.words.in_language(language)
        for exercise in exercises
        for check in unfinished(exercise, (), LessonStopped(), 10).checks
        for language in ("en", "ko")
    ]

    assert [words for words in asked if GAP in words] == []
