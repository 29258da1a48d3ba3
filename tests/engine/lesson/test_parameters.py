"""Parameters: values that a lesson gives in a tagged cell, and that are set from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playing import Player, lesson_from

from engine.lesson.model import LessonError
from engine.lesson.parameters import ParameterError, parameters_in, read_setting, with_parameters
from engine.protocol.outcomes import Outcome
from engine.reading.reader import read_lesson

Play = Callable[..., Player]

TRAINING = """
    # %% Parameters tags=["parameters"]
    epochs = 5
    learning_rate: float = 0.5  # how far a step goes
    layers = [
        8,
        4,
    ]
    total = epochs * 10
    name, limit = "값", None

    # %% Training
    for epoch in range(epochs):
        cost = 1 / (epoch + 1)
"""


def test_a_lesson_runs_with_the_values_that_are_set(play: Play) -> None:
    player = play(TRAINING, parameters={"epochs": 2, "learning_rate": 0.25, "layers": [3]})

    player.run(1)

    names = player.namespace
    assert (names["epoch"], names["learning_rate"], names["layers"]) == (1, 0.25, [3])


def test_what_the_cell_computes_from_a_parameter_follows_it(play: Play) -> None:
    player = play(TRAINING, parameters={"epochs": 2})

    player.run(0)

    assert player.namespace["total"] == 20


def test_without_values_a_lesson_runs_as_its_file_says(play: Play) -> None:
    player = play(TRAINING)

    player.run(0)

    assert player.namespace["total"] == 50


def test_a_cell_that_python_cannot_read_has_no_parameters(tmp_path: Path) -> None:
    deep = "a = " + "-" * 20_000 + "1"
    cells = [
        {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}
        for metadata, source in (
            ({"tags": ["parameters"]}, deep),
            ({}, f"# %timeit a\n{deep}"),
            ({}, "# %timeit a\na = '\0'"),
            ({}, "a = 2"),
        )
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path = tmp_path / "notebook.ipynb"
    path.write_text(json.dumps(notebook))

    assert parameters_in(read_lesson(path)) == ()


def test_the_lesson_that_is_shown_stays_as_its_file_is(play: Play) -> None:
    player = play(TRAINING, parameters={"epochs": 2})

    cell = player.session.lesson.steps[0].cell

    assert cell is not None
    assert cell.source.startswith("epochs = 5\n")


def test_an_error_below_a_parameter_is_told_with_its_own_line(play: Play) -> None:
    text = TRAINING.replace("total =", "total = nothing +")
    player = play(text, parameters={"epochs": 2, "layers": [1]})

    ended = player.run(0)

    assert ended.outcome is Outcome.FAILED
    assert ended.traceback is not None
    assert ended.traceback.line == 8


def test_parameters_are_the_plain_values_of_the_tagged_cell(tmp_path: Path) -> None:
    lesson = lesson_from(TRAINING, tmp_path)

    found = [(one.name, one.value, one.line) for one in parameters_in(lesson)]

    assert found == [("epochs", 5, 2), ("learning_rate", 0.5, 3), ("layers", [8, 4], 4)]


def test_a_whole_number_may_stand_for_a_decimal_one(play: Play) -> None:
    player = play(TRAINING, parameters={"learning_rate": 1})

    player.run(0)

    assert repr(player.namespace["learning_rate"]) == "1.0"


def test_a_value_beside_korean_text_is_replaced_alone(play: Play) -> None:
    text = '# %% tags=["parameters"]\ntitle = "값"; rate = 0.5; epochs = 5'
    player = play(text, parameters={"rate": 0.25})

    player.run(0)

    names = player.namespace
    assert (names["title"], names["rate"], names["epochs"]) == ("값", 0.25, 5)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"epoch": 1}, "lesson.py has no parameter 'epoch'; did you mean epochs?"),
        (
            {"zzz": 1},
            "lesson.py has no parameter 'zzz'; the parameters are epochs, learning_rate, layers",
        ),
        (
            {"epochs": 1.5},
            "lesson.py:2: epochs is 5, of type int, and cannot be 1.5;"
            " give it a value of that type",
        ),
        (
            {"epochs": True},
            "lesson.py:2: epochs is 5, of type int, and cannot be True;"
            " give it a value of that type",
        ),
        (
            {"learning_rate": "fast"},
            "lesson.py:3: learning_rate is 0.5, of type float, and cannot be 'fast';"
            " give it a value of that type",
        ),
    ],
)
def test_a_value_that_cannot_be_set_is_refused(
    tmp_path: Path, values: dict[str, object], message: str
) -> None:
    lesson = lesson_from(TRAINING, tmp_path)

    with pytest.raises(ParameterError) as refused:
        with_parameters(lesson, values)

    assert str(refused.value) == message


def test_a_lesson_without_a_tagged_cell_has_nothing_to_set(tmp_path: Path) -> None:
    lesson = lesson_from("epochs = 5", tmp_path)

    with pytest.raises(ParameterError, match=r"lesson\.py has no parameters to set"):
        with_parameters(lesson, {"epochs": 1})


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("epochs=1", ("epochs", 1)),
        ("rate = -1e-3", ("rate", -0.001)),
        ("name='a=b'", ("name", "a=b")),
        ("layers=[1, 2]", ("layers", [1, 2])),
    ],
)
def test_a_setting_is_a_name_and_a_value_of_python(text: str, setting: tuple[str, object]) -> None:
    assert read_setting(text) == setting


@pytest.mark.parametrize("text", ["epochs", "=1", "2x=1", "epochs=", "epochs=fast", "epochs=1+x"])
def test_a_setting_that_cannot_be_read_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        read_setting(text)

    assert "\n" not in str(refused.value)
    assert "; write " in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ('# %% tags=["parameter"]\nepochs = 1', "did you mean parameters?"),
        ('# %% [markdown] tags=["parameters"]\n# words\n\n# %%\n1', "tag that cell"),
        ('# %%\n1\n\n# %% view="every epoch" tags=["parameters"]\nepochs = 1', "tag that cell"),
    ],
)
def test_a_tag_that_sets_nothing_is_refused(tmp_path: Path, cell: str, problem: str) -> None:
    with pytest.raises(LessonError, match=problem):
        lesson_from(f"# ---\n# tutorch:\n#   title: A lesson\n# ---\n\n{cell}\n", tmp_path)
