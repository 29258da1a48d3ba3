"""Lines in colours that are cut."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.rendering.strips import cut_strip

RED = Style(color="red")


def test_a_line_that_has_room_stays() -> None:
    strip = Strip([Segment("cost 0.5", RED)])

    assert cut_strip(strip, 8) is strip


@pytest.mark.parametrize(
    ("width", "ellipsis", "shown"),
    [(6, "…", "cost …"), (6, "...", "cos..."), (1, "…", "…"), (0, "…", ""), (2, "...", "..")],
)
def test_what_is_left_out_is_marked_in_the_colour_of_its_end(
    width: int, ellipsis: str, shown: str
) -> None:
    strip = cut_strip(Strip([Segment("cost "), Segment("0.5", RED)]), width, ellipsis)

    assert strip.text == shown


def test_a_wide_letter_is_never_halved() -> None:
    strip = cut_strip(Strip([Segment("비용이 줄어듭니다")]), 6)

    assert strip.cell_length <= 6
    assert strip.text.endswith("…")
