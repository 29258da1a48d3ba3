"""A curve's columns as the dots that its line lights; no text, no colours, no plotext here."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.protocol.frame import Columns
from engine.protocol.reduction import column_at, merge_columns

Dots = npt.NDArray[np.bool_]


def rasterise(
    columns: Columns,
    positions: tuple[int, int],
    values: tuple[float, float],
    width: int,
    height: int,
) -> Dots:
    """The dots that a line through `columns` lights, shape [height, width], row 0 the lowest.

    `positions` are those at the left and the right edge, `values` those at the middle of the
    lowest and the highest row. The columns may have been made for any width.
    """
    (first, last), (lower, upper) = positions, values
    columns = merge_columns(columns, first, last, width)
    column = column_at(columns.position, first, last, width)
    if not len(column):
        return np.zeros((height, width), dtype=np.bool_)
    low, high, start, end = (
        (part / 2 - lower / 2) / (upper / 2 - lower / 2) * (height - 1)
        for part in (columns.low, columns.high, columns.start, columns.end)
    )
    across = np.arange(width)
    left = np.searchsorted(column, across, side="right") - 1
    right = np.minimum(left + 1, len(column) - 1)
    before = np.maximum(left, 0)
    held = column[before] == across
    share = (across - column[before]) / np.maximum(column[right] - column[before], 1)
    between = end[before] + share * (start[right] - end[before])
    lit = held | ((left >= 0) & (right > left) & columns.joined[right])
    bottom, top = np.where(held, low[before], between), np.where(held, high[before], between)
    enter, leave = np.where(held, start[before], between), np.where(held, end[before], between)
    meets = lit[:-1] & lit[1:] & (~held[1:] | columns.joined[before[1:]])
    middle = (leave[:-1] + enter[1:]) / 2
    bottom[:-1] = np.where(meets, np.minimum(bottom[:-1], middle), bottom[:-1])
    top[:-1] = np.where(meets, np.maximum(top[:-1], middle), top[:-1])
    bottom[1:] = np.where(meets, np.minimum(bottom[1:], middle), bottom[1:])
    top[1:] = np.where(meets, np.maximum(top[1:], middle), top[1:])
    rows = np.arange(height)[:, np.newaxis]
    dots: Dots = (rows >= np.rint(bottom)) & (rows <= np.rint(top)) & lit
    return dots
