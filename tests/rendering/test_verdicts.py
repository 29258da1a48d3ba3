"""What a run says to the learner: each remark's mark, and its lines."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.rendering.palette import DARK
from tui.rendering.verdicts import Remark, draw_remarks


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
