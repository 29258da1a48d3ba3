import ast
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from bare import printed_by
from playing import Player
from predicting import numbers_of, played, shapes_of

from engine.lesson.model import Lesson
from engine.protocol.curves import Shape
from engine.protocol.events import StepEnded
from engine.protocol.outcomes import Outcome
from engine.reading.reader import read_lesson

FILE = Path(__file__).parents[2] / "lessons" / "03_neural_networks.py"
EPOCH = re.compile(r"epoch : (\d+)/1000 , cost : (\d\.\d{6})")

# What the slide prints after its last epoch: the cost, and the outputs that are left of the four.
SLIDES_COST = 0.0009907563216984272
SLIDES_OUTPUTS = {0: 4.9626, 1: 6.0347, 3: 9.9708}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    return printed_by(FILE, tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


@pytest.fixture(scope="module")
def player(lesson: Lesson) -> Player:
    return played(lesson)


def printed(output: str, words: str) -> list[list[float]]:
    """The numbers of each tensor that is printed behind `words`, in order."""
    found = re.findall(rf"{words} tensor\(\[(.*)\]\)", output)
    return [[float(number) for number in numbers.split(",")] for numbers in found]


def test_the_slides_training_ends_where_the_slide_does(output: str) -> None:
    epoch, cost = EPOCH.findall(output)[-1]
    [hypothesis] = printed(output, "hypothesis")

    assert epoch == "1000"
    assert float(cost) == pytest.approx(0.000993, abs=2e-6)
    assert float(cost) == pytest.approx(SLIDES_COST, rel=0.005)
    for place, value in SLIDES_OUTPUTS.items():
        assert hypothesis[place] == pytest.approx(value, abs=3e-4)


def test_one_neuron_answers_a_half_to_all_of_xor(output: str) -> None:
    _, of_one_neuron, _ = printed(output, "output:")

    assert of_one_neuron == pytest.approx([0.5] * 4, abs=1e-4)
    assert f"epoch 300: cost {math.log(2):.4f}" in output


def test_two_layers_learn_xor(output: str) -> None:
    _, _, of_two_layers = printed(output, "output:")

    assert of_two_layers == pytest.approx([0, 1, 1, 0], abs=0.05)


def test_one_neuron_computes_and_and_or(output: str) -> None:
    assert "b = -1.5: [0.0, 0.0, 0.0, 1.0]" in output
    assert "b = -0.5: [0.0, 1.0, 1.0, 1.0]" in output


def test_gradients_by_hand_are_printed_beside_equal_ones_of_autograd(output: str) -> None:
    pairs = re.findall(r"by hand +tensor\((.*)\)\n +autograd tensor\((.*)\)", output)

    assert len(pairs) == 4
    assert all(by_hand == autograd for by_hand, autograd in pairs)


def test_every_step_is_played_to_its_end(lesson: Lesson, player: Player) -> None:
    ends = [event for event in player.events() if isinstance(event, StepEnded)]

    assert [end.outcome for end in ends] == [Outcome.DONE] * (len(lesson.steps) - 1)


def test_the_run_answers_every_number_that_is_asked(lesson: Lesson, player: Player) -> None:
    assert numbers_of(player) == {
        "Four activation functions": pytest.approx(0.25, abs=1e-4),
        "XOR, with one neuron": pytest.approx(0.5, abs=1e-4),
        "Backward: the output layer": pytest.approx(-0.8916, abs=1e-4),
        "The network as a class": 9,
    }


def test_both_curves_that_are_asked_for_converge(player: Player) -> None:
    assert list(shapes_of(player).values()) == [Shape.WAITS, Shape.CONVERGES]


def test_questions_of_all_three_kinds_are_asked(lesson: Lesson) -> None:
    asked = Counter(
        type(question).__name__ for step in lesson.steps for question in step.questions_in("ko")
    )

    assert asked == {"ChoiceQuestion": 1, "NumberQuestion": 4, "CurveQuestion": 2}


def test_views_are_drawn_of_eight_steps(player: Player) -> None:
    drawn = [
        view.title
        for event in player.events()
        if isinstance(event, StepEnded) and event.frame is not None
        for view in event.frame.views
    ]

    assert drawn == [
        "f (cyan) and its slope",
        "What the neuron says",
        "What it says of XOR",
        "What two layers say",
        "The network, forward",
        "The network, backward",
        "The weights as lines",
        "What your model says",
    ]


def test_the_map_of_one_neuron_is_even_and_that_of_two_layers_is_not(player: Player) -> None:
    tints = {
        view.title: set(re.findall(r"48;2;(\d+)", view.text))
        for event in player.events()
        if isinstance(event, StepEnded) and event.frame is not None
        for view in event.frame.views
    }

    assert tints["What it says of XOR"] == {"125"}
    assert tints["What two layers say"] >= {"0", "75", "125", "175", "250"}


def test_views_change_no_name_that_the_training_before_them_uses(lesson: Lesson) -> None:
    for step in lesson.steps:
        used = _names(step.cell.source, ast.Load) if step.cell else set()
        for view in step.views:
            made = {target for node in ast.parse(view.source).body for target in _made_by(node)}
            assert not used & made, view.title


def test_code_of_a_step_fits_a_small_terminal(lesson: Lesson) -> None:
    heights = {step.title: len(step.cell.source.split("\n")) for step in lesson.steps if step.cell}

    assert {title: height for title, height in heights.items() if height > 20} == {}


def test_tensors_are_made_where_the_default_device_is(lesson: Lesson) -> None:
    assert not re.search(r"FloatTensor|\bdevice\b|\.cuda\(|\.cpu\(|numpy", lesson.source)


def _names(source: str, context: type[ast.expr_context]) -> set[str]:
    nodes = ast.walk(ast.parse(source))
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, context)
    }


def _made_by(node: ast.stmt) -> set[str]:
    """What a statement names outside functions."""
    if isinstance(node, ast.FunctionDef):
        return {node.name}
    return _names(ast.unparse(node), ast.Store)
