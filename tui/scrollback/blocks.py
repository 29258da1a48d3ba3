"""A picture in the cells of a terminal: quarters of blocks in two colours; no widget may enter.

A cell holds two by two dots of which some have one colour and the others another: those two that
come nearest to the picture. Where there are no colours, or only ASCII, characters tell how much
there is to see.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.pictures import Pixels

_Floats = npt.NDArray[np.float32]

# By the dots that have the colour of the character: upper left 1, upper right 2, lower left 4,
# lower right 8.
_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_SHADES = " .:-=+*#%@"
# Colours are told in so many steps, so that cells that look alike are written as one.
_STEP = 8
# A pixel of a small picture is so many columns wide at most.
_LARGEST = 4
# Of a picture with so large a share of one colour, that is the paper, and the rest is ink.
_SHARE_OF_PAPER = 0.3
_INK = 0.12


def cells_for(shape: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """How many columns and rows a picture of `shape` [rows, columns] fills of `width` by `height`.

    A cell is twice as high as it is wide. A small picture is made larger, by a whole number.
    """
    rows, columns = shape
    scale = min(width / columns, 2 * height / rows)
    if scale >= 1:
        scale = min(int(scale), _LARGEST)
    return max(round(columns * scale), 1), max(round(rows * scale / 2), 1)


def draw_picture(
    pixels: Pixels, width: int, height: int, *, has_colours: bool, in_ascii: bool
) -> list[Strip]:
    """Pixels of shape [rows, columns, 3] in at most so many cells, with their shape kept."""
    columns, rows = cells_for(pixels.shape[:2], width, height)
    dots = _resized(pixels.astype(np.float32), 2 * rows, 2 * columns)
    if has_colours and not in_ascii:
        return _coloured(_by_cell(dots))
    paper = _paper(dots)
    if paper is None:
        return _shaded(_light(dots))
    ink = np.abs(dots - paper).max(axis=2) / 255
    return _shaded(ink) if in_ascii else _dotted(ink > _INK)


def _resized(values: _Floats, rows: int, columns: int) -> _Floats:
    """Values of shape [rows, columns, 3] as means of what each new one covers."""
    return _resized_along(_resized_along(values, rows, 0), columns, 1)


def _resized_along(values: _Floats, count: int, axis: int) -> _Floats:
    length = values.shape[axis]
    starts = np.arange(count) * length // count
    if count >= length:
        taken: _Floats = np.take(values, starts, axis)
        return taken
    ends = np.append(starts[1:], length)
    sums = np.add.reduceat(values, starts, axis)
    shape = [1, 1, 1]
    shape[axis] = count
    means: _Floats = sums / (ends - starts).astype(np.float32).reshape(shape)
    return means


def _by_cell(dots: _Floats) -> _Floats:
    """Dots of shape [rows, columns, 3] as the four of each cell, [rows / 2, columns / 2, 4, 3]."""
    rows, columns, channels = dots.shape
    blocks = dots.reshape(rows // 2, 2, columns // 2, 2, channels).transpose(0, 2, 1, 3, 4)
    return blocks.reshape(rows // 2, columns // 2, 4, channels)


def _coloured(cells: _Floats) -> list[Strip]:
    masks, inks, grounds = _in_two_colours(cells)
    lines = zip(masks.tolist(), inks.tolist(), grounds.tolist(), strict=True)
    return [_line(*line) for line in lines]


def _in_two_colours(cells: _Floats) -> tuple[npt.NDArray[np.int64], ...]:
    """Which dots of each cell have its ink, and the numbers of its ink and its ground's colour."""
    best = np.full(cells.shape[:2], np.inf, np.float32)
    chosen = np.zeros(cells.shape[:2], np.int64)
    ink = ground = cells.mean(axis=2)
    # The other eight are these with the colours the other way round.
    for mask in range(8):
        has_ink = np.array([mask >> bit & 1 for bit in range(4)], bool)
        one = cells[:, :, has_ink].mean(axis=2) if mask else cells.mean(axis=2)
        other = cells[:, :, ~has_ink].mean(axis=2)
        shown = np.where(has_ink[:, np.newaxis], one[:, :, np.newaxis], other[:, :, np.newaxis])
        error = ((cells - shown) ** 2).sum(axis=(2, 3))
        # So much better that it is worth another colour.
        is_better = error < best - 1
        best[is_better] = error[is_better]
        chosen[is_better] = mask
        ink = np.where(is_better[..., np.newaxis], one, ink)
        ground = np.where(is_better[..., np.newaxis], other, ground)
    return chosen, _numbered(ink), _numbered(ground)


def _numbered(colours: _Floats) -> npt.NDArray[np.int64]:
    """Colours as numbers, 0xRRGGBB, to the nearest step; white and black stay what they are."""
    levels = np.rint(colours / _STEP).astype(np.int64)
    shares = np.minimum(levels * _STEP, 255)
    return shares[..., 0] << 16 | shares[..., 1] << 8 | shares[..., 2]


def _line(masks: list[int], inks: list[int], grounds: list[int]) -> Strip:
    segments: list[Segment] = []
    text, style = "", _style(-1, -1)
    for mask, ink, ground in zip(masks, inks, grounds, strict=True):
        # What has no dots has no ink to tell.
        one = _style(ink if mask else -1, ground)
        if one is not style:
            if text:
                segments.append(Segment(text, style))
            text, style = "", one
        text += _QUARTERS[mask]
    return Strip([*segments, Segment(text, style)])


@lru_cache(maxsize=8192)
def _style(ink: int, ground: int) -> Style:
    """A style by the numbers of its colours; -1 is none."""
    colours = [None if one < 0 else f"#{one:06x}" for one in (ink, ground)]
    return Style(color=colours[0], bgcolor=colours[1])


def _paper(dots: _Floats) -> _Floats | None:
    """The colour that most of a plot has; None of a picture that has no such colour."""
    found, counts = np.unique(_numbered(dots), return_counts=True)
    most = int(counts.argmax())
    if counts[most] < _SHARE_OF_PAPER * counts.sum():
        return None
    number = int(found[most])
    return np.array([number >> 16, number >> 8 & 255, number & 255], np.float32)


def _light(dots: _Floats) -> _Floats:
    """How much light there is, as eyes see it, from 0 to 1."""
    weights = np.array([0.2126, 0.7152, 0.0722], np.float32)
    return np.asarray(dots @ weights / 255, np.float32)


def _dotted(has_ink: npt.NDArray[np.bool_]) -> list[Strip]:
    cells = _by_cell(has_ink[..., np.newaxis].astype(np.float32))[..., 0]
    masks = (cells @ np.array([1, 2, 4, 8], np.float32)).astype(int)
    return [Strip([Segment("".join(_QUARTERS[mask] for mask in line))]) for line in masks.tolist()]


def _shaded(ink: _Floats) -> list[Strip]:
    cells = _by_cell(ink[..., np.newaxis])[..., 0]
    # The strongest dot counts as much as their mean: a thin line is to be seen.
    shares = (cells.mean(axis=2) + cells.max(axis=2)) / 2
    levels = np.rint(np.clip(shares, 0, 1) * (len(_SHADES) - 1)).astype(int)
    return [Strip([Segment("".join(_SHADES[one] for one in line))]) for line in levels.tolist()]
