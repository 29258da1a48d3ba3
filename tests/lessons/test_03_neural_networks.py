import ast
import math
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from playing import Player

from engine.answers import CurveVerdict, NumberVerdict
from engine.events import Outcome, PredictionJudged, StepEnded
from engine.exercises import Fault, Verdict, judge
from engine.lesson import CurveQuestion, Lesson, NumberQuestion, Step
from engine.reader import read_lesson
from engine.session import Session
from engine.shapes import Shape

FILE = Path(__file__).parents[2] / "lessons" / "03_neural_networks.py"
EPOCH = re.compile(r"epoch : (\d+)/1000 , cost : (\d\.\d{6})")

# What the slide prints after its last epoch: the cost, and the outputs that are left of the four.
SLIDES_COST = 0.0009907563216984272
SLIDES_OUTPUTS = {0: 4.9626, 1: 6.0347, 3: 9.9708}


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
def lesson() -> Lesson:
    return read_lesson(FILE)


@pytest.fixture(scope="module")
def played(lesson: Lesson) -> Player:
    """The lesson played to its end: every curve predicted to converge, every number to be 0."""
    session = Session(lesson)
    session.start()
    player = Player(session)
    for step in lesson.steps:
        for place, question in enumerate(step.questions_in("en")):
            match question:
                case CurveQuestion():
                    session.predict(step.index, place, Shape.CONVERGES)
                case NumberQuestion():
                    session.predict(step.index, place, 0.0)
        if step.cell is not None:
            player.run(step.index)
    session.close()
    return player


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


def test_every_step_is_played_to_its_end(lesson: Lesson, played: Player) -> None:
    ends = [event for event in played.events() if isinstance(event, StepEnded)]

    assert [end.outcome for end in ends] == [Outcome.DONE] * (len(lesson.steps) - 1)


def test_the_run_answers_every_number_that_is_asked(lesson: Lesson, played: Player) -> None:
    actual = {
        lesson.steps[event.step].title: event.verdict.actual
        for event in played.events()
        if isinstance(event, PredictionJudged) and isinstance(event.verdict, NumberVerdict)
    }

    assert actual == {
        "Four activation functions": pytest.approx(0.25, abs=1e-4),
        "XOR, with one neuron": pytest.approx(0.5, abs=1e-4),
        "Backward: the output layer": pytest.approx(-0.8916, abs=1e-4),
        "The network as a class": 9,
    }


def test_both_curves_that_are_asked_for_converge(played: Player) -> None:
    shapes = [
        event.verdict.facts.shape
        for event in played.events()
        if isinstance(event, PredictionJudged) and isinstance(event.verdict, CurveVerdict)
    ]

    assert shapes == [Shape.CONVERGES, Shape.CONVERGES]


def test_questions_of_all_three_kinds_are_asked(lesson: Lesson) -> None:
    asked = Counter(
        type(question).__name__ for step in lesson.steps for question in step.questions_in("ko")
    )

    assert asked == {"ChoiceQuestion": 1, "NumberQuestion": 4, "CurveQuestion": 2}


def test_views_are_drawn_of_seven_steps(played: Player) -> None:
    drawn = [
        view.title
        for event in played.events()
        if isinstance(event, StepEnded) and event.frame is not None
        for view in event.frame.views
    ]

    assert drawn == [
        "Functions (cyan) and slopes (orange)",
        "What the neuron says",
        "One line cannot do it",
        "The border bends",
        "The network, forward",
        "The network, backward",
        "The weights as lines",
    ]


def test_the_map_of_one_neuron_is_even_and_that_of_two_layers_is_not(played: Player) -> None:
    drawings = {
        view.title: set(view.text) & set("░▒▓█")
        for event in played.events()
        if isinstance(event, StepEnded) and event.frame is not None
        for view in event.frame.views
    }

    assert drawings["One line cannot do it"] == {"▒"}
    assert drawings["The border bends"] == set("░▒▓█")


def test_views_change_no_name_that_the_training_before_them_uses(lesson: Lesson) -> None:
    for step in lesson.steps:
        used = _names(step.cell.source, ast.Load) if step.cell else set()
        for view in step.views:
            made = {target for node in ast.parse(view.source).body for target in _made_by(node)}
            assert not used & made, view.title


