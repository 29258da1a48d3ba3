"""Lists of words for drawings: how they are read, and which text of a drawing they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import HEADER, lesson_of, notebook_of, problem_of

from engine.lesson.drawing_words import DrawingWords

CODE = "# %% One\na = 1\n"
LIST = '# %% [markdown] lang="ko" tags=["words"]\n'


def test_a_list_is_heard_wherever_it_stands_and_is_no_step(tmp_path: Path) -> None:
    lesson = lesson_of(
        tmp_path,
        HEADER
        + LIST
        + "# - `low`: 낮음\n"
        + CODE
        + LIST
        + "#\n# - `at {}`: {}에서\n# * `b`:  나\n",
    )

    assert lesson.words == DrawingWords({"ko": {"low": "낮음", "at {}": "{}에서", "b": "나"}})
    assert [step.title for step in lesson.steps] == ["One"]
    assert lesson.steps[0].prose == ()


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        ("# - low: 낮음\n", 7, "no word of a drawing: - low: 낮음; write - `what is drawn`"),
        ("# - `low`:\n", 7, "no word of a drawing"),
        ("# - `a`: 가\n# - `a`: 나\n", 8, "`a` has two translations into ko; keep one"),
        ("# - `a {}`: 가\n", 7, "`a {}` and its translation differ in their places; write as many"),
        ("# - `a {}`: 가 {} {}\n", 7, "differ in their places"),
        ("# - `{} a {}`: 가 {0} {0}\n", 7, "differ in their places"),
        ("# - `{} a {}`: 가 {} {1}\n", 7, "differ in their places"),
        ("# - `a {}`: 가 {x}\n", 7, "differ in their places"),
        ("# - `a {}`: 가 {\n", 7, "differ in their places"),
    ],
)
def test_a_line_that_says_no_word_is_told(
    tmp_path: Path, rows: str, line: int, message: str
) -> None:
    problem = problem_of(tmp_path, HEADER + LIST + rows + CODE)

    assert (problem.line, message in problem.message) == (line, True), problem


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ('# %% [markdown] tags=["words"]', 'in no language; write lang="ko"'),
        ('# %% tags=["words"]', "write [markdown] and lang"),
        ('# %% [markdown] lang="ko" tags=["wordz"]', "nearly the tag of words of drawings"),
    ],
)
def test_a_cell_that_is_no_list_is_told(tmp_path: Path, marker: str, message: str) -> None:
    problem = problem_of(tmp_path, f"{HEADER}{marker}\n# - `a`: 가\n{CODE}")

    assert (problem.line, message in problem.message) == (6, True), problem


def test_in_a_file_without_our_header_a_tag_is_anothers(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path, LIST + "# - whatever\n" + CODE)

    assert lesson.words == DrawingWords()
    assert lesson.steps[0].prose_in("ko") == "- whatever"
    assert not lesson_of(tmp_path, notebook_of(("code", "a = 1")), "a.ipynb").words.tables


WORDS = DrawingWords(
    {
        "ko": {
            "low": "낮음",
            "cost {}": "비용 {}",
            "cost {} at {}": "{1}에서 비용 {0}",
            "epoch {}: {}": "에포크 {}: {}",
            "epoch {}: cost {}": "에포크 {}, cost {}",
            "{} of {}": "{1} 가운데 {0}",
            "a (b) {}*": "가 {}",
        }
    }
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("low", "낮음"),
        ("  low ", "  낮음 "),
        ("lower", "lower"),
        ("epoch 3: cost 0.5", "에포크 3, cost 0.5"),
        ("epoch 3: 0.5", "에포크 3: 0.5"),
        ("cost 0.5 at 3", "3에서 비용 0.5"),
        ("3 of 10", "10 가운데 3"),
        ("a (b) c*", "가 c"),
        ("cost {0} {", "비용 {0} {"),
        ("cost ", "cost "),
        ("", ""),
    ],
)
def test_a_text_is_said_in_its_nearest_form(text: str, said: str) -> None:
    assert WORDS.said(text, "ko") == said
    assert WORDS.said(text, "en") == text
