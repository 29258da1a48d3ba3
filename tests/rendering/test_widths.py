"""Text measured, cut and padded by terminal cells."""

from __future__ import annotations

import unicodedata

import pytest

from tui.rendering.widths import cell_width, cut, pad, pad_left, split_at

DECOMPOSED = unicodedata.normalize("NFD", "한글")


@pytest.mark.parametrize(
    ("text", "width"),
    [("cost", 4), ("비용", 4), ("ŷ", 1), ("y\u0302", 1), (DECOMPOSED, 4), ("", 0)],
)
def test_width_counts_cells_and_not_characters(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("hypothesis", 10, "hypothesis"),
        ("hypothesis", 5, "hypo…"),
        ("가중치", 6, "가중치"),
        ("가중치", 5, "가중…"),
        ("가중치", 4, "가…"),
        ("가중치", 1, "…"),
        ("가중치", 0, ""),
    ],
)
def test_cutting_never_halves_a_character(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_cutting_with_a_long_ellipsis_stays_within_the_width() -> None:
    assert cut("hypothesis", 6, "...") == "hyp..."
    assert cut("hypothesis", 2, "...") == ".."


def test_padding_fills_the_cell_that_half_a_korean_character_would_take() -> None:
    assert pad("가중치", 4) == "가… "
    assert pad("비용", 6) == "비용  "
    assert pad_left("비용", 6) == "  비용"


def test_a_mark_stays_with_its_letter() -> None:
    assert split_at("ay\u0302b", 2) == ("ay\u0302", "b")


def test_the_parts_of_a_decomposed_syllable_stay_together() -> None:
    first, rest = split_at(DECOMPOSED, 2)

    assert unicodedata.normalize("NFC", first) == "한"
    assert unicodedata.normalize("NFC", rest) == "글"


def test_a_joined_emoji_is_not_split() -> None:
    family = "👩\u200d👧"

    first, rest = split_at(f"a{family}b", 3)

    assert (first, rest) == (f"a{family}", "b")
