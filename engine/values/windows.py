"""What a drawing of a tensor needs of its values: no more of them than a pane has cells.

Everything here expects a plain tensor: detached, dense, and looked at inside `looking_only`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.protocol.frame import Floats, Positions
from engine.protocol.tensors import is_image
from engine.values.statistics import Statistics, as_real, on_cpu, sample_of

if TYPE_CHECKING:
    from torch import Tensor

_PIXELS_IN_A_CELL = 2
_COLOURS = 3


def window_of(plain: Tensor, width: int, height: int) -> Floats:
    """Evenly chosen rows and columns of `plain` for a drawing of `width` by `height` cells.

    The shape is [channels, rows, columns]: 3 channels for an image in colours, else 1. A cell
    holds two rows of a matrix, or two values of a vector, which is one row. Of further dimensions
    it is index 0.
    """
    channels = _COLOURS if _has_colours(plain) else 1
    while plain.dim() > (3 if channels == _COLOURS else 2):
        plain = plain[0]
    rows, columns = _PIXELS_IN_A_CELL * height, width
    if plain.dim() < 2 or 1 in plain.shape:
        plain, columns = plain.reshape(1, -1), _PIXELS_IN_A_CELL * width
    down, across = -(-plain.size(-2) // rows), -(-plain.size(-1) // columns)
    chosen = on_cpu(as_real(plain[..., ::down, ::across]))
    return chosen.reshape(channels, *chosen.shape[-2:]).copy()


def histogram_of(plain: Tensor, statistics: Statistics, bins: int, most: int) -> Positions:
    """How many finite values of a sample of `most` elements lie in each of `bins` bins."""
    values = on_cpu(as_real(sample_of(plain, most))).ravel()
    low, high = statistics.lowest, statistics.highest
    if low is None or high is None:
        return np.zeros(bins, dtype=np.int64)
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts, _ = np.histogram(values[np.isfinite(values)], bins=bins, range=(low, high))
    return counts.astype(np.int64)


def _has_colours(tensor: Tensor) -> bool:
    return tensor.dim() >= 3 and tensor.size(-3) == _COLOURS and is_image(tuple(tensor.shape))
