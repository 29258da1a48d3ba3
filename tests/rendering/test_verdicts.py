"""What a run says to the learner: each remark's mark, and its lines."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from engine.lesson.model import CurveQuestion, LocalText, NumberQuestion, Tolerance
from engine.protocol.curves import CurveFacts, Reason, Shape
from engine.protocol.verdicts import (
    Check,
    CheckFinding,
    CurveVerdict,
    Fault,
    NumberVerdict,
    Verdict,
)
from tui.language.catalogue import translator
from tui.rendering.palette import DARK
from tui.rendering.remarks import Remark, draw_remarks, draw_remarks_within
from tui.words.attempts import attempt_remarks
from tui.words.predictions import prediction_sentence
from tui.words.questions import AskedQuestion, tells_news


def lines(text: str, is_good: bool | None, width: int = 40, *, in_ascii: bool = False) -> list[str]:
    drawn = draw_remarks([Remark(text, is_good)], width, DARK, in_ascii=in_ascii)
    return [strip.text.rstrip() for strip in drawn]


@pytest.mark.parametrize(
    ("is_good", "mark", "ascii_mark"), [(True, "✓", "+"), (False, "✗", "x"), (None, "·", "-")]
)
def test_right_and_wrong_can_be_told_without_colour(
    is_good: bool | None, mark: str, ascii_mark: str
) -> None:
    assert lines("it is 4", is_good) == [f"{mark} it is 4"]
    assert lines("it is 4", is_good, in_ascii=True) == [f"{ascii_mark} it is 4"]


def test_a_long_remark_hangs_under_its_own_words() -> None:
    first, second, *_ = lines("cost가 처음보다 커져야 합니다. 끝난 cost: 1.564", False, 24)

    assert first.startswith("✗ cost")
    assert second.startswith("  ")
    assert max(cell_len(first), cell_len(second)) <= 24


def test_a_long_remark_is_broken_between_words() -> None:
    wrapped = lines("it converged: from 29,662 to 1.567, where it levelled off", True, 24)

    assert wrapped == ["✓ it converged: from", "  29,662 to 1.567, where", "  it levelled off"]


LONG = "the cost must come to 1.564, as SGD brings it; yours came to 1.61"


def within(height: int, *remarks: Remark) -> list[str]:
    drawn = draw_remarks_within(remarks, 24, height, DARK, "{} more".format, in_ascii=False)
    return [strip.text.rstrip() for strip in drawn]


def test_what_has_room_is_drawn_whole() -> None:
    assert within(9, Remark(LONG, True)) == lines(LONG, True, 24)


def test_where_room_is_scarce_what_holds_takes_one_line_and_what_fails_all() -> None:
    shown = within(4, Remark(LONG, True), Remark(LONG, False))

    assert shown == ["✓ the cost must come to…", *lines(LONG, False, 24)]


WARNING = Remark("cost grew: take a smaller learning rate", False, is_warning=True)


def test_where_there_is_no_room_what_warns_is_left_out_first_and_then_what_holds() -> None:
    passed = [Remark("all pass", True), Remark("first", True)]

    assert within(4, *passed, WARNING) == [
        "✓ all pass",
        "✓ first",
        "⚠ cost grew: take a",
        "  smaller learning rate",
    ]
    assert within(3, *passed, WARNING) == ["✓ all pass", "✓ first", "⚠ cost grew: take a…"]
    assert within(2, *passed, WARNING) == ["✓ all pass", "2 more"]


def test_what_fails_is_whole_before_others_have_room() -> None:
    remarks = [Remark(LONG, True), Remark(LONG, False), Remark("reached", None)]

    assert within(4, *remarks) == [*lines(LONG, False, 24), "2 more"]
    assert within(3, *remarks) == [lines(LONG, False, 24)[0], "  1.564, as SGD brings…", "2 more"]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault.MISSING, "검사에 필요한 이름이 코드에 없습니다: softmax"),
        (Fault.NOTHING, "softmax 함수가 None을 돌려줬습니다. return을 빠뜨리지 않았나요?"),
        (Fault.UNFIT, "모델에 int64 [3] 텐서를 넣으니 오류가 났습니다: softmax"),
        (
            Fault.RAISED,
            "모델에 int64 [3] 텐서를 넣으니 코드의 7번째 줄에서 오류가 났습니다: softmax",
        ),
        (Fault.BROKEN, "코드가 만든 것을 검사에서 쓸 수 없습니다: softmax"),
    ],
)
def test_what_is_not_in_the_authors_words_is_told_in_the_readers_without_the_checks_line(
    fault: Fault, told: str
) -> None:
    finding = CheckFinding(fault, 7, LocalText({"": "softmax"}), given="int64 [3]")
    prepares = Check(LocalText({"": "out = softmax(table)"}), None, finding, is_counted=False)
    verdict = Verdict((prepares,))

    [remark] = attempt_remarks(
        verdict, "ko", translator("ko"), is_last=False, is_solution_shown=False
    )

    assert remark.text == told


@pytest.mark.parametrize(
    ("is_last", "is_solution_shown", "told"),
    [
        (False, False, "Every check passes. n goes on, v shows the author's solution."),
        (False, True, "Every check passes. n goes on."),
        (True, False, "Every check passes. v shows the author's solution."),
        (True, True, "Every check passes."),
    ],
)
def test_a_pass_names_what_there_is_to_do_next(
    is_last: bool, is_solution_shown: bool, told: str
) -> None:
    verdict = Verdict((Check(LocalText({"": "b must be 1"}), holds=True),))

    [first, _] = attempt_remarks(
        verdict, "en", translator("en"), is_last=is_last, is_solution_shown=is_solution_shown
    )

    assert first == Remark(told, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("b must end above … of 9", "b must end above 5 of 9; it is 2"),
        ("b must end", "b must end above 5 of 9; it is 2"),
        ("", "b must end above 5 of 9; it is 2"),
        ("c must be …", "c must be …: b must end above 5 of 9; it is 2"),
    ],
)
def test_what_must_hold_is_said_once(words: str, told: str) -> None:
    finding = CheckFinding(Fault.FAILED, 7, LocalText({"": "b must end above 5 of 9; it is 2"}))
    verdict = Verdict((Check(LocalText({"": words}), False, finding),))

    [remark] = attempt_remarks(
        verdict, "en", translator("en"), is_last=False, is_solution_shown=False
    )

    assert remark.text == told


@pytest.mark.parametrize(
    ("predicted", "told"),
    [
        (2.0, "cost: 내 답은 '2'이었고, 실제로 2입니다"),
        (3.0, "cost: 내 답은 '3'이었지만, 실제로는 2입니다"),
    ],
)
def test_a_prediction_and_what_came_make_one_sentence(predicted: float, told: str) -> None:
    question = NumberQuestion("", "cost", Tolerance(0.1, 0.0), "", 1)
    verdict = NumberVerdict(2.0, predicted == 2.0)

    said = prediction_sentence(question, predicted, verdict, translator("ko"))

    assert said == told


@pytest.mark.parametrize(
    ("pace", "told"),
    [(0.12, "fell at only 12% of its average pace"), (0.002, "hardly fell at all")],
)
def test_a_curve_that_lies_level_is_not_said_to_fall_at_no_pace(pace: float, told: str) -> None:
    facts = CurveFacts(Reason.LEVELLED_OFF, 29.0, 1.5, 1.5, 0, pace, None)
    verdict = CurveVerdict(facts, True)

    said = prediction_sentence(
        CurveQuestion("", "cost", "", 1), Shape.CONVERGES, verdict, translator("en")
    )

    assert said.endswith(told)


def test_only_what_was_not_told_before_is_news() -> None:
    question = NumberQuestion("", "cost", Tolerance(0.1, 0.0), "", 1)
    unanswered, waiting = AskedQuestion(question), AskedQuestion(question, 2.0)
    told = AskedQuestion(question, 2.0, True, NumberVerdict(2.0, right=True))
    gone_back = AskedQuestion(question, 2.0, True)
    another = AskedQuestion(question, 2.0, True, NumberVerdict(1.0, right=False))

    assert not tells_news(None, unanswered)
    assert not tells_news(None, waiting)
    assert tells_news(None, told)
    assert not tells_news(told, gone_back)
    assert not tells_news(told, told)
    assert tells_news(told, another)
    assert tells_news(gone_back, told)