def test_it_imports_nothing_of_ours(lesson: Lesson) -> None:
    imported = {
        alias.name
        for node in ast.walk(ast.parse(lesson.source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert imported == {"torch", "torch.nn", "torch.nn.functional", "plotext"}


def test_every_step_is_told_in_both_languages(lesson: Lesson) -> None:
    for step in lesson.steps:
        assert sorted(part.language for part in step.prose) == ["en", "ko"], step.title


def test_code_of_a_step_fits_a_small_terminal(lesson: Lesson) -> None:
    heights = {step.title: len(step.cell.source.split("\n")) for step in lesson.steps if step.cell}

    assert {title: height for title, height in heights.items() if height > 20} == {}


def test_tensors_are_made_where_the_default_device_is(lesson: Lesson) -> None:
    assert not re.search(r"FloatTensor|\bdevice\b|\.cuda\(|\.cpu\(|numpy", lesson.source)


WRONG = {
    "XOR by hand": [
        ("[1.0, -2.0]", "[1.0, 1.0]"),
        ("[-0.5, -1.5]", "[-0.5, -0.5]"),
        ("b2 = torch.tensor(-0.5)", "b2 = torch.tensor(0.5)"),
    ],
    "Five starts": [
        ("hidden_neurons = 16", "hidden_neurons = 3"),
        ("range(5)", "range(2)"),
    ],
    "Backward through tanh": [
        ("(1 - h**2)", "h * (1 - h)"),
        ("(1 - h**2)", "(1 + h**2)"),
        ("torch.outer(slope_z, x)", "torch.outer(x, slope_z)"),
    ],
}

# Other ways of writing a right answer.
RIGHT = {
    "XOR by hand": [
        (
            *("[[1.0, 1.0], [1.0, 1.0]]", "[[1.0, -1.0], [-1.0, 1.0]]"),
            *("[-0.5, -1.5]", "[-0.5, -0.5]"),
            *("[1.0, -2.0]", "[1.0, 1.0]"),
        ),
        ("torch.tensor([1.0, -2.0])", "torch.tensor([[2.0, -3.0]]).flatten()"),
    ],
    "Five starts": [
        (
            "hidden_neurons = 16",
            "hidden_neurons = 4",
            "nn.Sigmoid(),\n        nn.L",
            "nn.Tanh(), nn.L",
        ),
    ],
    "Backward through tanh": [
        ("slope_h * (1 - h**2)", "slope_h - slope_h * h * h"),
        ("slope_h * (1 - h**2)", "slope_h / torch.cosh(W1.matmul(x) + b1) ** 2"),
    ],
}


@pytest.fixture(scope="module")
def data(lesson: Lesson) -> dict[str, object]:
    """The names that the exercises start from."""
    names: dict[str, object] = {}
    for title in ("The perceptron", "XOR, with one neuron", "Forward"):
        cell = _step(lesson, title).cell
        assert cell is not None
        exec(compile(cell.source, title, "exec"), names)
    return names


@pytest.mark.parametrize("title", WRONG)
def test_the_starter_of_an_exercise_fails_its_check_in_both_languages(
    lesson: Lesson, data: dict[str, object], title: str
) -> None:
    starter = _step(lesson, title).cell
    assert starter is not None

    verdict = _judged(lesson, title, starter.source, data)

    assert {finding.fault for finding in verdict.findings} == {Fault.FAILED}
    assert not set(verdict.messages_in("en")) & set(verdict.messages_in("ko"))


@pytest.mark.parametrize("title", WRONG)
def test_the_solution_of_an_exercise_passes_its_check(
    lesson: Lesson, data: dict[str, object], title: str
) -> None:
    verdict = _judged(lesson, title, _solution(lesson, title), data)

    assert verdict.messages_in("en") == ()


@pytest.mark.parametrize(
    ("title", "changes"), [(title, changes) for title in RIGHT for changes in RIGHT[title]]
)
def test_another_right_answer_passes_the_check(
    lesson: Lesson, data: dict[str, object], title: str, changes: tuple[str, ...]
) -> None:
    verdict = _judged(lesson, title, _changed(_solution(lesson, title), changes), data)

    assert verdict.messages_in("en") == ()


@pytest.mark.parametrize(
    ("title", "changes"), [(title, changes) for title in WRONG for changes in WRONG[title]]
)
def test_a_plausible_wrong_answer_fails_the_check(
    lesson: Lesson, data: dict[str, object], title: str, changes: tuple[str, ...]
) -> None:
    verdict = _judged(lesson, title, _changed(_solution(lesson, title), changes), data)

    assert {finding.fault for finding in verdict.findings} == {Fault.FAILED}


@pytest.mark.parametrize("title", WRONG)
def test_hints_come_in_three_layers(lesson: Lesson, title: str) -> None:
    exercise = _step(lesson, title).exercise
    assert exercise is not None

    assert [len(exercise.hints_in(language)) for language in ("en", "ko")] == [3, 3]


def _step(lesson: Lesson, title: str) -> Step:
    return next(step for step in lesson.steps if step.title == title)


def _solution(lesson: Lesson, title: str) -> str:
    exercise = _step(lesson, title).exercise
    assert exercise is not None
    return exercise.solution.source


def _changed(source: str, changes: tuple[str, ...]) -> str:
    """The source with the first of each pair in `changes` replaced by the second."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in source
        source = source.replace(old, new)
    return source


def _judged(lesson: Lesson, title: str, source: str, data: dict[str, object]) -> Verdict:
    exercise = _step(lesson, title).exercise
    assert exercise is not None
    names = {**data}
    exec(compile(source, title, "exec"), names)
    return judge(exercise, names, FILE)


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
