from pathlib import Path

import pytest
from playing import Player

from engine.answers import CurveVerdict, NumberVerdict
from engine.events import PredictionJudged
from engine.lesson import CurveQuestion, Lesson, NumberQuestion
from engine.reader import read_lesson
from engine.session import Session
from engine.shapes import Shape

FILE = Path(__file__).parents[2] / "lessons" / "05_optimizers.py"


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


@pytest.fixture(scope="module")
def verdicts(lesson: Lesson) -> dict[str, NumberVerdict | CurveVerdict]:
    """What the run says of each prediction, by the title of its cell."""
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
    return {
        lesson.steps[event.step].title: event.verdict
        for event in player.events()
        if isinstance(event, PredictionJudged)
    }


def test_the_run_answers_every_number_that_is_asked(
    verdicts: dict[str, NumberVerdict | CurveVerdict],
) -> None:
    actual = {
        title: verdict.actual
        for title, verdict in verdicts.items()
        if isinstance(verdict, NumberVerdict)
    }

    assert actual == {
        "SGD in the ravine": pytest.approx(-1.2, abs=1e-4),
        "Momentum and Nesterov by hand": pytest.approx(9.948, abs=1e-3),
        "AdaGrad and RMSProp by hand": pytest.approx(1.0, abs=1e-4),
        "Ten layers of tanh": pytest.approx(0.08, abs=2e-3),
        "Gradients of ten layers": pytest.approx(5.7, abs=0.1),
    }


def test_the_range_test_diverges_and_noise_leaves_a_level(
    verdicts: dict[str, NumberVerdict | CurveVerdict],
) -> None:
    shapes = {
        title: verdict.facts.shape
        for title, verdict in verdicts.items()
        if isinstance(verdict, CurveVerdict)
    }

    assert shapes == {
        "The range test": Shape.DIVERGES,
        "Four points at a time": Shape.CONVERGES,
    }
