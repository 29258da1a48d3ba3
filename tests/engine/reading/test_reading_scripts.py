"""A script without cells is read in pieces, which are all of it."""

import ast
from pathlib import Path

import pytest
from reading import HEADER, lesson_of, problem_of

from engine.lesson.model import Lesson

LONG = "\n".join(f"    step_{at} = {at}" for at in range(20))


def pieces(lesson: Lesson) -> list[tuple[str, str]]:
    """The title and the first line of each step that has code."""
    return [(step.title, step.cell.source.split("\n")[0]) for step in lesson.steps if step.cell]


def test_a_short_script_is_one_step_called_like_its_file(tmp_path: Path) -> None:
    text = "import math\n\n# Turn around\nfor at in range(3):\n    print(at)\n\nprint(math.pi)\n"

    lesson = lesson_of(tmp_path, text, name="turning.py")

    assert lesson.is_script
    assert pieces(lesson) == [("turning", "import math")]


def test_a_long_script_is_parted_at_comments_definitions_and_loops(tmp_path: Path) -> None:
    text = f"""# Copyright somebody
import math
import torch.nn

# How it trains
rate = 0.1
epochs = 3
# a remark
size = 4
seed = 0

# loss.backward()
other = 1


@torch.no_grad()
def train():
{LONG}


class Net:
{LONG}

for epoch in range(epochs):
{LONG}

print("end")
"""

    lesson = lesson_of(tmp_path, text)

    assert pieces(lesson) == [
        ("import math, torch", "# Copyright somebody"),
        ("How it trains", "# How it trains"),
        ("train()", "@torch.no_grad()"),
        ("Net", "class Net:"),
        ("for epoch in range(epochs)", "for epoch in range(epochs):"),
        ('print("end")', 'print("end")'),
    ]


def test_what_runs_only_as_a_program_is_a_step(tmp_path: Path) -> None:
    text = "def main():\n    return 1\nif __name__ == '__main__':\n    main()\nprint('end')\n"

    lesson = lesson_of(tmp_path, text)

    assert pieces(lesson) == [
        ("main()", "def main():"),
        ("if __name__ == '__main__'", "if __name__ == '__main__':"),
        ("print('end')", "print('end')"),
    ]


def test_no_piece_begins_inside_a_statement_or_a_line(tmp_path: Path) -> None:
    text = f"""a = '''
# A comment in a text

# and one more
'''; b = 2


if a:
{LONG}

    # Indented

# Not indented, and the statement goes on
else:
    pass; c = 3
# What comes last
d = (
# One
    4
); e = 5; f = 6
"""

    lesson = lesson_of(tmp_path, text)

    read = [one for step in lesson.steps if step.cell for one in ast.parse(step.cell.source).body]
    assert [ast.dump(one) for one in read] == [ast.dump(one) for one in ast.parse(text).body]
    assert [title for title, _ in pieces(lesson)][1:] == ["What comes last"]


RULED = """import torch

# ============ #
#   Contents   #
# ============ #

# 1. One
# 2. Two

# ============ #
#    1. One    #
# ============ #

# Make it.
a = 1
b = 2
c = 3
d = 4
e = 5

# Print it.
print(a)

#------ 2. Two ------#
# Make it again.
a = 2
f = 6
g = 7
h = 8
i = 9

# Print it again.
print(a)
"""


def test_titles_between_rulers_part_a_script_and_remarks_do_not(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, RULED)

    assert [title for title, _ in pieces(lesson)] == ["Contents", "1. One", "2. Two"]
    assert [step.cell.line for step in lesson.steps if step.cell] == [1, 10, 24]


def test_the_docstring_is_the_text_before_the_first_step(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, '#!/bin/env python\n"""Rolls a ball."""\nimport math\n')

    (step,) = lesson.steps
    assert step.prose_in("en") == "Rolls a ball."
    assert step.cell is not None
    assert (step.title, step.cell.source, step.cell.line) == ("Rolls a ball", "import math", 3)


def test_a_header_of_ours_needs_no_cells(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, f"{HEADER}a = 1\n")

    assert pieces(lesson) == [("A lesson", "a = 1")]


def test_a_script_with_a_line_that_is_no_python_is_one_step(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, f"def train():\n{LONG}\n\n\nmodel = # TODO\n\n\n# %d\n{LONG}\n")

    assert [step.cell.line for step in lesson.steps if step.cell] == [1]


