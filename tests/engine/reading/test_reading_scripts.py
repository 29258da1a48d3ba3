"""A script without cells is read in pieces, which are all of it."""

import ast
from pathlib import Path

from reading import HEADER, lesson_of

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
        ("Step 6", 'print("end")'),
    ]


def test_what_runs_only_as_a_program_is_a_step(tmp_path: Path) -> None:
    text = "def main():\n    return 1\nif __name__ == '__main__':\n    main()\nprint('end')\n"

    lesson = lesson_of(tmp_path, text)

    assert pieces(lesson) == [
        ("main()", "def main():"),
        ("if __name__ == '__main__'", "if __name__ == '__main__':"),
        ("Step 3", "print('end')"),
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
    assert [title for title, _ in pieces(lesson)] == ["Step 1", "What comes last"]


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
    ]

    lesson = lesson_of(tmp_path, "".join(f"# %%\n{cell}\n" for cell in cells))

    assert [step.title for step in lesson.steps] == [
        "The data",
        "Net, area()",
        "Then the rest",
        "while a < 3",
        "import torch",
        "Step 6",
    ]
