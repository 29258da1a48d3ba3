import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.exercises import Fault, Verdict, judge
from engine.lesson import Lesson
from engine.reader import read_lesson

FILE = Path(__file__).parents[2] / "lessons" / "00_gradient_descent.py"
EPOCH = re.compile(r"Epoch (\d+)/100 hypothesis: tensor\(\[(.*)\]\) Cost: (\d+\.\d{6})")
PRINTED_EPOCHS = [1, 2, 3, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]

# The printed values have four decimals, the printed costs six; another machine's sums may round
# otherwise in the last place of a float32.
FLOAT32 = 1e-6


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    result = subprocess.run(
        [sys.executable, str(FILE)],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


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


def test_both_trainings_print_the_first_three_epochs_and_every_tenth(
    epochs: list[tuple[int, list[float], float]],
) -> None:
    assert [epoch for epoch, _, _ in epochs] == PRINTED_EPOCHS * 2


def test_training_from_zeros_ends_as_on_the_slide(
    epochs: list[tuple[int, list[float], float]],
) -> None:
    epoch, hypothesis, cost = epochs[len(PRINTED_EPOCHS) - 1]

    assert epoch == 100
    assert cost == pytest.approx(1.564298, abs=2e-6)
    expected = [152.7695, 183.6982, 180.9592, 197.0628, 140.1332]
    assert hypothesis == pytest.approx(expected, abs=1.1e-4)


def test_training_the_class_passes_through_the_slides_epochs(
    epochs: list[tuple[int, list[float], float]],
) -> None:
    _, second, third = epochs[len(PRINTED_EPOCHS) :][:3]

    assert second[2] == pytest.approx(9852.556641, rel=FLOAT32)
    assert second[1] == pytest.approx([60.9637, 80.4374, 75.5522, 82.5160, 62.9186], abs=1.1e-4)
    assert third[2] == pytest.approx(3090.071289, rel=FLOAT32)
    assert third[1] == pytest.approx([99.7235, 127.0226, 121.4540, 132.5018, 98.4512], abs=1.1e-4)


def test_the_class_holds_the_slides_parameters(output: str) -> None:
    assert "tensor([[-0.3791, -0.1642, -0.5551]], requires_grad=True)" in output
    assert "tensor([0.1892], requires_grad=True)" in output


def test_autograd_finds_eight(output: str) -> None:
    assert "z differentiated by w: 8.0" in output


def test_the_ball_comes_to_the_bottom_of_the_bowl(output: str) -> None:
    assert "lowest cost 0.0000 at w = 2.0" in output
    assert "epoch 30: slope -0.0816, w is now 1.9929" in output


def test_it_imports_nothing_of_ours() -> None:
    tree = ast.parse(FILE.read_text(encoding="utf-8"))

    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert imported == {"torch", "torch.nn", "plotext"}


def test_every_step_is_told_in_both_languages(lesson: Lesson) -> None:
    for step in lesson.steps:
        assert sorted(part.language for part in step.prose) == ["en", "ko"], step.title
        assert step.title_in("en") != step.title_in("ko")


def test_views_draw_the_bowl_the_ball_and_the_predictions(lesson: Lesson) -> None:
    views = [view.title for step in lesson.steps for view in step.views]

    assert views == ["The bowl", "The ball", "Predictions against targets", "The weights"]


def test_views_change_no_name_that_the_training_before_them_uses(lesson: Lesson) -> None:
    for step in lesson.steps:
        used = _names(step.cell.source, ast.Load) if step.cell else set()
        for view in step.views:
            assert not used & _names(view.source, ast.Store), view.title


def test_tensors_are_made_where_the_default_device_is(lesson: Lesson) -> None:
    assert not re.search(r"FloatTensor|\bdevice\b|\.cuda\(|\.cpu\(|numpy", lesson.source)


ATTEMPTS = {
    "Two learning rates": [
        ("too_large = 1e-4", "too_large = 4e-5"),
        ("faster = 3e-5", "faster = 9e-6"),
        ("faster = 3e-5", "faster = 4.6e-5"),
    ],
    "The update by hand": [
        ("-=", "+="),
        ("b -= learning_rate * b.grad", "b"),
        ("learning_rate = 1e-5", "learning_rate = 2e-5"),
    ],
}


@pytest.fixture(scope="module")
def data(lesson: Lesson) -> dict[str, object]:
    """The names that the exercises start from."""
    names: dict[str, object] = {}
    for step in lesson.steps:
        if step.title in ("The model", "Five students") and step.cell:
            exec(compile(step.cell.source, step.title, "exec"), names)
    return names


def _judged(lesson: Lesson, title: str, source: str, data: dict[str, object]) -> Verdict:
    step = next(step for step in lesson.steps if step.title == title)
    assert step.exercise is not None
    names = {**data}
    exec(compile(source, title, "exec"), names)
    return judge(step.exercise, names, FILE)


def _exercises(lesson: Lesson) -> dict[str, tuple[str, str]]:
    """Starter and solution of each exercise."""
    return {
        step.title: (step.cell.source, step.exercise.solution.source)
        for step in lesson.steps
        if step.exercise is not None and step.cell is not None
    }


@pytest.mark.parametrize("title", ATTEMPTS)
def test_the_starter_of_an_exercise_fails_its_check(
    lesson: Lesson, data: dict[str, object], title: str
) -> None:
    starter, _ = _exercises(lesson)[title]

    verdict = _judged(lesson, title, starter, data)

    assert {finding.fault for finding in verdict.findings} == {Fault.FAILED}


@pytest.mark.parametrize("title", ATTEMPTS)
def test_the_solution_of_an_exercise_passes_its_check(
    lesson: Lesson, data: dict[str, object], title: str
) -> None:
    _, solution = _exercises(lesson)[title]

    assert _judged(lesson, title, solution, data).findings == ()


@pytest.mark.parametrize(
    ("title", "right", "wrong"),
    [(title, *attempt) for title, attempts in ATTEMPTS.items() for attempt in attempts],
)
def test_a_plausible_wrong_answer_fails_the_check(
    lesson: Lesson, data: dict[str, object], title: str, right: str, wrong: str
) -> None:
    _, solution = _exercises(lesson)[title]
    assert right in solution

    verdict = _judged(lesson, title, solution.replace(right, wrong), data)

    assert {finding.fault for finding in verdict.findings} == {Fault.FAILED}


def test_a_finding_is_told_in_both_languages(lesson: Lesson, data: dict[str, object]) -> None:
    for title, (starter, _) in _exercises(lesson).items():
        verdict = _judged(lesson, title, starter, data)

        english, korean = verdict.messages_in("en"), verdict.messages_in("ko")
        assert not set(english) & set(korean), title


def test_two_choices_and_one_curve_are_asked(lesson: Lesson) -> None:
    asked = [type(question) for step in lesson.steps for question in step.questions_in("ko")]

    assert sorted(kind.__name__ for kind in asked) == [
        "ChoiceQuestion",
        "ChoiceQuestion",
        "CurveQuestion",
    ]


def _names(source: str, context: type[ast.expr_context]) -> set[str]:
    nodes = ast.walk(ast.parse(source))
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, context)
    }
