"""What plotext is asked for here: an empty figure, and strips of what was drawn on it.

plotext has one figure for everybody in its process, and this process draws on one thread: each
drawing begins with an empty figure and ends with its strips.
"""

from __future__ import annotations

from typing import Any

import plotext
from rich.cells import cell_len
from textual.strip import Strip

from tui.filters.in_ascii import cells_in_ascii
from tui.scrollback.ansi import parse_drawing

RGB = tuple[int, int, int]


def empty_figure(width: int, height: int) -> Any:
    """Plotext's figure, `width` by `height` cells, without axes, on the ground of the terminal."""
    figure = cleared_figure()
    figure.plot_size(width, height)
    figure.theme("clear")
    figure.frame(False)
    return figure


def cleared_figure() -> Any:
    """Plotext's figure with nothing on it, as large as it will need to be."""
    figure = plotext.main()
    figure.clear_figure()
    plotext.limit_size(False, False)
    return figure


def strips_of(figure: Any, *, in_ascii: bool) -> list[Strip]:
    """What is drawn on the figure, a strip for each of its rows."""
    text = figure.build().replace(_FILLER, "")
    return parse_drawing(cells_in_ascii(text) if in_ascii else text)


def label(text: str) -> str:
    """`text` for plotext, which counts characters where the terminal has cells."""
    return "".join(character + _FILLER * (cell_len(character) - 1) for character in text)


def as_rgb(colour: str) -> RGB:
    """The parts, each from 0 to 255, of a palette's "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


_FILLER = "\u200b"
