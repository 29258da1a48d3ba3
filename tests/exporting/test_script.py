"""A plain script: what Python runs of it is the lesson's own."""

from __future__ import annotations

import ast
from pathlib import Path

from engine.reading.reader import read_lesson
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.exporting.script import script_of
from tui.language.catalogue import as_written

PROGRAM = '''\
"""Trains a little."""

import sys

print(__doc__, sys.argv)
'''

READS = """\
from __future__ import annotations

from pathlib import Path

text = (Path(__file__).parent / "data.txt").read_text(encoding="utf-8")
"""

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


def test_titles_are_read_again_as_they_were(tmp_path: Path) -> None:
    cells = [
        "# The `__init__` of **nets**",
        "a_b, c = 2 * 3, 4 * 5",
        "for i in []:\n    a",
        "# x\nb",
    ]
    text = "".join(f"# %%\n{cell}\n" for cell in cells)
    path = tmp_path / "again.py"

    path.write_text(script(tmp_path, text), encoding="utf-8")

    titles = [step.title for step in read_lesson(path).steps]
    assert titles[1:] == ["a_b, c = 2 * 3, 4 * 5", "for i in []", "x"]
    assert r"# ## The \_\_init\_\_ of nets" in path.read_text(encoding="utf-8")


def test_a_script_finds_elsewhere_what_lies_beside_its_lesson(tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("beside it", encoding="utf-8")

    written = script(tmp_path, READS)
    moved = {"__file__": "/elsewhere/lesson.py"}
    exec(compile(written, "lesson.py", "exec"), moved)

    assert moved["text"] == "beside it"


def test_a_script_whose_lesson_has_gone_looks_beside_itself(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new/data.txt").write_text("beside me", encoding="utf-8")

    written = script(tmp_path, READS)
    (tmp_path / "lesson.py").unlink()
    moved = {"__file__": str(tmp_path / "new/lesson.py")}
    exec(compile(written, "lesson.py", "exec"), moved)

    assert moved["text"] == "beside me"


def test_what_is_no_python_is_a_comment(tmp_path: Path) -> None:
    written = script(tmp_path, CELLS)

    assert ast.parse(written).body == []
    assert "# This runs in a notebook only.\n# %%bash\n# echo it" in written
