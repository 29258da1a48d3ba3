"""Single numbers as text of a few digits."""

from __future__ import annotations

import math

SIGNIFICANT_DIGITS = 4
SMALLEST_FIXED = 1e-4
LARGEST_FIXED = 1e6


def format_statistic(value: float) -> str:
    """`value` in at most four significant digits: 152.8, 0.01234, 1.234e-7, nan."""
    if not math.isfinite(value) or (value.is_integer() and abs(value) < LARGEST_FIXED):
        return f"{value:.0f}"
    if SMALLEST_FIXED <= abs(value) < LARGEST_FIXED:
        return f"{value:.{decimals(value)}f}"
    return power_of_ten(value, SIGNIFICANT_DIGITS - 1)


def power_of_ten(value: float, places: int) -> str:
    """`value` as 1.234e-7: without the plus and the zeros that a computer's notation has."""
    if value == 0 or not math.isfinite(value):
        return "0." if value == 0 else str(value)
    digits, exponent = f"{value:.{places}e}".split("e")
    return f"{digits}e{int(exponent)}"


def decimals(value: float) -> int:
    """How many decimals give `value` its four significant digits."""
    return max(0, SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(abs(value))))
