"""Curves on their plane, drawn by plotext: lines, marks, axes with ticks and the reading line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, nan
from typing import Any

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.columns import column_at, merge_columns
from engine.protocol.frame import Columns, Floats
from tui.plots.axes import ValueAxis
from tui.plots.figure import RGB, as_rgb, empty_figure, label, strips_of
from tui.plots.positions import position_ticks
from tui.rendering.palette import Palette

ACROSS = 2
"""How many dots a cell of braille is wide."""
UP = 4
"""How many dots a cell of braille is high."""
MOST_COLUMNS = 160
"""So many columns of each of two layers are drawn at most, and fewer of each where there are more
layers: the time that plotext takes grows with them."""
_MARK_EVERY = 16


@dataclass(frozen=True, slots=True)
class Plane:
    """The part of a pane that curves are drawn on, `width` by `height` cells, `left` cells in.

    The dots at its left and right edges stand for the positions `first` and `last`, those at its
    lowest and its highest for the ends of `axis`. `names` are those of the axes, empty where there
    is no row for them.
    """

    first: int
    last: int
    axis: ValueAxis
    left: int
    width: int
    height: int
    names: tuple[str, str] | None = None

    @property
    def rows(self) -> int:
        """How many rows it takes with its axes."""
        return self.height + 2 + (self.names is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One curve and its colour; `mark` is the character that tells it from others beside it."""

    columns: Columns
    colour: RGB
    mark: str | None = None


