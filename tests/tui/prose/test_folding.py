"""With which row a text begins that has only a few rows."""

from __future__ import annotations

import pytest

from tui.prose.folding import first_row

END = range(30, 30)


@pytest.mark.parametrize(
    ("shown", "drawn", "row"),
    [
        (END, [], 26),
        (END, [range(20, 26)], 26),
        (END, [range(20, 28)], 28),
        (END, [range(26, 30)], 26),
        (END, [range(20, 30)], 20),
        (range(22, 24), [], 20),
        (range(22, 24), [range(18, 22)], 22),
        (range(10, 20), [], 10),
        (range(28, 40), [], 26),
        (range(1, 2), [], 0),
    ],
    ids=[
        "its last rows",
        "right behind a drawing",
        "behind the rest of a drawing",
        "a drawing that fits",
        "a drawing alone that is larger",
        "what is new",
        "what is new, without the rest of a drawing",
        "the beginning of what is new and larger",
        "no row behind the last",
        "no row before the first",
    ],
)
def test_a_folded_text_begins_inside_no_drawing(shown: range, drawn: list[range], row: int) -> None:
    assert first_row(30, 4, shown, drawn) == row


def test_a_text_that_fits_begins_with_its_beginning() -> None:
    assert first_row(3, 4, range(3, 3), [range(0, 2)]) == 0
