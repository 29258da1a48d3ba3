"""What is told of a learner's function that has no return."""

from __future__ import annotations

from typing import Any

import pytest
from judged import LESSON, attempt, exercise_of

from engine.judging.exercises import judge
from engine.protocol.verdicts import Fault

SOLUTION = (
    "def double(x):\n    return 2 * x\n"
    "class Net:\n    def forward(self, x):\n        return 2 * x\n"
)


@pytest.mark.parametrize(
    "check",
    [
        "assert double(2) == 4",
        "first, second = double(2), double(3)\nassert first + second == 10",
        "assert [*map(double, [1, 2])] == [2, 4]",
    ],
)
def test_a_function_that_forgot_its_return_is_told_once_and_by_its_name(check: str) -> None:
    namespace = attempt("def double(x):\n    2 * x\n")

    verdict = judge(exercise_of(check, solution=SOLUTION), namespace, LESSON)

    assert [finding.fault for finding in verdict.findings] == [Fault.NOTHING]
    assert verdict.messages_in("en") == ("`double` returned None: is `return` missing?",)


def test_a_method_that_forgot_its_return_is_told_and_left_as_it_was() -> None:
    namespace = attempt("class Net:\n    def forward(self, x):\n        2 * x\n")
    made: Any = namespace["Net"]
    own = made.forward

    verdict = judge(
        exercise_of("assert Net().forward(2) == 4", solution=SOLUTION), namespace, LESSON
    )

    assert verdict.messages_in("en") == ("`Net.forward` returned None: is `return` missing?",)
    assert made.forward is own
    assert made().forward(2) is None


def test_a_function_that_need_not_return_anything_may_return_none() -> None:
    namespace = attempt("def shout(x):\n    pass\ndef find(x):\n    return None\n")
    solution = (
        "def shout(x):\n    print(x)\ndef find(x):\n    if x:\n        return 1\n    return None"
    )

    verdict = judge(
        exercise_of("assert shout(1) is None\nassert find(0) is None", solution=solution),
        namespace,
        LESSON,
    )

    assert verdict.passed
