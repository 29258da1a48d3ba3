"""The four shapes that a curve may have, as little curves to choose from; no widget may enter."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.protocol.curves import Shape
from engine.protocol.frame import Floats
from engine.protocol.reduction import Samples, reduce_to_columns
from tui.plots.raster import Layer, Plane, draw_ascii, draw_braille

WIDTH, HEIGHT = 16, 2
_POINTS = 2 * WIDTH
_ASCII_HEIGHT = 3
_NO_COLOUR = (0, 0, 0)


@lru_cache
def draw_sketch(shape: Shape, *, in_ascii: bool) -> tuple[str, ...]:
    """A typical curve of this shape as lines of 16 cells, top first."""
    values = _typical(shape, np.linspace(0.0, 1.0, _POINTS))
    samples = Samples(np.arange(_POINTS, dtype=np.float64), values, values, values)
    height = _ASCII_HEIGHT if in_ascii else HEIGHT
    plane = Plane(0, _POINTS - 1, 0.0, 1.0, [], 0, WIDTH, height)
    layer = Layer(reduce_to_columns(samples, 0, _POINTS - 1, _POINTS), "*", _NO_COLOUR)
    inked = (draw_ascii if in_ascii else draw_braille)([], [layer], plane)
    return tuple("".join(chr(code or ord(" ")) for code in row) for row in inked.codes[::-1])


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
