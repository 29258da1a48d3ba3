"""plotext asked for a drawing, and given back as strips; no widget may enter.

Every drawing begins with a cleared figure: plotext has only one, for the whole process.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from textual.strip import Strip

from tui.plots.figure import RGB, cleared_figure, strips_of
from tui.scrollback.ansi import parse_drawing

_GROUND = "\x1b[48;5;0m"
_UPPER_HALF = "▀"


def draw_pixels_in_pairs(pixels: Sequence[Sequence[RGB]]) -> list[Strip]:
    """Rows of pixels, two to a line: the upper in a character's colour, the lower in its ground's.

    An odd last row stands above black.
    """
    upper = [list(row) for row in pixels[::2]]
    lower = [list(row) for row in pixels[1::2]]
    lower += [[(0, 0, 0)] * len(row) for row in upper[len(lower) :]]
    plotext = _cleared()
    plotext.matrix_plot(upper, marker=_UPPER_HALF, fast=True)
    # plotext has one ground for all cells: each is given the colour of its lower pixel.
    grounds = iter([colour for row in lower for colour in row])
    text = re.sub(
        re.escape(_GROUND),
        lambda _: "\x1b[48;2;{};{};{}m".format(*next(grounds)),
        plotext.build(),
    )
    return parse_drawing(text)


def draw_characters(characters: Sequence[str], colours: Sequence[Sequence[RGB]]) -> list[Strip]:
    """Lines of characters, each in its own colour."""
    strips: list[Strip] = []
    for line, row in zip(characters, colours, strict=True):
        plotext = _cleared()
        plotext.matrix_plot([list(row)], marker=list(line), fast=True)
        strips += parse_drawing(plotext.build().replace(_GROUND, ""))
    return strips


def draw_line(
    runs: Sequence[tuple[Sequence[float], Sequence[float]]],
    last: int,
    size: tuple[int, int],
    colour: RGB,
    ticks: Sequence[tuple[float, str]],
    *,
    in_ascii: bool,
) -> list[Strip]:
    """Lines through runs of positions and values, over positions from 0 to `last`.

    Ticks stand at their left; `size` is width and height in cells.
    """
    plotext = _cleared(size)
    for positions, values in runs:
        plotext.plot(positions, values, marker="*" if in_ascii else "braille", color=colour)
    plotext.xlim(0, last)
    return _with_axes(plotext, ticks, in_ascii=in_ascii)


def draw_bars(
    positions: Sequence[float],
    values: Sequence[float],
    size: tuple[int, int],
    colour: RGB,
    ticks: Sequence[tuple[float, str]],
    *,
    in_ascii: bool,
) -> list[Strip]:
    """Bars from zero, with ticks at their left; `size` is width and height in cells."""
    plotext = _cleared(size)
    marker = "#" if in_ascii else "sd"
    plotext.bar(positions, values, marker=marker, color=colour, width=1)
    return _with_axes(plotext, ticks, in_ascii=in_ascii)


def _with_axes(plotext: Any, ticks: Sequence[tuple[float, str]], *, in_ascii: bool) -> list[Strip]:
    plotext.xaxes(False, False)
    plotext.yaxes(True, False)
    plotext.xticks([])
    plotext.yticks([place for place, _ in ticks], [word for _, word in ticks])
    for part in (plotext.canvas_color, plotext.axes_color, plotext.ticks_color):
        part("default")
    return strips_of(plotext, in_ascii=in_ascii)


def _cleared(size: tuple[int, int] | None = None) -> Any:
    figure = cleared_figure()
    if size is not None:
        figure.plot_size(*size)
    return figure
