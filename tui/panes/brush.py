"""The brush: what a stroke does to the pixels of a canvas; plain numbers, no widget may enter.

A stroke is a line between two points, (row, column) in pixels, a pixel's centre at whole numbers.
It is soft, as a pen's line is on paper that was scanned: full ink up to half a pixel from the line,
fading to none at one and a half. So it is about two pixels wide, like the strokes of MNIST.
"""

from __future__ import annotations

import numpy as np

from engine.protocol.frame import Floats

Point = tuple[float, float]

_REACH = 1.5


def painted(pixels: Floats, start: Point, end: Point) -> Floats:
    """A copy of `pixels` (shape [H, W], 0 to 1) with the ink of a stroke; none becomes lighter."""
    return np.maximum(pixels, _ink(pixels.shape, start, end))


def erased(pixels: Floats, start: Point, end: Point) -> Floats:
    """A copy of `pixels` without the ink that a stroke would have laid there."""
    return np.maximum(pixels - _ink(pixels.shape, start, end), 0)


def _ink(shape: tuple[int, ...], start: Point, end: Point) -> Floats:
    """How much ink, from 0 to 1, a stroke lays on each pixel."""
    rows, columns = np.indices(shape)
    down, right = end[0] - start[0], end[1] - start[1]
    from_start = (rows - start[0]) * down + (columns - start[1]) * right
    along = np.clip(from_start / max(down**2 + right**2, 1e-12), 0, 1)
    distance = np.hypot(rows - start[0] - along * down, columns - start[1] - along * right)
    ink: Floats = np.clip(_REACH - distance, 0, 1)
    return ink
