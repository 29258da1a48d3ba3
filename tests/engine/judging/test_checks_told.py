"""What is told of each check of an exercise: what it is called, and whether it holds."""

from __future__ import annotations

import pytest
from judged import LESSON, exercise_of, judged

from engine.judging.exercises import judge, unfinished
from engine.protocol.verdicts import Check, Fault, Verdict
from engine.stopping.exceptions import LessonStopped


def told(verdict: Verdict, language: str = "en") -> list[tuple[str, bool | None]]:
    return [(check.words.in_language(language), check.holds) for check in verdict.checks]


def test_each_check_is_judged_though_one_before_it_fails() -> None:
    verdict = judged("assert cost < 1, 'low'\nassert cost > 0, 'positive'", cost=7.0)

    assert told(verdict) == [("low", False), ("positive", True)]
    assert (verdict.held, verdict.count) == (1, 2)


def test_a_check_is_called_by_what_its_message_says_must_hold() -> None:
    check = 'assert cost < 1, {"en": f"the cost must fall; it is {cost}", "ko": f"줄 것. {cost}"}'

    assert told(judged(check, cost=0.5)) == [("the cost must fall", True)]
    assert told(judged(check, cost=0.5), "ko") == [("줄 것", True)]
    assert told(judged(check, cost=7.0)) == [("the cost must fall", False)]


def test_a_check_whose_message_begins_with_a_value_is_called_by_the_value_of_now() -> None:
    verdict = judged('assert cost < limit, f"{limit} is the limit; it is {cost}"', cost=0, limit=1)

    assert told(verdict) == [("1 is the limit", True)]


def test_a_check_whose_message_suits_only_a_failure_is_called_by_its_source() -> None:
    verdict = judged('assert not wrong, f"{wrong[0]} is wrong"', wrong=[])

    assert told(verdict) == [("assert not wrong", True)]


def test_a_check_that_is_not_reached_is_called_by_its_message_with_gaps_for_values() -> None:
    check = (
        "assert cost < 1, 'low'\n"
        "if cost < 1:\n    share = 1 / cost\n    assert share > 2, "
        '{"en": f"of {n} {share:.0%} must be right; no", "ko": f"{n}장의 {share:.0%}를. 아니"}'
    )

    verdict = judged(check, cost=7.0)

    assert told(verdict)[1] == ("of … … must be right", None)
    assert told(verdict, "ko")[1] == ("…장의 …를", None)


def test_a_number_in_a_message_is_no_end_of_what_must_hold() -> None:
    verdict = judged("assert cost < 1, 'below 0.5, as SGD brings it. Yours is not'", cost=0)

    assert told(verdict) == [("below 0.5, as SGD brings it", True)]


def test_what_needs_a_statement_that_failed_is_not_reached() -> None:
    verdict = judged("out = model(3)\nassert out == 6, 'six'\nassert cost == 0, 'none'", cost=0)

    assert [check.is_counted for check in verdict.checks] == [False, True, True]
    assert told(verdict)[1:] == [("six", None), ("none", True)]
    assert (verdict.held, verdict.count) == (1, 2)


def test_of_lines_that_prepare_only_the_first_to_miss_a_name_is_told() -> None:
    verdict = judged("size = len(cost)\ntwice = 2 * len(cost)\nassert size < twice, 'smaller'")

    assert [check.is_counted for check in verdict.checks] == [False, True]
    assert [finding.fault for finding in verdict.findings] == [Fault.MISSING]
    assert told(verdict)[1:] == [("smaller", None)]


def test_an_assertion_that_a_branch_leaves_out_is_not_reached_where_another_failed() -> None:
    check = "assert cost < 1, 'low'\nif cost < 1:\n    assert cost > 0, 'positive'"

    assert told(judged(check, cost=7.0)) == [("low", False), ("positive", None)]
    assert told(judged(check, cost=0.5)) == [("low", True), ("positive", True)]


def test_a_loop_over_nothing_has_nothing_against_it() -> None:
    verdict = judged("for w in weights:\n    assert w > 0, 'positive'", weights=[])

    assert verdict.passed
    assert told(verdict) == [("positive", True)]


def test_a_call_that_asserts_is_a_check_and_one_that_prepares_is_none() -> None:
    check = (
        "import torch\ntorch.manual_seed(0)\n"
        "def positive(w):\n    assert w > 0\n"
        "positive(cost)\ntorch.testing.assert_close(cost, 1.0)"
    )

    verdict = judged(check, cost=1.0)

    assert told(verdict) == [
        ("positive(cost)", True),
        ("torch.testing.assert_close(cost, 1.0)", True),
    ]


def test_a_check_without_end_leaves_those_after_it_unjudged() -> None:
    exercise = exercise_of(
        "assert cost == 0, 'none'\nassert endless(), 'soon'\nassert cost < 1, 'low'"
    )
    so_far: list[Check] = []

    def endless() -> None:
        raise LessonStopped

    with pytest.raises(LessonStopped) as stopped:
        judge(exercise, {"cost": 0, "endless": endless}, LESSON, so_far)
    verdict = unfinished(exercise, so_far, stopped.value, 10.0)

    assert told(verdict) == [("none", True), ("soon", False), ("low", None)]
    assert [finding.fault for finding in verdict.findings] == [Fault.ENDLESS]
