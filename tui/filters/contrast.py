"""How well colours are told from their ground, and how little it takes to mend that; no widget.

Source of the ratio and of the two limits: WCAG 2.2, "relative luminance", 1.4.3 and 1.4.11.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

RGB = tuple[int, int, int]

FOR_TEXT = 4.5
FOR_MARKS = 3.0

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
# Terminals of 256 colours round: a little more than the limit leaves room for that.
_MARGIN = 1.06
_STEPS = 64


@lru_cache(maxsize=4096)
def luminance(colour: RGB) -> float:
    """How light a colour is, from 0 to 1."""
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """The ratio of two colours, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=4096)
def told_from(colour: RGB, grounds: Sequence[RGB], least: float) -> RGB:
    """The colour, or the one nearest to it that has this contrast with each of the grounds.

    It goes towards white or black, whichever is farther from the grounds; and where even that is
    not enough for all of them, it ends there.
    """
    if all(contrast(colour, ground) >= least for ground in grounds):
        return colour
    to_white = min(contrast(_WHITE, ground) for ground in grounds)
    to_black = min(contrast(_BLACK, ground) for ground in grounds)
    end = _WHITE if to_white >= to_black else _BLACK
    return next(
        (
            mixed
            for step in range(1, _STEPS)
            if all(
                contrast(mixed := _mix(colour, end, step / _STEPS), ground) >= least * _MARGIN
                for ground in grounds
            )
        ),
        end,
    )


def _mix(colour: RGB, end: RGB, share: float) -> RGB:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, end, strict=True))
    return red, green, blue