def plot(
    plane: Plane,
    layers: Sequence[Layer],
    cursor: int | None,
    palette: Palette,
    *,
    in_ascii: bool,
) -> list[Strip]:
    """The layers, later ones over earlier ones, as lines of braille dots, and their axes.

    The mark of a layer stands on its line here and there; in ASCII the line is made of it.
    `cursor` is the column of the plane at which a vertical line stands behind the curves.
    """
    cells = _cells(plane, in_ascii=in_ascii)
    figure = empty_figure(plane.left + plane.width, plane.rows)
    _draw_frame(figure, cells, palette)
    if not layers:
        # plotext draws no ticks where it draws nothing, as where only other runs have values yet.
        figure.scatter([cells.positions[0]], [cells.values[0]], marker=" ")
    if cursor is not None:
        figure.vertical_line(cells.at_column(cursor), as_rgb(palette.accent))
    lines = [layer for layer in layers if len(layer.columns.position) > 1]
    most = min(MOST_COLUMNS, 2 * MOST_COLUMNS // max(len(layers), 1), ACROSS * plane.width)
    for layer in lines:
        line = _line(merge_columns(layer.columns, plane.first, plane.last, most))
        figure.plot(*line, marker=layer.mark if in_ascii else "braille", color=layer.colour)
    if not lines:
        # plotext leaves out the ticks of a figure that has nothing in it.
        figure.scatter([cells.at_column(0)], [cells.at_row(0)], marker=" ")
    for index, layer in enumerate(layers):
        held = len(layer.columns.position)
        if layer.mark is not None and (held == 1 or (held and not in_ascii)):
            places = _marked(layer.columns, cells, index * _MARK_EVERY // len(layers))
            figure.scatter(*places, marker=layer.mark, color=layer.colour)
    return strips_of(figure, in_ascii=in_ascii)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a plane, and the numbers by which plotext finds them.

    plotext puts its limits in the middle of the first and the last cell, or dot where a marker has
    dots. So a mark that takes a whole cell could stand beside the cell of its dot: what is to stand
    in a certain cell is given as the number of that cell's middle, `at_column` and `at_row`.
    """

    plane: Plane
    positions: tuple[float, float]
    values: tuple[float, float]

    def at_column(self, column: int) -> float:
        first, last = self.positions
        return first + column * ((last - first) / (self.plane.width - 1))

    def at_row(self, row: int) -> float:
        lower, upper = self.values
        return lower + row * ((upper - lower) / (self.plane.height - 1))

    def columns_of(self, positions: Floats) -> list[int]:
        """The column of cells, from the left, that each position is drawn in."""
        plane = self.plane
        dots = column_at(positions, plane.first, plane.last, ACROSS * plane.width)
        columns: list[int] = (dots // ACROSS).tolist()
        return columns

    def row_of(self, value: float) -> int:
        """The row of cells, from the lowest, that `value` is drawn in."""
        lower, upper = self.plane.axis.lower / 2, self.plane.axis.upper / 2
        share = (value / 2 - lower) / (upper - lower)
        return floor(share * (UP * self.plane.height - 1) + 0.5) // UP


def _cells(plane: Plane, *, in_ascii: bool) -> _Cells:
    """The cells of the plane; its limits are those of dots, in ASCII those of whole cells."""
    first, last = float(plane.first), float(plane.last)
    if first == last:
        first, last = first - 1, last + 1
    positions, values = (first, last), (plane.axis.lower, plane.axis.upper)
    if in_ascii:
        positions = _middles(*positions, plane.width, ACROSS)
        values = _middles(*values, plane.height, UP)
    return _Cells(plane, positions, values)


def _middles(lower: float, upper: float, cells: int, dots: int) -> tuple[float, float]:
    """What stands in the middle of the first and of the last cell, of what their dots stand for."""
    inwards = (upper - lower) / (cells * dots - 1) * (dots - 1) / 2
    return lower + inwards, upper - inwards


def _draw_frame(figure: Any, cells: _Cells, palette: Palette) -> None:
    """The axes to the left and below, their ticks with labels, and their names."""
    plane = cells.plane
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    figure.ticks_color(as_rgb(palette.dim))
    figure.xlim(*cells.positions)
    figure.ylim(*cells.values)
    positions = position_ticks(plane.first, plane.last, plane.width)
    columns = cells.columns_of(np.array([tick.at for tick in positions], np.float64))
    figure.xticks([cells.at_column(n) for n in columns], [tick.label for tick in positions])
    values = plane.axis.ticks
    figure.yticks(
        [cells.at_row(cells.row_of(tick.at)) for tick in values],
        [tick.label.rjust(plane.left - 1) for tick in values],
    )
    if plane.names is not None:
        figure.xlabel(label(plane.names[0]))
        figure.ylabel(label(plane.names[1]))


def name_among_labels(labels: Strip, name: str, palette: Palette) -> Strip:
    """The row of labels under an axis with the axis' `name` where it finds room between them.

    At the left if it can, else in the middle of the last gap that is wide enough.
    """
    text, needed = labels.text, cell_len(name)
    gaps = [gap.span() for gap in re.finditer(r"^ +|(?<=  ) +$|(?<= ) +(?= )", text)]
    places = [(begin, end) for begin, end in gaps if end - begin - (begin == 0) >= needed]
    if len(text) != labels.cell_length or not places:
        return labels
    begin, end = places[0 if places[0][0] == 0 else -1]
    begin += 0 if begin == 0 else (end - begin - needed) // 2
    words = Segment(name, Style(color=palette.dim))
    after = labels.crop(begin + needed, labels.cell_length)
    return Strip([*labels.crop(0, begin), words, *after])


def _line(columns: Columns) -> tuple[list[float], list[float]]:
    """Positions and values that a line through `columns` joins; a value of nan is a gap."""
    positions: list[float] = []
    values: list[float] = []
    each = (columns.position, columns.low, columns.high, columns.start, columns.joined)
    for position, low, high, start, is_joined in zip(
        *(part.tolist() for part in each), strict=True
    ):
        held = (low, high) if start - low <= high - start else (high, low)
        points = held if low < high else (low,)
        points = points if is_joined else (nan, *points)
        positions += [position] * len(points)
        values += points
    return [*positions, *positions[-1:]], [*values, *columns.end[-1:].tolist()]


def _marked(columns: Columns, cells: _Cells, offset: int) -> tuple[list[float], list[float]]:
    """Where marks stand on a line: about every sixteenth cell from `offset` on, or at its end."""
    across = cells.columns_of(columns.position)
    wanted = range(offset, cells.plane.width, _MARK_EVERY)
    found = np.unique(np.searchsorted(across, wanted)).tolist()
    places = [place for place in found if place < len(across)] or [len(across) - 1]
    middles = (columns.low / 2 + columns.high / 2).tolist()
    return (
        [cells.at_column(across[place]) for place in places],
        [cells.at_row(cells.row_of(middles[place])) for place in places],
    )
