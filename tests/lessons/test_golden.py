"""The measure of the lessons itself: it must see a figure that is off, and a lesson that breaks."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from golden import Expected, Golden
from playthrough import LessonBroke, play
from report import rows_of, table

LESSON = """
    # ---
    # tutorch:
    #   title: Halving
    # ---

    # %% Parameters tags=["parameters"]
    epochs = 4

    # %% Halving watch="cost"
    cost = 8.0
    for epoch in range(epochs):
        cost = cost / 2

    # %% Double it tags=["exercise"]
    doubled = cost

    # %% tags=["solution"]
    doubled = 2 * cost

    # %% tags=["check"]
    assert doubled == 2 * cost, {"en": "twice the cost", "ko": "cost의 두 배"}
"""
FINAL = Golden("cost at the end", "Halving", "cost", 0.5)


def lesson(folder: Path, text: str = LESSON) -> Path:
    path = folder / "00_halving.py"
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("expected", "ours", "agrees"),
    [
        (2.0, 2.0, True),
        (2.0, 2.011, False),
        (2.0, [2.0, 2.0], False),
        ([1.0, 2.0], [[1.0], [2.005]], True),
        ([1.0, 2.0], [1.0], False),
        (2.0, float("nan"), False),
    ],
)
def test_a_figure_agrees_within_its_tolerance(expected: object, ours: object, agrees: bool) -> None:
    figure = Golden("", "", "", expected, absolute=0.01)  # type: ignore[arg-type]

    assert figure.agrees(ours) is agrees


def test_figures_are_read_from_names_and_from_curves(tmp_path: Path) -> None:
    second = Golden("cost at 2", "Halving", "cost", 2.0, at=2)

    played = play(lesson(tmp_path), (FINAL, second), {})

    assert played.figures == ([0.5], 2.0)


def test_parameters_shorten_a_lesson(tmp_path: Path) -> None:
    assert play(lesson(tmp_path), (FINAL,), {"epochs": 1}).figures == ([4.0],)


@pytest.mark.parametrize(
    ("figure", "problem"),
    [
        (Golden("it", "Nowhere", "cost", 1.0), "has no step 'Nowhere', for it"),
        (Golden("it", "Halving", "cost", 1.0, at=5), "'cost' has no value at 5, for it"),
        (Golden("it", "Halving", "nothing", 1.0), "'nothing' gives no number, for it: NameError"),
    ],
)
def test_a_figure_of_nothing_is_told(tmp_path: Path, figure: Golden, problem: str) -> None:
    with pytest.raises(LessonBroke, match=problem):
        play(lesson(tmp_path), (figure,), {})


def test_a_step_that_fails_is_told_with_its_traceback(tmp_path: Path) -> None:
    path = lesson(tmp_path, "# %% Bad\nprint('so far')\nraise ValueError('no')")

    with pytest.raises(LessonBroke, match=r"(?s)step 'Bad': FAILED\nso far\n.*ValueError: no"):
        play(path, (), {})


def test_each_answer_to_an_exercise_is_judged(tmp_path: Path) -> None:
    wrong = [("2 *", "3 *"), "doubled = -1", "doubled = 2 * cost"]
    right = [("2 * cost", "cost + it", "it", "cost")]
    expected = Expected(wrong_answers={"Double it": wrong}, right_answers={"Double it": right})

    attempts = play(lesson(tmp_path), (), {}, answers=expected).attempts

    assert [(one.kind, one.verdict.passed) for one in attempts] == [
        ("starter", False),
        ("wrong", False),
        ("wrong", False),
        ("wrong", True),
        ("right", True),
        ("solution", True),
    ]


def test_the_table_has_a_line_for_each_figure_and_says_which_is_off(tmp_path: Path) -> None:
    off = Golden("cost at 2", "Halving", "cost", 3.0, at=2)

    rows = list(rows_of(lesson(tmp_path), (FINAL, off)))

    assert [row.matches for row in rows] == [True, False]
    lines = [line.split() for line in table(rows)]
    assert lines[0][:4] == ["lesson", "steps", "seconds", "golden"]
    assert lines[1][:2] == ["00_halving", "3"]
    assert lines[1][3:] == ["cost", "at", "the", "end", "0.5", "0.5", "yes"]
    assert lines[2] == ["cost", "at", "2", "3", "2", "no"]


def test_the_table_says_that_a_lesson_does_not_play(tmp_path: Path) -> None:
    (row,) = rows_of(lesson(tmp_path, "# %% Bad\nraise ValueError('no')"), (FINAL,))

    assert not row.matches
    assert row.cells[3:] == ("plays to its end", "yes", "ValueError: no", "no")
