"""Scripts, galleries and notebooks that were not written for us are lessons too."""

import json
from pathlib import Path

import pytest
from reading import code_lines, lesson_of, notebook_of

from engine.reading.reader import lesson_of as written_lesson_of


def test_a_short_script_is_a_lesson_of_one_step(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, "import math\n\nprint(math.pi)\n", name="03_round_things.py")

    assert len(lesson.steps) == 1
    assert lesson.header.title.in_language("ko") == "round things"


GALLERY = '''# licence
"""
A tutorial
==========

What it is about, with :math:`w^2`
and `a link <https://example.org>`_.
"""
import math

{block}
# Second part
# -----------
# Some text.
second = 2

{block}
# Third, only text.
'''


@pytest.mark.parametrize("block", ["# %%", "#" * 70, "# " + "#" * 68])
def test_a_sphinx_gallery_script_is_a_lesson(tmp_path: Path, block: str) -> None:
    lesson = lesson_of(tmp_path, GALLERY.format(block=block))

    assert lesson.header.title.in_language("en") == "A tutorial"
    assert lesson.header.summary.in_language("en") == ("What it is about, with $w^2$ and a link.")
    titles = [step.title for step in lesson.steps]
    assert titles == ["A tutorial", "Second part", "Third, only text"]
    assert lesson.steps[1].prose[0].markdown == "## Second part\nSome text."
    assert code_lines(lesson) == ["import math", "second = 2"]


def test_a_notebook_is_a_lesson_whose_lines_count_in_its_text(tmp_path: Path) -> None:
    text = notebook_of(
        ("markdown", "# 제목\n\n[![Open](badge.svg)](lesson.ipynb)\n\nA summary."),
        ("code", "# copy of w\nfirst = 1\n%timeit first"),
        ("code", "second = 2"),
        kernelspec={"language": "python", "name": "python3"},
    )

    lesson = lesson_of(tmp_path, text, name="lesson.ipynb")

    assert lesson.header.title.in_language("en") == "제목"
    assert lesson.header.summary.in_language("en") == "A summary."
    assert code_lines(lesson) == ["# copy of w", "second = 2"]
    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "# copy of w\nfirst = 1\n%timeit first"


def test_a_notebook_may_hold_a_header(tmp_path: Path) -> None:
    text = notebook_of(
        ("raw", "---\ntutorch:\n  title: 공책\n  minutes: 5\n---"), ("code", "a = 1")
    )

    lesson = lesson_of(tmp_path, text, name="lesson.ipynb")

    assert lesson.header.title.in_language("ko") == "공책"
    assert lesson.header.minutes == 5


def test_keys_of_other_tools_are_welcome_where_nothing_says_tutorch(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, '# %% colab={"base_uri": "x"} slideshow="skip"\na = 1\n')

    assert len(lesson.steps) == 1


@pytest.mark.parametrize(
    "code",
    ["%matplotlib inline\na = 1", "files = !ls\nfiles", "%%time\na = 1", "print?", "await a"],
)
def test_what_ipython_runs_is_no_syntax_error(tmp_path: Path, code: str) -> None:
    cell = lesson_of(tmp_path, f"# %%\n{code}\n").steps[0].cell

    assert cell is not None
    assert cell.source == code


def test_a_notebook_of_format_3_has_headings_for_its_steps(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Sums"]},
        {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "language": "python"},
        {"cell_type": "markdown", "source": "The end."},
    ]
    text = json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": cells}]})

    lesson = lesson_of(tmp_path, text, name="lesson.ipynb")

    assert [step.title for step in lesson.steps] == ["Sums", "The end"]
    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.source == "a = 1\nb = 2"


