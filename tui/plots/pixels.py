"""The pixels of a canvas as half blocks, or as shades of characters in ASCII; no widget may enter.

A character is about twice as high as it is wide, so half of one is a square: "▀" is two pixels, the
upper in the character's colour and the lower in that of its ground. The character is the one that
shows the ink without any colours too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from engine.protocol.frame import Floats
from tui.rendering.palette import Palette

_SHADES = " .:-=+*#%@"
_LEVELS = 24
_PAPER = 0.12


@dataclass(frozen=True, slots=True)
class PixelGrid:
    """Where the pixels of a canvas stand in a pane: each is `scale` columns, and half rows."""

    rows: int
    columns: int
    scale: int

    @property
    def width(self) -> int:
        """How many cells of the terminal it is wide."""
        return self.columns * self.scale

    @property
    def height(self) -> int:
        """How many cells of the terminal it is high."""
        return -(-self.rows * self.scale // 2)

    def point_at(self, column: int, row: int) -> tuple[float, float]:
        """The row and the column, in pixels, of the middle of a cell of the terminal."""
        return (2 * row + 1) / self.scale - 0.5, (column + 0.5) / self.scale - 0.5

    def cell_of(self, pixel: tuple[int, int]) -> tuple[int, int, bool]:
        """Row and column of the cell in the middle of a pixel, and whether it is the upper half."""
        half = pixel[0] * self.scale + self.scale // 2
        return half // 2, pixel[1] * self.scale + self.scale // 2, half % 2 == 0


def fitting_grid(shape: tuple[int, ...], width: int, height: int) -> PixelGrid:
    """The largest grid for pixels of this shape in a pane of `width` by `height` cells.

    At scale 1 it may be larger than the pane.
    """
    rows, columns = shape
    scale = max(min(width // columns, 2 * height // rows), 1)
    return PixelGrid(rows, columns, scale)


def draw_pixels(
    pixels: Floats,
    grid: PixelGrid,
    pen: tuple[int, int] | None,
    palette: Palette,
    *,
    in_ascii: bool,
) -> list[Strip]:
    """The pixels (0 is paper, 1 is ink), with a mark where the pen stands, if it does."""
    shown = np.clip(np.nan_to_num(pixels), 0, 1).repeat(grid.scale, 0).repeat(grid.scale, 1)
    if len(shown) % 2:
        shown = np.vstack((shown, shown[-1:] * 0))
    levels = np.rint(shown * (_LEVELS - 1)).astype(np.uint8)
    mark = None if pen is None else grid.cell_of(pen)
    return [
        _line(
            upper.tobytes(),
            lower.tobytes(),
            mark[1:] if mark is not None and mark[0] == row else None,
            palette,
            in_ascii,
        )
        for row, (upper, lower) in enumerate(zip(levels[::2], levels[1::2], strict=True))
    ]


@lru_cache(maxsize=512)
def _line(
    upper: bytes,
    lower: bytes,
    mark: tuple[int, bool] | None,
    palette: Palette,
    in_ascii: bool,
) -> Strip:
    """One line of two rows of pixels, given as levels; `mark` is the pen's column and half.

    Kept, because a stroke changes few of the lines.
    """
    draw = _shade if in_ascii else _half_block
    segments: list[Segment] = []
    for column, pair in enumerate(zip(upper, lower, strict=True)):
        character, ink, ground = draw(*pair)
        style = _style(palette, ink, ground)
        if mark is not None and mark[0] == column:
            character = "X" if in_ascii else "╹" if mark[1] else "╻"
            style = _pen_style(palette, ground)
        if segments and segments[-1].style is style:
            segments[-1] = Segment(segments[-1].text + character, style)
        else:
            segments.append(Segment(character, style))
    return Strip(segments)


def _half_block(upper: int, lower: int) -> tuple[str, int, int]:
    """The character for two pixels, and the levels of its ink and of its ground."""
    if upper == lower:
        return ("█" if upper >= _LEVELS // 2 else " "), upper, lower
    return ("▀", upper, lower) if upper > lower else ("▄", lower, upper)


def _shade(upper: int, lower: int) -> tuple[str, int, int]:
    """The same in ASCII, where the character alone says how much ink there is."""
    share = (upper + lower) / (2 * (_LEVELS - 1))
    return _SHADES[round(share * (len(_SHADES) - 1))], _LEVELS - 1, 0


@lru_cache(maxsize=2 * _LEVELS**2)
def _style(palette: Palette, ink: int, ground: int) -> Style:
    return Style(color=_colour(palette, ink), bgcolor=_colour(palette, ground))


@lru_cache
def _pen_style(palette: Palette, level: int) -> Style:
    return Style(color=palette.warning, bgcolor=_colour(palette, level), bold=True)


def _colour(palette: Palette, level: int) -> str:
    """From the paper, which stands out a little from its ground, to full ink."""
    share = _PAPER + (1 - _PAPER) * (level / (_LEVELS - 1))
    return Color.parse(palette.ground).blend(Color.parse(palette.text), share).hex
