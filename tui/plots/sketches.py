"""The five shapes that a curve may have: little curves to choose from, and dots behind a curve."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.protocol.curves import Shape
from engine.protocol.frame import Columns, Floats, ReducedCurve
from tui.plots.figure import empty_figure, strips_of

WIDTH, HEIGHT = 16, 2
_POINTS = 2 * WIDTH
_ASCII_HEIGHT = 3


@lru_cache
def draw_sketch(shape: Shape, *, in_ascii: bool) -> tuple[str, ...]:
    """A typical curve of this shape as lines of 16 cells, top first."""
    time = np.linspace(0.0, 1.0, _POINTS)
    figure = empty_figure(WIDTH, _ASCII_HEIGHT if in_ascii else HEIGHT)
    figure.ylim(0, 1)
    marker = "*" if in_ascii else "braille"
    figure.plot(time.tolist(), _typical(shape, time).tolist(), marker=marker)
    figure.xticks([])
    figure.yticks([])
    return tuple(strip.text for strip in strips_of(figure, in_ascii=in_ascii))


def dots_of_shape(curve: ReducedCurve, shape: Shape, width: int) -> Columns | None:
    """Dots where `curve` would stand if it had this shape; None where only a part of it is seen."""
    lower, upper = curve.lowest, curve.highest
    if curve.request.zoom < 1 or lower is None or upper is None or lower == upper:
        return None
    time = np.linspace(0.0, 1.0, width)
    values = _typical(shape, time)
    if curve.request.is_logarithmic:
        values = upper + np.log10(10 ** (lower - upper) * (1 - values) + values)
    else:
        values = lower * (1 - values) + upper * values
    position = curve.first + time * (curve.last - curve.first)
    are_joined = np.zeros(width, dtype=np.bool_)
    return Columns(position, values, values, values, values, are_joined)


def _typical(shape: Shape, time: Floats) -> Floats:
    """The curve that stands for a shape: values from 0 to 1 at times from 0 to 1."""
    match shape:
        case Shape.DIVERGES:
            return np.exp(6 * (time - 1))
        case Shape.CRAWLS:
            return 0.9 - 0.5 * time
        case Shape.BOUNCES:
            return 0.5 + 0.45 * np.cos(10 * np.pi * time)
        case Shape.CONVERGES:
            return 0.05 + 0.9 * np.exp(-7 * time)
        case Shape.WAITS:
            return 0.05 + 0.9 / (1 + np.exp(18 * (time - 0.6)))