def test_cells_without_a_title_are_called_by_what_they_say_of_themselves(tmp_path: Path) -> None:
    cells = [
        "# ---- The data ----\nimport torch",
        "class Net:\n    pass\ndef area():\n    pass",
        "a = 1\n# Then the rest\nb = 2",
        "while a < 3:\n    a += 1",
        "from torch import nn",
        "# noqa: E501\n# type: ignore\n# print(3)\nprint(4)",
        '#@title Settings { display-mode: "form" }\n!pip install tqdm\nrate = 0.1 #@param',
        "%matplotlib inline\nimport math",
        "!pip install tqdm",
        "%%bash\necho 1 2 | wc",
        "%%writefile net.py\n# A network\nfor a in b:\n    c",
        "b = f(\n  3,\n  4)\nc = b",
        '"""\nWhat they cost\n====\n\nIt falls.\n"""\nb = 2',
        "try:\n    from torch import nn\nexcept ImportError:\n    raise",
        "with f():\n    b",
        "t = %timeit -o b",
        "c = f(b)\n!ls",
        "#| export\n#| eval: false\nc = 1",
        "#export core\n#hide_output\nc = 2",
        "for a, (b, c) in d:\n    b",
    ]

    lesson = lesson_of(tmp_path, "".join(f"# %%\n{cell}\n" for cell in cells))

    assert [step.title for step in lesson.steps] == [
        "The data",
        "Net, area()",
        "Then the rest",
        "while a < 3",
        "import torch",
        "print(4)",
        "Settings",
        "import math",
        "!pip install tqdm",
        "%%bash",
        "%%writefile net.py",
        "b = f(3, 4)",
        "What they cost",
        "import torch",
        "with f()",
        "t = %timeit -o b",
        "c = f(b)",
        "c = 1",
        "c = 2",
        "for a, (b, c) in d",
    ]


COLAB = '''# -*- coding: utf-8 -*-
"""Untitled7.ipynb

Automatically generated by Colab.

Original file is located at
    https://colab.research.google.com/drive/1
"""

COMMAND
rate = 0.1

"""# A line

That fits $y$.
"""

for step in range(3):
    rate /= 2
rate

"""## What it came to"""

print(rate)
'''


@pytest.mark.parametrize("command", ["import math", "!pip install tqdm"])
def test_a_notebook_that_colab_saved_has_its_prose_and_runs_as_it_did(
    tmp_path: Path, command: str
) -> None:
    lesson = lesson_of(tmp_path, COLAB.replace("COMMAND", command))

    header = lesson.header
    assert (header.title.in_language("en"), header.summary.in_language("en")) == (
        "A line",
        "That fits $y$.",
    )
    assert [first for _, first in pieces(lesson)] == [
        command,
        "for step in range(3):",
        "print(rate)",
    ]
    assert [step.title_in("en") for step in lesson.steps[1:]] == ["A line", "What it came to"]
    assert lesson.steps[1].prose_in("en") == "# A line\n\nThat fits $y$."
    assert lesson.is_script == (command == "import math")


def test_a_notebook_that_databricks_saved_has_its_cells_and_its_prose(tmp_path: Path) -> None:
    text = """# Databricks notebook source
# MAGIC %md
# MAGIC # A line
# MAGIC
# MAGIC That fits.

# COMMAND ----------

rate = 0.1

# COMMAND ----------

# DBTITLE 1,Train it
for step in range(3):
    rate /= 2

# COMMAND ----------

# MAGIC %pip list
"""

    lesson = lesson_of(tmp_path, text)

    assert lesson.header.title.in_language("en") == "A line"
    assert lesson.header.summary.in_language("en") == "That fits."
    assert lesson.is_script
    assert [step.title_in("en") for step in lesson.steps[:2]] == ["A line", "Train it"]
    assert [(one.cell.line, one.cell.source) for one in lesson.steps[:2] if one.cell] == [
        (9, "rate = 0.1"),
        (14, "for step in range(3):\n    rate /= 2"),
    ]


def test_a_notebook_of_marimo_says_how_one_of_jupyter_is_made_of_it(tmp_path: Path) -> None:
    text = "import marimo\n\napp = marimo.App(width='medium')\n\n@app.cell\ndef _():\n    x = 1\n"

    problem = problem_of(tmp_path, text)

    assert "a notebook of marimo" in problem.message
    assert "marimo export ipynb lesson.py -o lesson.ipynb" in problem.message


@pytest.mark.parametrize(
    ("docstring", "title"),
    [
        ("Created on Tue Sep 12 2017\n\n@author: her\n\nFits a line\n", "Fits a line"),
        ("Created on Tue Sep 12 20:11:03 2017\n\n@author: her\n", "fit"),
        ("File: fit.py\nAuthor: her\nDescription: Fits a line\n", "Fits a line"),
        ("# @file name : fit.py\n# @date : 2019-09-07\n# @brief : Fits a line\n", "Fits a line"),
        (".. codeauthor:: her <her@x.org>\n\nFits a line\n", "Fits a line"),
        ("Copyright (c) 2020 her\n\nFits a line.\n", "Fits a line"),
    ],
)
def test_what_a_docstring_says_of_the_file_is_no_title(
    tmp_path: Path, docstring: str, title: str
) -> None:
    lesson = lesson_of(tmp_path, f'"""\n{docstring}"""\nrate = 0.1\n', name="fit.py")

    assert lesson.header.title.in_language("en") == title
    assert [step.title_in("en") for step in lesson.steps] == [title]
    assert "20" not in lesson.header.summary.in_language("en")
