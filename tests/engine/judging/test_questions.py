from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch

from engine.judging.answers import Unanswerable, judge_curve, judge_number
from engine.lesson.model import (
    ChoiceQuestion,
    CurveQuestion,
    LessonError,
    NumberQuestion,
    Option,
    Tolerance,
)
from engine.loops.recorder import Recorder
from engine.protocol.curves import Shape
from engine.reading.questions import split_questions

FILE = Path("lesson.py")
EXACT = Tolerance(0.0, 0.0)

CHOICE = """\
What does the cost do?

- [ ] It rises
  The slope points uphill, and the update
  goes the other way.
- [x] It falls
  Downhill, a little each time."""


# The notation


def test_a_task_list_with_the_paragraph_above_it_is_a_choice() -> None:
    _, questions = split_questions(FILE, CHOICE, 1)

    assert questions == (
        ChoiceQuestion(
            text="What does the cost do?",
            options=(
                Option("It rises", "The slope points uphill, and the update goes the other way."),
                Option("It falls", "Downhill, a little each time."),
            ),
            right=1,
            line=3,
        ),
    )


def test_a_question_leaves_the_prose_around_it() -> None:
    prose, questions = split_questions(FILE, f"Before.\n\n{CHOICE}\n\nAfter.", 1)

    assert [part for part in prose.split("\n") if part] == ["Before.", "After."]
    assert len(questions) == 1


def test_prose_without_a_question_stays_as_it_is() -> None:
    text = "# A title\n\n- one\n- two\n\n```\n- [x] code\n```\n\n- [x](https://example.org) a link"

    assert split_questions(FILE, text, 1) == (text, ())


def test_a_code_fence_after_a_question_stays_in_the_prose() -> None:
    prose, _ = split_questions(FILE, f"{CHOICE}\n\n```\ncost\n```", 1)

    assert prose.strip() == "```\ncost\n```"


@pytest.mark.parametrize(
    ("written", "tolerance"),
    [
        ("± 10 %", Tolerance(0.0, 0.1)),
        ("±5%", Tolerance(0.0, 0.05)),
        ("± 0.5", Tolerance(0.5, 0.0)),
        ("± 1e-3", Tolerance(0.001, 0.0)),
        ("± 0", EXACT),
    ],
)
def test_a_question_mark_asks_for_a_number(written: str, tolerance: Tolerance) -> None:
    text = f"얼마가 될까요?\n\n- [?] `cost.item()` {written}\n  점점 느려집니다."

    _, questions = split_questions(FILE, text, 1)

    asked = NumberQuestion("얼마가 될까요?", "cost.item()", tolerance, "점점 느려집니다.", 3)
    assert questions == (asked,)


def test_a_tilde_asks_for_the_shape_of_a_curve() -> None:
    _, questions = split_questions(FILE, "How will it look?\n\n- [~] `cost`", 1)

    assert questions == (CurveQuestion("How will it look?", "cost", "", 3),)


def test_questions_keep_their_order_and_their_own_texts() -> None:
    text = f"{CHOICE}\n\nHow much?\n\n- [?] `w` ± 1\n\nWhich curve?\n- [~] `cost`"

    _, questions = split_questions(FILE, text, 1)

    texts = [question.text for question in questions]
    assert texts == ["What does the cost do?", "How much?", "Which curve?"]


@pytest.mark.parametrize("above", ["## A title", "```\ncost\n```"])
def test_a_question_may_stand_right_under_what_ends_itself(above: str) -> None:
    prose, (question,) = split_questions(FILE, f"{above}\nWhat then?\n- [ ] a\n- [x] b", 1)

    assert (prose, question.text) == (above, "What then?")


