"""Numbers of a tensor as they are written in its cells."""

from __future__ import annotations

import math

import pytest

from tui.plots.figures import format_statistic


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (93.0, "93"),
        (152.7695, "152.8"),
        (0.012345, "0.01235"),
        (-1.5e-7, "-1.500e-7"),
        (1.23456e12, "1.235e12"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
    ],
)
def test_numbers_have_four_digits(value: float, text: str) -> None:
    assert format_statistic(value) == text
