"""The four shapes that a curve may have, as little curves to choose from; no widget may enter."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.protocol.curves import Shape
from engine.protocol.frame import Floats
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


def _typical(shape: Shape, time: Floats) -> Floats:
    """Values from 0 to 1 at times from 0 to 1."""
    match shape:
        case Shape.DIVERGES:
            return np.exp(6 * (time - 1))
        case Shape.CRAWLS:
            return 0.9 - 0.5 * time
        case Shape.BOUNCES:
            return 0.5 + 0.45 * np.cos(10 * np.pi * time)
        case Shape.CONVERGES:
            return 0.05 + 0.9 * np.exp(-7 * time)
