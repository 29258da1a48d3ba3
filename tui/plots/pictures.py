"""What a tensor looks like: an image, a heat map, a line, bars or a histogram; no widget may enter.

A value's size is its distance from a grey, its sign one of two colours that the colour-blind
tell apart. Where there are no colours, characters say both.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from engine.protocol.frame import Floats
from engine.protocol.tensors import TensorSnapshot, is_image
from tui.plots.figure import RGB, as_rgb
from tui.plots.figures import format_statistic
from tui.plots.plotext_text import (
    draw_bars,
    draw_characters,
    draw_line,
    draw_pixels_in_pairs,
)
from tui.rendering.palette import Palette

# Few enough that the styles of all pairs of pixels are made once and kept.
_LEVELS = 14
_INK = " .:-=+*#%@"
_SIGNED = "=-.+#"
_WIDEST_BAR = 3
_LOWEST_LINE = 5
_HIGHEST_LINE = 8
# An image is at most so many times longer one way than the other: else it is a table.
_LONGEST_SIDE = 3

Levels = npt.NDArray[np.intp]


def draw_tensor(
    tensor: TensorSnapshot,
    width: int,
    height: int,
    palette: Palette,
    *,
    in_ascii: bool,
    in_characters: bool,
) -> tuple[Strip, ...]:
    """The window or the histogram of `tensor` in at most `width` by `height` cells.

    Empty where it has neither, or there is no room. With `in_characters` no colour has to be seen.
    What is as it was is not drawn again.
    """
    content = _content_of(tensor)
    return _draw(content, width, height, palette, in_ascii, in_characters)


def drawn_sides(
    tensor: TensorSnapshot, width: int, height: int, *, in_characters: bool
) -> tuple[int, int]:
    """How many rows and columns a matrix or an image is drawn with, in that room."""
    return _drawn_sides(_content_of(tensor), width, height, in_characters=in_characters)


def _content_of(tensor: TensorSnapshot) -> _Content:
    window, counts = tensor.window, tensor.histogram
    return _Content(
        b"" if window is None else window.tobytes(),
        (0, 0, 0) if window is None else window.shape,
        () if counts is None else tuple(counts.tolist()),
        tensor.shape,
        tensor.lowest,
        tensor.highest,
    )


class _Content(NamedTuple):
    """What a picture is of; a named tuple because it is hashed at each drawing."""

    window: bytes
    window_shape: tuple[int, ...]
    counts: tuple[int, ...]
    shape: tuple[int, ...]
    lowest: float | None
    highest: float | None

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as an image: of its shape, and without a value below zero.

        Signs are what a heat map shows.
        """
        if not is_image(self.shape):
            return False
        sides = self.shape[-2:]
        is_dark_to_light = self.lowest is not None and self.lowest >= 0
        is_near_square = max(sides) <= _LONGEST_SIDE * min(sides)
        return self.window_shape[0] > 1 or (is_dark_to_light and is_near_square)


@lru_cache(maxsize=64)
def _draw(
    content: _Content,
    width: int,
    height: int,
    palette: Palette,
    in_ascii: bool,
    in_characters: bool,
) -> tuple[Strip, ...]:
    line_height = min(height, _HIGHEST_LINE)
    if content.counts:
        return tuple(_draw_histogram(content, width, line_height, palette, in_ascii=in_ascii))
    if not content.window or width < 1 or height < 1:
        return ()
    window = np.frombuffer(content.window).reshape(content.window_shape)
    if window.shape[1] == 1:
        return tuple(_draw_vector(window[0, 0], width, line_height, palette, in_ascii=in_ascii))
    shown = _resized(window, *_drawn_sides(content, width, height, in_characters=in_characters))
    if content.is_picture:
        return tuple(_draw_image(shown, content, palette, in_characters=in_characters))
    return tuple(_draw_heat(shown[0], palette, in_characters=in_characters))


def _drawn_sides(
    content: _Content, width: int, height: int, *, in_characters: bool
) -> tuple[int, int]:
    rows, sides = (height if in_characters else 2 * height), content.shape[-2:]
    if content.is_picture:
        return _fitted(sides, rows, width, in_characters)
    return min(sides[0], rows), _stretched(sides[1], width)


def zero_colour(palette: Palette) -> str:
    """The grey of a zero, from which values of either sign take colour.

    Not the ground: of the dark shades between that and a colour a terminal of 256 colours has none.
    """
    return Color.parse(palette.ground).blend(Color.parse(palette.dim), 0.5).hex


def _draw_image(
    window: Floats, content: _Content, palette: Palette, *, in_characters: bool
) -> list[Strip]:
    low, high = content.lowest or 0.0, content.highest or 0.0
    shares = np.nan_to_num((window - low) / ((high - low) or 1.0)).clip(0, 1)
    if len(shares) == 1:
        levels = np.rint(shares[0] * (_LEVELS - 1)).astype(np.intp)
        scale = _scale(palette.ground, palette.text)
        colours = [[scale[level] for level in row] for row in levels.tolist()]
    else:
        channels = np.rint(shares * 255).astype(np.intp).transpose(1, 2, 0)
        colours = [[(red, green, blue) for red, green, blue in row] for row in channels.tolist()]
    if not in_characters:
        return draw_pixels_in_pairs(colours)
    ink = np.rint(shares.mean(axis=0) * (len(_INK) - 1)).astype(np.intp)
    return draw_characters(_written(ink, _INK), _all_of(ink, as_rgb(palette.text)))


