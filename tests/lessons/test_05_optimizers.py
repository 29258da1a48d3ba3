import re
from pathlib import Path

import pytest
from playing import Player
from predicting import numbers_of, played, shapes_of

from engine.lesson.model import Lesson
from engine.protocol.curves import Shape
from engine.protocol.events import StepEnded
from engine.reading.reader import read_lesson

FILE = Path(__file__).parents[2] / "lessons" / "05_optimizers.py"


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


@pytest.fixture(scope="module")
def player(lesson: Lesson) -> Player:
    return played(lesson)


def test_the_run_answers_every_number_that_is_asked(player: Player) -> None:
    assert numbers_of(player) == {
        "SGD in the ravine": pytest.approx(-1.2, abs=1e-4),
        "Momentum and Nesterov by hand": pytest.approx(9.948, abs=1e-3),
        "AdaGrad and RMSProp by hand": pytest.approx(1.0, abs=1e-4),
        "Ten layers of tanh": pytest.approx(0.08, abs=2e-3),
        "Gradients of ten layers": pytest.approx(6.1, abs=0.05),
    }


def test_the_range_test_diverges_and_noise_leaves_a_level(player: Player) -> None:
    assert shapes_of(player) == {
        "The range test": Shape.DIVERGES,
        "Four points at a time": Shape.CONVERGES,
    }


def test_the_spread_is_drawn_from_the_inputs_on(player: Player) -> None:
    [drawn] = [
        view.text
        for event in player.events()
        if isinstance(event, StepEnded) and event.frame is not None
        for view in event.frame.views
        if view.title == "Spread after each layer"
    ]

    # of all three the spread of the inputs is 1, and its place is at the left edge
    assert re.search(r" 1┤[⠁-⣿]", re.sub(r"\x1b\[[\d;]*m", "", drawn))


def test_paths_are_drawn_into_maps_of_half_cells(player: Player) -> None:
    drawn = {
        view.title: view.text
        for event in player.events()
        if isinstance(event, StepEnded) and event.frame is not None
        for view in event.frame.views
    }
    paths = {
        title: set(re.findall(r"48;2;[\d;]+m\x1b\[38;2;([\d;]+)m[⠁-⣿]", text))
        for title, text in drawn.items()
        if "▀▀" in text
    }
    letters = re.findall(
        r"48;2;0;0;0m\x1b\[38;2;([\d;]+)m([A-Z])", drawn["Six runners, best first"]
    )

    assert paths["The maps"] == set()
    assert paths["The path of SGD"] == {"255;200;60"}
    assert paths["The path of each ball"] == {"255;200;60", "205;205;205"}
    assert sorted(letter for _, letter in letters) == sorted("SMNGRA")
    assert paths["Six runners, best first"] <= {color for color, _ in letters}


def test_a_runner_whose_cost_is_no_number_any_more_stands_last(
    lesson: Lesson, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {}
    for step in lesson.steps:
        if step.cell is not None and step.cell.title in (
            "Three landscapes",
            "The runners",
            "The race",
        ):
            exec(step.cell.source.replace("20 * y**2", "200 * y**2"), names)

    [ravine] = [line for line in capsys.readouterr().out.splitlines() if "ravine: R" in line]
    assert ravine.split()[1::2] == ["R", "G", "A", "M", "S", "N"]
