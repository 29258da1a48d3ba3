import ast
import re
from pathlib import Path

import pytest
from bare import printed_by

from engine.lesson.model import Lesson
from engine.protocol.frame import FrameRequest
from engine.reading.reader import read_lesson
from engine.values.views import ViewArtist

FILE = Path(__file__).parents[2] / "lessons" / "00_gradient_descent.py"
EPOCH = re.compile(r"Epoch (\d+)/100 hypothesis: tensor\(\[(.*)\]\) Cost: (\d+\.\d{6})")
EVERY_TENTH = [1, 2, 3, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
OF_TENSORS = [*EVERY_TENTH[:-1], 97, 98, 99, 100]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    return printed_by(FILE, tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture(scope="module")
def epochs(output: str) -> list[tuple[int, list[float], float]]:
    """The epochs printed by the two trainings, one after the other."""
    return [
        (int(epoch), [float(value) for value in values.split(",")], float(cost))
        for epoch, values, cost in EPOCH.findall(output)
    ]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


def test_both_trainings_print_every_tenth_epoch_and_one_those_of_the_slide(
    epochs: list[tuple[int, list[float], float]],
) -> None:
    assert [epoch for epoch, _, _ in epochs] == OF_TENSORS + EVERY_TENTH


def test_training_the_class_passes_through_the_slides_epochs(
    epochs: list[tuple[int, list[float], float]],
) -> None:
    _, second, third = epochs[len(OF_TENSORS) :][:3]

    assert second[1] == pytest.approx([60.9637, 80.4374, 75.5522, 82.5160, 62.9186], abs=1.1e-4)
    assert third[1] == pytest.approx([99.7235, 127.0226, 121.4540, 132.5018, 98.4512], abs=1.1e-4)


def test_the_class_holds_the_slides_parameters(output: str) -> None:
    assert "tensor([[-0.3791, -0.1642, -0.5551]], requires_grad=True)" in output
    assert "tensor([0.1892], requires_grad=True)" in output


def test_views_draw_the_bowl_the_ball_the_predictions_and_the_valley(lesson: Lesson) -> None:
    views = [view.title for step in lesson.steps for view in step.views]

    assert views == [
        "The bowl",
        "The ball",
        "Predictions and targets",
        "The weights",
        "Three paths on the map",
    ]


def test_three_paths_are_drawn_into_a_map_of_half_cells(lesson: Lesson) -> None:
    names: dict[str, object] = {}
    *_, valley = steps = [
        step for step in lesson.steps if step.title in ("The model", "Five students", "The valley")
    ]
    for step in steps:
        assert step.cell is not None
        exec(step.cell.source, names)
    [view] = valley.views
    request = FrameRequest(view_width=36, view_height=10)
    artist = ViewArtist(str(FILE), lambda: lesson.words)

    text = artist.draw_live(view, names, request, 0).text

    over_ground = re.findall(r"48;2;[\d;]+m\x1b\[38;2;([\d;]+)m[⠁-⣿]", text)
    assert set(over_ground) == {"255;200;60", "120;255;120", "240;180;255"}
    assert re.search(r"48;2;0;(\d+);\d+m\x1b\[38;2;0;(?!\1;)\d+;\d+m▀", text)


def test_views_change_no_name_that_the_training_before_them_uses(lesson: Lesson) -> None:
    for step in lesson.steps:
        used = _names(step.cell.source, ast.Load) if step.cell else set()
        for view in step.views:
            assert not used & _names(view.source, ast.Store), view.title


def test_tensors_are_made_where_the_default_device_is(lesson: Lesson) -> None:
    assert not re.search(r"FloatTensor|\bdevice\b|\.cuda\(|\.cpu\(|numpy", lesson.source)


def test_three_choices_a_number_and_a_curve_are_asked(lesson: Lesson) -> None:
    asked = [type(question) for step in lesson.steps for question in step.questions_in("ko")]

    assert sorted(kind.__name__ for kind in asked) == [
        "ChoiceQuestion",
        "ChoiceQuestion",
        "ChoiceQuestion",
        "CurveQuestion",
        "NumberQuestion",
    ]


def _names(source: str, context: type[ast.expr_context]) -> set[str]:
    nodes = ast.walk(ast.parse(source))
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, context)
    }
