"""The only place that calls plotext: axes, ticks and cursor around cells that are drawn already.

Each drawing has a plotext figure of its own, because the one behind plotext's functions belongs to
the lessons, which draw with it in another thread. Figures share plotext's constant tables and its
memory of escape sequences, to which entries are added and never changed: nothing needs a lock.
"""

from __future__ import annotations

import numpy as np
from plotext._figure import _figure_class as Figure
from textual.strip import Strip

from tui.rendering.ansi import parse_drawing
from tui.rendering.axes import position_ticks
from tui.rendering.canvas import Cells, Plane, as_rgb, row_at
from tui.rendering.palette import Palette
from tui.rendering.reduction import column_at


def plot(plane: Plane, cells: list[Cells], cursor: int | None, palette: Palette) -> list[Strip]:
    """The plane with its axes, two rows taller than the plane itself.

    `cursor` is the column at which a vertical line stands, counted from the left of the drawing.
    """
    return parse_drawing(_build(plane, cells, cursor, palette))


def plot_in_ascii(
    plane: Plane, cells: list[Cells], cursor: int | None, palette: Palette
) -> list[Strip]:
    """As `plot`, with axes and cursor of plain ASCII characters."""
    return parse_drawing(_build(plane, cells, cursor, palette).translate(_ASCII_FRAME))


_ASCII_FRAME = str.maketrans("│─┌┐└┘├┤┬┴┼", "|-+++++++++")


def _build(plane: Plane, cells: list[Cells], cursor: int | None, palette: Palette) -> str:
    """What plotext draws; its coordinates are cells of the plane, which it takes as they are."""
    figure = Figure()
    figure._limit_size(False, False)
    figure.plot_size(plane.left + plane.width, plane.height + 2)
    figure.theme("clear")
    figure.ticks_color(as_rgb(palette.dim))
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    figure.xlim(0, plane.width - 1)
    figure.ylim(0, plane.height - 1)
    figure.xticks(*_column_ticks(plane))
    figure.yticks(*_row_ticks(plane))
    if cursor is not None:
        figure.vertical_line(cursor - plane.left, color=as_rgb(palette.accent))
    for part in cells:
        figure.scatter(part.columns, part.rows, marker=part.characters, color=part.colour)
    text: str = figure.build()
    return text


def _column_ticks(plane: Plane) -> tuple[list[int], list[str]]:
    ticks = position_ticks(plane.first, plane.last, max(plane.width // 12, 1))
    at = np.array([tick.at for tick in ticks], dtype=np.float64)
    columns = column_at(at, plane.first, plane.last, 2 * plane.width) // 2
    return columns.tolist(), [tick.label for tick in ticks]


def _row_ticks(plane: Plane) -> tuple[list[int], list[str]]:
    """One label a row at most, padded so that the axis keeps its place from frame to frame."""
    labels = {row_at(tick.at, plane): tick.label for tick in plane.ticks}
    return list(labels), [label.rjust(plane.left - 1) for label in labels.values()]
