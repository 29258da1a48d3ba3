"""Rows of a pane and the text that they stand for: no app."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.rendering.code import draw_code, rows_of_code
from tui.rendering.palette import DARK
from tui.rendering.rows import (
    Row,
    StyledSpan,
    place_in,
    rows_of_lines,
    rows_to,
    text_between,
    text_lines,
    with_spans,
    word_at,
)

CODE = "cost = 1\n\nlearned = measure(weights, biases, batch)  # 비용을 한 번에 잰다\nprint(cost)"


def strips(*lines: str) -> list[Strip]:
    return [Strip([Segment(line)]) for line in lines]


def between(start: tuple[int, int] | None, end: tuple[int, int] | None) -> str:
    return text_between(CODE.split("\n"), 0, start, end)


def code(width: int) -> tuple[list[Strip], tuple[Row, ...]]:
    return draw_code(CODE, 98, 100, width, DARK), rows_of_code(CODE, 98, width, DARK)


def test_wrapped_code_is_whole_again_without_its_numbers() -> None:
    for width in (200, 60, 34, 20):
        assert "\n".join(text_lines(*code(width))) == CODE


def test_a_part_goes_from_its_first_place_to_before_its_last() -> None:
    assert between((0, 5), (2, 7)) == "= 1\n\nlearned"
    assert between((2, 45), (2, 49)) == "비용을 "


def test_no_place_is_the_start_or_the_end_of_the_text() -> None:
    assert between(None, (0, 4)) == "cost"
    assert between((3, 6), None) == "cost)"
    assert between(None, None) == CODE
    assert text_between([], 0, None, None) == ""


def test_a_text_may_have_lost_its_first_lines() -> None:
    lines = ["seven", "eight", "nine"]

    assert text_between(lines, 7, (8, 0), (8, 5)) == "eight"
    assert text_between(lines, 7, (2, 3), (7, 3)) == "sev"
    assert text_between(lines, 7, (2, 0), (3, 3)) == ""


def test_spaces_that_fill_a_line_are_none_of_it() -> None:
    shown = strips("seven   ")

    assert text_lines(shown, rows_of_lines(shown, 7)) == ["seven"]


def test_a_cell_is_of_the_letter_that_covers_it() -> None:
    (strip,) = strips(" 7 비용 = 1")
    row = Row(6, 0, 3, 6)

    assert [place_in(strip, row, cell)[1] for cell in range(3, 10)] == [0, 0, 1, 1, 2, 3, 4]


def test_beside_the_text_its_nearer_end_counts() -> None:
    (strip,) = strips(" 7 cost    made")
    row = Row(6, 10, 3, 4)

    assert place_in(strip, row, 0) == (6, 10)
    assert place_in(strip, row, -2) == (6, 10)
    assert place_in(strip, row, 12) == (6, 14)


def test_a_span_of_a_line_is_lit_in_each_row_that_shows_a_part_of_it() -> None:
    lit = Style(reverse=True)
    first, second = strips("  7 가나다", "    라마바 made")
    rows = [Row(0, 0, 4, 3), Row(0, 3, 4, 3)]

    shown = [
        [
            segment.text
            for segment in with_spans(strip, row, [StyledSpan(2, 5, lit)])
            if segment.style
        ]
        for strip, row in zip((first, second), rows, strict=True)
    ]

    assert shown == [["다"], ["라마"]]


def test_a_word_reaches_to_what_is_no_letter_of_it() -> None:
    line = "cost_1 += 비용[0]  # end"

    words = [line[slice(*word_at(line, column))] for column in (0, 5, 6, 7, 10, 11, 12, 13, 20, 99)]

    assert words == ["cost_1", "cost_1", " ", "+=", "비용", "비용", "[", "0", "end", ""]


def test_a_part_of_a_line_is_found_with_the_rows_that_lead_to_it() -> None:
    rows = [Row(0, 0, 4, 8), Row(2, 0, 4, 20), Row(2, 20, 8, 16), Row(2, 36, 8, 6), Row(3, 0, 4, 5)]

    assert rows_to(rows, 2, 30, 34, most=9) == range(1, 3)
    assert rows_to(rows, 2, 3, 5, most=9) == range(1, 2)
    assert rows_to(rows, 2, 40, 41, most=2) == range(3, 4)
    assert rows_to(rows, 1, 0, 1, most=9) == range(0)
