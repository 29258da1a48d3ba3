"""The frame of a curve: axes, ticks with their labels and the reading line around drawn inked."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.reduction import column_at
from tui.plots.axes import position_ticks
from tui.plots.raster import RGB, Codes, Inked, Plane, as_rgb, row_at
from tui.rendering.palette import Palette


def plot(plane: Plane, inked: Inked, cursor: int | None, palette: Palette) -> list[Strip]:
    """The plane with its axes, two rows taller than the plane itself.

    `cursor` is the column at which a vertical line stands, counted from the left of the drawing.
    """
    texts, inks = _draw(plane, inked, cursor)
    return _strips(texts, inks, _styles(inked, palette))


def plot_in_ascii(plane: Plane, inked: Inked, cursor: int | None, palette: Palette) -> list[Strip]:
    """As `plot`, with axes and cursor of plain ASCII characters."""
    texts, inks = _draw(plane, inked, cursor)
    return _strips([text.translate(_ASCII_FRAME) for text in texts], inks, _styles(inked, palette))


_ASCII_FRAME = str.maketrans("│─└┤┬┴", "|-++++")

# What the inks of a drawing stand for; from `_CURVES` on they are the colours of its inked.
_PAPER, _FRAME, _CURSOR, _CURVES = range(4)


def _draw(plane: Plane, inked: Inked, cursor: int | None) -> tuple[list[str], Codes]:
    """The text of each row, the highest first, and the ink of each character [rows, columns]."""
    left, height = plane.left, plane.height
    codes = np.full((height + 2, left + plane.width), ord(" "))
    inks = np.full_like(codes, _PAPER)
    codes[:height, left - 1], codes[height, left - 1], codes[height, left:] = map(ord, "│└─")
    inks[: height + 1, left - 1], inks[height, left:] = _FRAME, _FRAME
    for row, label in _row_labels(plane).items():
        codes[height - 1 - row, :left] = [*map(ord, label.rjust(left - 1)), ord("┤")]
        inks[height - 1 - row, :left] = _FRAME
    for column, start, label in _column_labels(plane):
        codes[height, column] = ord("┬")
        codes[height + 1, start : start + len(label)] = [*map(ord, label)]
        inks[height + 1, start : start + len(label)] = _FRAME
    if cursor is not None:
        codes[:height, cursor], codes[height, cursor] = map(ord, "│┴")
        inks[:height, cursor] = _CURSOR
    lit = inked.codes[::-1] > 0
    codes[:height, left:][lit] = inked.codes[::-1][lit]
    inks[:height, left:][lit] = inked.owners[::-1][lit] + _CURVES
    return ["".join(map(chr, row)) for row in codes.tolist()], inks


def _strips(texts: list[str], inks: Codes, styles: list[Style]) -> list[Strip]:
    """A strip for each row, with a segment for each run of one ink."""
    strips = []
    starts_run = np.diff(inks, axis=1, prepend=-1) != 0
    for text, row, starts in zip(texts, inks.tolist(), starts_run, strict=True):
        begins = np.flatnonzero(starts).tolist()
        runs = zip(begins, [*begins[1:], len(text)], strict=True)
        segments = [Segment(text[begin:end], styles[row[begin]]) for begin, end in runs]
        strips.append(Strip(segments, len(text)))
    return strips


def _styles(inked: Inked, palette: Palette) -> list[Style]:
    """The style of each ink."""
    frame, cursor = as_rgb(palette.dim), as_rgb(palette.accent)
    return [Style.null(), *map(_style, (frame, cursor, *inked.colours))]


@lru_cache(maxsize=256)
def _style(colour: RGB) -> Style:
    return Style(color=Color.from_rgb(*colour))


def _row_labels(plane: Plane) -> dict[int, str]:
    """The label of each row of cells that has one, counted from the lowest; one a row at most."""
    return {row_at(tick.at, plane): tick.label for tick in plane.ticks}


def _column_labels(plane: Plane) -> list[tuple[int, int, str]]:
    """The columns of the drawing with a tick, and where the label of each begins, and the label.

    A tick whose label has no room goes with it.
    """
    ticks = position_ticks(plane.first, plane.last, max(plane.width // 12, 1))
    at = np.array([tick.at for tick in ticks], dtype=np.float64)
    columns = column_at(at, plane.first, plane.last, 2 * plane.width) // 2 + plane.left
    width = plane.left + plane.width
    labels = []
    end = 0
    for column, tick in zip(columns.tolist(), ticks, strict=True):
        length = len(tick.label)
        # Centred between what is to its left and the drawing's edge, where one of them is near.
        first = max(column - length + 1, end)
        last = max(min(column + length, width - 1) - 1, first)
        start = (first + last + 1 - length) // 2
        if start >= end + bool(end) and start + length <= width:
            labels.append((column, start, tick.label))
            end = start + length
    return labels
