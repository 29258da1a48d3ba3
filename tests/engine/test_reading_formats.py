"""Scripts, galleries and notebooks that were not written for us are lessons too."""

from pathlib import Path

import pytest
from reading import code_lines, lesson_of, notebook_of


def test_a_plain_script_is_a_lesson_of_one_step(tmp_path: Path) -> None:
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
    assert lesson.header.summary.in_language("en") == (
        "What it is about, with $w^2$ and [a link](https://example.org)."
    )
    assert [step.title for step in lesson.steps] == ["A tutorial", "Second part", "Step 3"]
    assert lesson.steps[1].prose[0].markdown == "## Second part\nSome text."
    assert code_lines(lesson) == ["import math", "second = 2"]


def test_a_notebook_is_a_lesson_whose_lines_count_in_its_text(tmp_path: Path) -> None:
    text = notebook_of(
        ("markdown", "# 제목\n\nA summary."),
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
