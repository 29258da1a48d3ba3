"""Files that cannot be opened or are of no kind that is read say so in one line."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from reading import lesson_of, notebook_of, problem_of

from engine.lesson.model import LessonError
from engine.reading.header import read_header
from engine.reading.reader import read_lesson


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.py"

    with pytest.raises(LessonError, match="no such file") as caught:
        read_lesson(missing)
    with pytest.raises(LessonError, match="this is a folder"):
        read_lesson(tmp_path)

    assert str(caught.value).startswith(f"{missing}: ")


def test_a_file_that_cannot_be_opened_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.py"
    path.write_text("a = 1\n")

    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(LessonError, match=r"cannot be opened \(Permission denied\); check"):
        read_lesson(path)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    os.mkfifo(path)

    with pytest.raises(LessonError, match="a pipe or a device; save the lesson as a file"):
        read_lesson(path)


def test_a_name_that_no_file_can_have_is_named(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match=r"cannot be opened \(.+\); check its name"):
        read_lesson(tmp_path / ("long" * 100 + ".py"))


@pytest.mark.parametrize("read", [read_lesson, read_header])
def test_a_file_of_5_mb_is_refused_whether_it_is_listed_or_opened(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    path = tmp_path / "lesson.py"
    path.write_text("a = 1\n" * 850_000)

    with pytest.raises(LessonError, match=r"5\.1 MB are too large for a lesson; split it"):
        read(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("{}", "not a notebook of format 4"),
        (notebook_of(("code", "x"), kernelspec={"language": "R"}), "written in R"),
        ("[" * 100_000, "not JSON"),
        ("9" * 5_000, "not JSON"),
        ('{"nbformat": 4, "cells": [{"source": "a = 1"}]}', "a broken cell"),
        (notebook_of(("code", "a = 1\n" * 100_000)), "0.6 MB are too large for a lesson"),
    ],
)
def test_a_broken_notebook_says_why(tmp_path: Path, text: str, message: str) -> None:
    problem = problem_of(tmp_path, text, name="lesson.ipynb")

    assert message in problem.message


def test_a_notebook_is_read_by_its_cells_whatever_else_is_wrong(tmp_path: Path) -> None:
    metadata = {"language": {}, "a b": 1, "lines_to_next_cell": "x", "collapsed": True}
    cell = {"cell_type": "code", "source": ["a = 1\n", "b = 2"], "metadata": metadata}

    lesson = lesson_of(tmp_path, json.dumps({"nbformat": 4, "cells": [cell]}), name="lesson.ipynb")

    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "a = 1\nb = 2"


def test_what_cannot_be_read_of_a_notebook_costs_its_own_cell_alone(tmp_path: Path) -> None:
    code = [("code", "a = '\0'"), ("code", "b = '\ud800'"), ("code", "c = 1")]
    words = [("markdown", "half \ud800 a character"), ("sql", "select ```1```")]

    lesson = lesson_of(tmp_path, notebook_of(*words, *code), name="lesson.ipynb")

    sources = [step.cell.source for step in lesson.steps if step.cell is not None]
    assert sources == ["a = '\0'", "b = '\0'", "c = 1"]
    assert (
        lesson.steps[0].prose_in("en") == "half \ufffd a character\n\n````sql\nselect ```1```\n````"
    )


def test_a_markdown_marker_on_the_last_line_is_an_empty_cell(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, "# %%\na = 1\n# %% [markdown]")

    assert len(lesson.steps) == 1


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, "a = 1\n", name="lesson.txt")

    assert "not a .py or .ipynb file" in problem.message
