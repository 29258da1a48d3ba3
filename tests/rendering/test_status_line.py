"""The player's top line: exact width, whole characters, and what it leaves out first."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from engine.protocol.outcomes import Outcome
from tui.rendering.palette import DARK, LIGHT
from tui.rendering.status_line import draw_status

ENGLISH = ("Gradient descent and linear regression", "Training with plain tensors")
KOREAN = ("경사하강법과 다중 선형 회귀", "텐서로 직접 학습하기")
OUTCOMES = [Outcome.DONE, Outcome.FAILED, Outcome.STOPPED, None]


def line(
    titles: tuple[str, str] = ENGLISH,
    width: int = 80,
    state: tuple[str, ...] = ("ready", "cpu"),
    *,
    word: str = "",
    under_way: int | None = None,
    done_before: tuple[int, ...] = (),
    unsolved: tuple[int, ...] = (),
    sweep: float = 1.0,
    in_ascii: bool = False,
) -> Strip:
    lesson, step = titles
    return draw_status(
        lesson,
        step,
        1,
        OUTCOMES,
        state,
        width,
        DARK,
        word=word,
        under_way=under_way,
        done_before=done_before,
        unsolved=unsolved,
        sweep=sweep,
        in_ascii=in_ascii,
    )


def colour_of(strip: Strip, text: str) -> str:
    found = next(part for part in strip if text in part.text)
    assert found.style is not None
    assert found.style.color is not None
    return found.style.color.get_truecolor().hex


@pytest.mark.parametrize("titles", [ENGLISH, KOREAN], ids=["english", "korean"])
def test_the_line_fills_its_width_exactly(titles: tuple[str, str]) -> None:
    widths = range(24, 201)

    assert [cell_len(line(titles, width).text) for width in widths] == list(widths)


@pytest.mark.parametrize("width", [40, 41, 42, 43, 80, 81])
def test_no_korean_letter_is_cut_in_two(width: int) -> None:
    letters = set("".join(KOREAN))

    shown = {letter for letter in line(KOREAN, width).text if cell_len(letter) == 2}

    assert shown <= letters
    assert "�" not in line(KOREAN, width).text


def test_a_step_under_way_has_a_mark_of_its_own() -> None:
    assert "●✗◐◔" in line(under_way=3).text
    assert "●✗◔○" in line(under_way=2).text
    assert "#x/@" in line(under_way=3, in_ascii=True).text


@pytest.mark.parametrize("titles", [ENGLISH, KOREAN], ids=["english", "korean"])
def test_a_wide_line_says_everything(titles: tuple[str, str]) -> None:
    text = line(titles, 200, ("running", "at most 10 it/s", "cuda:0")).text

    for part in (*titles, "2/4", "running  at most 10 it/s  cuda:0"):
        assert part in text


@pytest.mark.parametrize("titles", [ENGLISH, KOREAN], ids=["english", "korean"])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_state_and_number_of_the_step_are_never_left_out(
    titles: tuple[str, str], width: int
) -> None:
    text = line(titles, width).text

    assert " 2/4 " in text
    assert text.endswith("ready  cpu ")


def test_the_lessons_title_is_cut_before_the_steps() -> None:
    text = line(ENGLISH, 80).text

    assert ENGLISH[1] in text
    assert "…" in text
    assert ENGLISH[0] not in text


def test_of_the_lessons_title_a_dozen_cells_stay() -> None:
    titles = ("A lesson of many long words", "A step that has a longer title")

    assert line(titles, 67).text.startswith(
        " A lesson of … ●✗◐○ 2/4 A step that has a longer title  "
    )
    assert line(titles, 61).text.startswith(
        " A lesson of… ●✗◐○ 2/4 A step that has a longer…  ready"
    )


def test_a_step_is_marked_by_how_it_ended() -> None:
    assert "●✗◐○" in line(width=120).text
    assert "#x/o" in line(width=120, in_ascii=True).text


def test_a_step_done_in_an_earlier_run_has_a_mark_of_its_own() -> None:
    assert "●✗◐◎" in line(width=120, done_before=(3,)).text
    assert "#x/*" in line(width=120, done_before=(3,), in_ascii=True).text


def test_how_a_step_ended_now_counts_more_than_that_it_was_done_earlier() -> None:
    assert "●✗◐○" in line(width=120, done_before=(0, 1, 2)).text


def test_an_exercise_is_marked_until_its_checks_pass() -> None:
    assert "◇✗◐◇" in line(width=120, unsolved=(0, 1, 2, 3)).text
    assert "?x/?" in line(width=120, unsolved=(0, 1, 2, 3), in_ascii=True).text


def test_the_step_that_is_shown_is_underlined() -> None:
    marks = [part for part in line(width=120) if part.text in set("●✗◐○")]

    assert [bool(part.style and part.style.underline) for part in marks] == [
        *(False, True, False, False)
    ]


def test_the_marks_go_where_there_is_no_room_for_them() -> None:
    assert "●" not in line(width=40).text


@pytest.mark.parametrize(
    ("word", "colour"),
    [
        ("running", DARK.good),
        ("paused", DARK.warning),
        ("failed", DARK.bad),
        ("cannot run", DARK.bad),
        ("ready", DARK.dim),
    ],
)
def test_the_state_has_its_colour(word: str, colour: str) -> None:
    assert colour_of(line(state=(word, "cpu"), word=word), word) == colour


def test_the_state_has_its_colour_in_every_language() -> None:
    assert colour_of(line(state=("3단계 실행 중", "cpu"), word="running"), "실행 중") == DARK.good


def test_empty_words_of_the_state_leave_no_gap() -> None:
    assert line(state=("ready", "", "", "cpu")).text.endswith("ready  cpu ")


def test_the_light_palette_is_used_when_it_is_given() -> None:
    strip = draw_status(*ENGLISH, 0, OUTCOMES, ("ready",), 120, LIGHT)

    assert isinstance(next(iter(strip)), Segment)
    assert colour_of(strip, ENGLISH[0]) == LIGHT.accent


@pytest.mark.parametrize("sweep", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_a_light_that_goes_over_the_words_moves_none_of_them(sweep: float) -> None:
    assert line(state=("✓ 3 of 3 checks", "cpu"), sweep=sweep).text == (
        line(state=("✓ 3 of 3 checks", "cpu")).text
    )


def test_the_light_is_on_some_of_the_words_and_in_the_end_on_none() -> None:
    def lit(sweep: float) -> str:
        strip = line(state=("✓ 3 of 3 checks", "cpu"), sweep=sweep)
        return "".join(part.text for part in strip if part.style and part.style.reverse)

    assert lit(0.5)
    assert lit(0.2) != lit(0.5)
    assert not lit(1.0)
