"""What the run says to a prediction: numbers and curves are judged; no question is asked here.

Call these on the thread that runs the lesson: an expression reads values that training writes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from engine.judging.shapes import TooShort, explain
from engine.lesson.model import Tolerance
from engine.protocol.curves import Shape
from engine.protocol.frame import SeriesSnapshot
from engine.protocol.verdicts import CurveVerdict, NumberVerdict
from engine.stopping.exceptions import LessonStopped
from engine.values.randomness import random_state_kept
from engine.values.scalars import as_floats, kept_apart, not_one_number


class Unanswerable(Exception):
    """The run gives no answer; the message says why, on one line."""


def judge_number(
    expression: str, namespace: Mapping[str, object], prediction: float, tolerance: Tolerance
) -> NumberVerdict:
    """What `expression` is among the lesson's names, against a prediction of it.

    Names that the expression makes and random numbers that it draws leave no trace. Raises
    Unanswerable where it raises, or is not one number (a tensor of one element is).
    """
    actual = _evaluated(expression, namespace)
    if math.isnan(actual):
        return NumberVerdict(actual, math.isnan(prediction))
    if math.isinf(actual):
        return NumberVerdict(actual, prediction == actual)
    return NumberVerdict(actual, abs(prediction - actual) <= tolerance.around(actual))


def judge_curve(name: str, series: Iterable[SeriesSnapshot], prediction: Shape) -> CurveVerdict:
    """Which shape the curve called `name` has, against a prediction of it.

    Raises Unanswerable where the run recorded no such curve, or one that is too short.
    """
    found = next((each for each in series if each.name == name), None)
    if found is None or not found.count:
        why = found.rejected if found is not None else None
        raise Unanswerable(f"the run recorded no {name}" + (f": it is {why}" if why else ""))
    try:
        facts = explain(found)
    except TooShort as error:
        raise Unanswerable(str(error)) from error
    return CurveVerdict(facts, facts.shape is prediction)


def _evaluated(expression: str, namespace: Mapping[str, object]) -> float:
    try:
        with random_state_kept():
            value = eval(
                compile(expression, "<question>", "eval", dont_inherit=True), {**namespace}
            )
    except LessonStopped:
        raise
    except BaseException as error:  # whatever it raises is told as its own
        told = " ".join(f"{type(error).__name__}: {error}".split())
        raise Unanswerable(f"`{expression}` cannot be computed ({told})") from error
    number = as_number(value)
    if number is None:
        raise Unanswerable(f"`{expression}` is {not_one_number(value)}")
    return number


def as_number(value: object) -> float | None:
    """A number or a tensor of one element as a float; None for anything else."""
    kept = kept_apart(value)
    if kept is None:
        return None
    floats, refused = as_floats((kept,))
    return None if refused else float(floats[0])