def _draw_heat(values: Floats, palette: Palette, *, in_characters: bool) -> list[Strip]:
    finite = np.isfinite(values)
    sizes = np.where(finite, values, 0.0)
    shares = sizes / (float(np.abs(sizes).max()) or 1.0)
    levels = np.rint(shares * (_LEVELS - 1)).astype(np.intp)
    colours = _signed_colours(levels, finite, palette)
    if not in_characters:
        return draw_pixels_in_pairs(colours)
    middle = len(_SIGNED) // 2
    signs = np.rint(shares * middle).astype(np.intp) + middle
    lines = [
        "".join(
            character if is_finite else "!" for character, is_finite in zip(line, row, strict=True)
        )
        for line, row in zip(_written(signs, _SIGNED), finite.tolist(), strict=True)
    ]
    return draw_characters(lines, colours)


def _draw_vector(
    values: Floats, width: int, height: int, palette: Palette, *, in_ascii: bool
) -> list[Strip]:
    shown = np.where(np.isfinite(values), values, np.nan)
    if height < _LOWEST_LINE or not np.isfinite(shown).any():
        return []
    low, high = float(np.nanmin(shown)), float(np.nanmax(shown))
    ticks = _ticks(low, high)
    room = width - max(len(word) for _, word in ticks) - 1
    size, colour = (width, height), as_rgb(palette.series[0])
    positions = list(range(len(shown)))
    if len(shown) * _WIDEST_BAR <= room:
        bars = np.nan_to_num(shown).tolist()
        ticks = _ticks(min(low, 0.0), max(high, 0.0))
        return draw_bars(positions, bars, size, colour, ticks, in_ascii=in_ascii)
    finite = np.flatnonzero(np.isfinite(shown))
    gaps = np.flatnonzero(np.diff(finite) > 1) + 1
    runs = [(run.tolist(), shown[run].tolist()) for run in np.split(finite, gaps)]
    return draw_line(runs, len(shown) - 1, size, colour, ticks, in_ascii=in_ascii)


def _draw_histogram(
    content: _Content, width: int, height: int, palette: Palette, *, in_ascii: bool
) -> list[Strip]:
    low, high = content.lowest, content.highest
    if low is None or high is None or height < _LOWEST_LINE:
        return []
    counts = np.array(content.counts)
    shares = counts / max(int(counts.sum()), 1)
    most = float(shares.max())
    ticks = [(0.0, "0%"), (most, f"{most:.0%}")]
    colour = as_rgb(palette.series[0])
    bars = draw_bars(
        list(range(len(shares))),
        shares.tolist(),
        (width, height - 1),
        colour,
        ticks,
        in_ascii=in_ascii,
    )
    left = max(len(word) for _, word in ticks) + 1
    start, end = format_statistic(low), format_statistic(high)
    gap = max(width - left - len(start) - len(end), 1)
    axis = Strip([Segment(" " * left + start + " " * gap + end, Style(color=palette.dim))])
    return [*bars, axis.crop(0, width)]


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    """The lowest and the highest value, and zero where it lies between."""
    places = [low, high] if low < high else [low]
    if low < 0 < high:
        places.insert(1, 0.0)
    return [(place, format_statistic(place)) for place in places]


def _fitted(
    sides: tuple[int, ...], rows: int, columns: int, in_characters: bool
) -> tuple[int, int]:
    """Rows and columns for an image in that room, its pixels square, or in characters half so."""
    wide = 2 if in_characters else 1
    scale = min(rows / sides[0], columns / (sides[1] * wide))
    scale = float(int(scale)) if scale >= 1 else scale
    return max(int(sides[0] * scale), 1), max(int(sides[1] * scale * wide), 1)


def _stretched(columns: int, width: int) -> int:
    """As many cells for each of a matrix's columns as there is room for, at most four."""
    return columns * max(min(width // columns, 4), 1) if columns <= width else width


def _resized(window: Floats, rows: int, columns: int) -> Floats:
    """The window with that many rows and columns, each repeated or left out evenly."""
    down = np.arange(rows) * window.shape[1] // rows
    across = np.arange(columns) * window.shape[2] // columns
    resized: Floats = window[:, down][:, :, across]
    return resized


def _written(places: Levels, characters: str) -> list[str]:
    return ["".join(characters[place] for place in row) for row in places.tolist()]


def _all_of(pixels: Levels, colour: RGB) -> list[list[RGB]]:
    return [[colour] * pixels.shape[1] for _ in range(pixels.shape[0])]


def _signed_colours(
    levels: Levels, finite: npt.NDArray[np.bool_], palette: Palette
) -> list[list[RGB]]:
    zero = zero_colour(palette)
    below, above = _scale(zero, palette.negative), _scale(zero, palette.positive)
    bad = as_rgb(palette.bad)
    return [
        [
            (above[level] if level >= 0 else below[-level]) if is_finite else bad
            for level, is_finite in zip(row, mask, strict=True)
        ]
        for row, mask in zip(levels.tolist(), finite.tolist(), strict=True)
    ]


@lru_cache(maxsize=16)
def _scale(start: str, end: str) -> list[RGB]:
    """Colours from one to another, `_LEVELS` of them."""
    first, last = Color.parse(start), Color.parse(end)
    return [first.blend(last, level / (_LEVELS - 1)).rgb for level in range(_LEVELS)]
