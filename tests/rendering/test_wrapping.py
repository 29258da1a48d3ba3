"""Lines that are longer than their pane: where they are broken."""

from __future__ import annotations

import pytest
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.scrollback.wrapping import wrap_strip

RED = Style(color=Color.from_ansi(1))


def test_a_short_strip_is_not_wrapped() -> None:
    strip = Strip([Segment("cost")])

    assert wrap_strip(strip, 4) == [strip]


@pytest.mark.parametrize(
    "text", ["abcdefgh" * 3, "가나다라마바사", "a가b나c다d라", "가" + "e\u0301" * 9]
)
@pytest.mark.parametrize("width", [2, 3, 5, 7])
def test_wrapping_keeps_every_character_whole(text: str, width: int) -> None:
    strip = Strip([Segment(text[:5], RED), Segment(text[5:])])

    pieces = wrap_strip(strip, width)

    assert "".join(piece.text for piece in pieces) == text
    assert max(piece.cell_length for piece in pieces) <= width


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("cost 0.125 falls slowly", ["cost 0.125 ", "falls slowly"]),
        ("1.2345, 6.7890, 1.5", ["1.2345, ", "6.7890, 1.5"]),
        ("a verylongwordindeed", ["a verylongwo", "rdindeed"]),
        ("exactlytwelv then", ["exactlytwelv", "then"]),
        ("exactlytwelv exactlytwelv x", ["exactlytwelv", "exactlytwelv", "x"]),
        ("    indented far beyond", ["    indented", "far beyond"]),
        ("손실이천천히 줄어든다", ["손실이천천히", "줄어든다"]),
        ("lined up far    apart", ["lined up far", "    apart"]),
        ("손실이 천천히 줄어든다", ["손실이 ", "천천히 ", "줄어든다"]),
        ("one two three four", ["one two ", "three four"]),
    ],
)
def test_lines_break_between_words_where_that_is_near(text: str, pieces: list[str]) -> None:
    wrapped = wrap_strip(Strip([Segment(text[:3], RED), Segment(text[3:])]), 12)

    assert [piece.text for piece in wrapped] == pieces


def test_a_syllable_wider_than_the_pane_stands_alone() -> None:
    pieces = wrap_strip(Strip([Segment("가나")]), 1)

    assert [piece.text for piece in pieces] == ["가", "나"]


def test_a_width_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="0 cells"):
        wrap_strip(Strip([Segment("cost")]), 0)
