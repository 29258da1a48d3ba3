"""A plain script: what Python runs of it is the lesson's own."""

from __future__ import annotations

import ast
from pathlib import Path

from engine.lesson.reader import read_lesson
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.exporting.script import script_of
from tui.language.catalogue import as_written

PROGRAM = '''\
"""Trains a little."""

import sys

print(__doc__, sys.argv)
'''

CELLS = """\
# %% [markdown]
# Text
# %% not a cell

# %% A cell of a notebook
%%bash
echo it
"""


def script(folder: Path, text: str) -> str:
    path = folder / "lesson.py"
    path.write_text(text, encoding="utf-8")
    lesson = read_lesson(path)
    steps = tuple(map(PlayedStep, lesson.steps))
    return script_of(PlayedLesson(lesson, steps, "en", None, "a test"), as_written)


def test_a_program_keeps_what_it_says_of_itself(tmp_path: Path) -> None:
    written = script(tmp_path, PROGRAM)

    assert ast.get_docstring(ast.parse(written)) == "Trains a little."
    assert "# Trains a little." in written


def test_what_is_no_python_is_a_comment(tmp_path: Path) -> None:
    written = script(tmp_path, CELLS)

    assert ast.parse(written).body == []
    assert "# This runs in a notebook only.\n# %%bash\n# echo it" in written
