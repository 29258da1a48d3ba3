"""The shapes that the explanations of lessons 1 and 2 count on: the run that judges has them."""

from __future__ import annotations

import pytest
from golden import FOLDER
from playing import Player

from engine.judging.shapes import classify
from engine.kernel.session import Session
from engine.lesson.model import CurveQuestion
from engine.protocol.curves import Shape
from engine.reading.reader import read_lesson

ASKED = [
    ("01_logistic_regression", "Training the class", Shape.CRAWLS),
    ("02_softmax", "The first 300 epochs", Shape.BOUNCES),
]


@pytest.mark.parametrize(("name", "title", "shape"), ASKED, ids=[name for name, *_ in ASKED])
def test_a_curve_has_the_shape_that_its_explanation_explains(
    name: str, title: str, shape: Shape
) -> None:
    lesson = read_lesson(FOLDER / f"{name}.py")
    step = next(step for step in lesson.steps if step.title == title)
    session = Session(lesson)
    session.start()

    try:
        Player(session).run(step.index)
        assert session.frame is not None
        [cost] = [series for series in session.frame.series if series.name == "cost"]
    finally:
        session.close()

    assert any(isinstance(asked, CurveQuestion) for asked in step.questions_in("en"))
    assert classify(cost) is shape