def test_a_question_does_not_take_the_text_of_the_one_before() -> None:
    with pytest.raises(LessonError, match="has no text"):
        split_questions(FILE, f"{CHOICE}\n\n# A title\n\n- [~] `cost`", 1)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("What?\n\n- [ ] a\n- [ ] b", 3, "has no right answer; write `- [x]`"),
        ("What?\n\n- [x] a\n- [x] b", 4, "keep exactly one `- [x]`"),
        ("What?\n\n- [x] a", 3, "has no wrong answer"),
        ("What?\n\n- [ ]\n- [x] b", 3, "this answer is empty"),
        ("- [ ] a\n- [x] b", 1, "has no text"),
        ("# What?\n\n- [ ] a\n- [x] b", 3, "has no text"),
        ("What?\n\n- [ ] a\n- b\n- [x] c", 4, "has no box"),
        ("What?\n\n- [x] a\nbecause\n- [ ] b", 4, "indent it by two spaces"),
        ("What?\n\n- [?] cost ± 1", 3, "has no expression"),
        ("What?\n\n- [?] `cost` 10", 3, "the tolerance cannot be read (10)"),
        ("What?\n\n- [?] `cost`", 3, "the tolerance cannot be read (nothing)"),
        ("What?\n\n- [?] `cost` ± -1", 3, "the tolerance cannot be read"),
        ("What?\n\n- [?] `cost = 3` ± 1", 3, "no Python expression"),
        ("What?\n\n- [~] cost", 3, "has no name"),
        ("What?\n\n- [?] `a` ± 1\n- [?] `b` ± 1", 4, "stand alone"),
        ("What?\n\n- [~] `cost`\n- [x] yes", 4, "stand alone"),
    ],
)
def test_a_mistake_in_a_question_is_named_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(LessonError) as caught:
        split_questions(FILE, text, 41)

    assert caught.value.line == 40 + line
    assert message in caught.value.message


def test_a_tolerance_is_told_as_it_is_written() -> None:
    assert str(Tolerance(0.0, 0.1)) == "± 10 %"
    assert str(Tolerance(0.5, 0.0)) == "± 0.5"


# Numbers


@pytest.mark.parametrize(
    ("prediction", "tolerance", "right"),
    [
        (108.0, Tolerance(0.0, 0.1), True),
        (111.0, Tolerance(0.0, 0.1), False),
        (99.5, Tolerance(0.5, 0.0), True),
        (99.4, Tolerance(0.5, 0.0), False),
        (100.0, EXACT, True),
    ],
)
def test_a_prediction_is_right_within_the_tolerance(
    prediction: float, tolerance: Tolerance, right: bool
) -> None:
    verdict = judge_number("cost * 2", {"cost": 50}, prediction, tolerance)

    assert (verdict.actual, verdict.right) == (100.0, right)


def test_a_tensor_of_one_element_is_a_number() -> None:
    w = torch.tensor([[2.5]], requires_grad=True)

    assert judge_number("w", {"w": w}, 2.5, EXACT).right


@pytest.mark.parametrize("actual", ["nan", "inf", "-inf"])
def test_a_number_that_is_not_finite_is_near_nothing_but_itself(actual: str) -> None:
    wide = Tolerance(0.0, 1.0)

    assert judge_number(f"float('{actual}')", {}, float(actual), wide).right
    assert not judge_number(f"float('{actual}')", {}, 3.0, wide).right


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("cots", "name 'cots' is not defined"),
        ("w", "3 elements, not one number"),
        ("'0.5'", "a str, not a number"),
        ("1 / 0", "ZeroDivisionError"),
        ("exit(3)", "SystemExit"),
    ],
)
def test_what_is_not_one_number_is_said_in_words(expression: str, message: str) -> None:
    namespace = {"w": torch.zeros(3), "exit": exit}

    with pytest.raises(Unanswerable) as caught:
        judge_number(expression, namespace, 0.0, EXACT)

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_expression_leaves_no_name_and_no_random_number() -> None:
    namespace: dict[str, object] = {"random": random, "torch": torch}
    random.seed(1)
    torch.manual_seed(1)
    expected = random.random(), torch.rand(1).item()
    random.seed(1)
    torch.manual_seed(1)

    judge_number("(made := random.random() + torch.rand(1).item())", namespace, 0.0, EXACT)

    assert sorted(namespace) == ["random", "torch"]
    assert (random.random(), torch.rand(1).item()) == expected


# Curves


def recorded(name: str, values: list[object]) -> Recorder:
    recorder = Recorder()
    for position, value in enumerate(values, 1):
        recorder.record(name, position, value)
    return recorder


def test_the_predicted_curve_is_judged_by_the_recorded_one() -> None:
    series = recorded("cost", [100.0, 10.0, 2.0, 1.1, 1.0, 1.0]).snapshot()

    assert judge_curve("cost", series, Shape.CONVERGES).right
    verdict = judge_curve("cost", series, Shape.DIVERGES)

    assert not verdict.right
    assert verdict.facts.shape is Shape.CONVERGES


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "recorded no cost"),
        ([torch.zeros(3)], "recorded no cost: it is a Tensor of 3 elements"),
        ([2.0, 1.0], "a shape takes at least 3"),
    ],
)
def test_a_curve_that_cannot_be_judged_says_why(values: list[object], message: str) -> None:
    series = recorded("cost", values).snapshot()

    with pytest.raises(Unanswerable, match=message):
        judge_curve("cost", series, Shape.CRAWLS)