@pytest.mark.parametrize("language", ["python", "Python", "python3", ""])
def test_what_other_programs_write_into_a_notebook_keeps_it_from_nothing(
    tmp_path: Path, language: str
) -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": "Sums", "metadata": {}},
        {"cell_type": "code", "source": "a = 1", "metadata": {"tags": "hide", "title": None}},
        {"cell_type": "code", "input": "b = 2", "metadata": None},
    ]
    notebook = {
        "nbformat": 4,
        "metadata": {"kernelspec": {"name": "conda", "language": language}},
        "cells": cells,
    }

    lesson = lesson_of(tmp_path, json.dumps(notebook), name="lesson.ipynb")

    sources = [(step.title, step.cell and step.cell.source) for step in lesson.steps]
    assert sources == [("Sums", "a = 1"), ("b = 2", "b = 2")]


def test_a_notebooks_cells_are_its_own_also_in_another_process(tmp_path: Path) -> None:
    text = notebook_of(
        ("code", "a = 1\n# %% no cell\n# In[2]:\nb = 2"), ("markdown", "c\n# %%\nd"), ("code", "e")
    )

    lesson = lesson_of(tmp_path, text, name="lesson.ipynb")

    assert [step.cell.source for step in lesson.steps if step.cell] == [
        "a = 1\n# %% no cell\n# In[2]:\nb = 2",
        "e",
    ]
    assert code_lines(lesson) == ["a = 1", "e"]
    assert written_lesson_of(lesson.path, lesson.written) == lesson


def test_cells_of_other_languages_open(tmp_path: Path) -> None:
    vscode = {"vscode": {"languageId": "shellscript"}}
    cells = [
        {"cell_type": "code", "source": "pip install torch | tail", "metadata": vscode},
        {"cell_type": "code", "source": "%%bash\nfor a in b; do echo $a; done", "metadata": vscode},
        {"cell_type": "code", "source": "print(1)", "metadata": {"language": "sh"}},
    ]

    lesson = lesson_of(tmp_path, json.dumps({"nbformat": 4, "cells": cells}), name="lesson.ipynb")

    assert [step.cell and step.cell.source for step in lesson.steps] == [
        cell["source"] for cell in cells
    ]


@pytest.mark.parametrize("name", ["lesson.py", "lesson.ipynb"])
@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_one_step_without_code(tmp_path: Path, text: str, name: str) -> None:
    lesson = lesson_of(tmp_path, text, name=name)

    assert [(step.title, step.cell) for step in lesson.steps] == [("Step 1", None)]


def test_a_page_of_a_gallery_needs_no_code(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, '"""\nA title\n=======\n\nWords.\n"""\n')

    assert [(step.title, step.cell) for step in lesson.steps] == [("A title", None)]


def test_a_marker_inside_a_statement_or_with_an_indent_is_a_comment(tmp_path: Path) -> None:
    text = "# %%\nif True:\n    a = 1\n# %% One\n    # %% Two\n    b = 2\n\n# %% Three\nc = 3\n"

    lesson = lesson_of(tmp_path, text)

    assert [step.cell and step.cell.source for step in lesson.steps] == [
        "if True:\n    a = 1\n# %% One\n    # %% Two\n    b = 2",
        "c = 3",
    ]


def test_a_line_of_number_signs_inside_a_statement_begins_no_block(tmp_path: Path) -> None:
    block = "#" * 70
    head = '"""\nA title\n=======\n"""\n'
    text = f"{head}def a():\n    b = 1\n{block}\n# words\n    return b\n{block}\n# Two\nc = 3\n"

    lesson = lesson_of(tmp_path, text)

    assert [step.cell and step.cell.source for step in lesson.steps] == [
        f"def a():\n    b = 1\n{block}\n# words\n    return b",
        "c = 3",
    ]


def test_a_docstring_in_the_first_cell_names_the_file(tmp_path: Path) -> None:
    docstring = '"""\nA line\n======\n\n**Author**: `her <x.org>`_\n\nFits it.\n"""\n'

    lesson = lesson_of(tmp_path, f"# %%\n{docstring}rate = 1\n")

    assert lesson.header.title.in_language("en") == "A line"
    assert lesson.header.summary.in_language("en") == "Fits it."
    assert [step.title_in("en") for step in lesson.steps] == ["A line"]
