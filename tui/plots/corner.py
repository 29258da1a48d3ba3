"""The corner of a tensor's values as lines of numbers; torch may not enter."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from engine.protocol.frame import Floats
from engine.protocol.tensors import TensorSnapshot
from tui.language.catalogue import Translate
from tui.plots.figures import (
    LARGEST_FIXED,
    SIGNIFICANT_DIGITS,
    SMALLEST_FIXED,
    decimals,
    power_of_ten,
)
from tui.rendering.glyphs import Glyphs
from tui.rendering.palette import Palette
from tui.rendering.widths import cut, pad_left

SHADES = 8
NOT_FINITE = SHADES + 1
SPACE = Segment(" ")
CHANGED = Style(bold=True, underline=True)

# The shade of a value, from -SHADES to SHADES or NOT_FINITE, and whether it changed.
StyleKey = tuple[int, bool]


def draw_corner(
    tensor: TensorSnapshot, width: int, palette: Palette, glyphs: Glyphs, translate: Translate
) -> list[Strip]:
    """The corner, row by row; dots where rows or columns are left out."""
    if tensor.corner.size == 0:
        empty = translate("empty: it has no values")
        reason = empty if 0 in tensor.shape else translate("its values cannot be shown")
        return [Strip([Segment(cut(reason, width, glyphs.ellipsis), Style(color=palette.dim))])]
    dim = Style(color=palette.dim)
    texts = format_values(tensor.corner, tensor.dtype)
    field = len(texts[0][0])
    total_rows, total_columns = (1, 1, *tensor.shape)[-2:]
    columns = _fitting_columns(len(texts[0]), total_columns, field, width, glyphs)
    dots = [Segment(f" {glyphs.ellipsis}", dim)] if columns < total_columns else []
    first_matrix = ["0"] * (len(tensor.shape) - 2) + [":"] * min(len(tensor.shape), 2)
    strips = draw_slice(tensor, first_matrix, width, palette, glyphs)
    styles = _value_styles(palette)
    keys = _style_keys(tensor)
    for words, row_keys in zip(texts, keys, strict=True):
        shown = zip(words[:columns], row_keys[:columns], strict=True)
        segments = [segment for word, key in shown for segment in _value(word, key, styles)]
        strips.append(Strip([*segments[1:], *dots]).crop(0, width))
    if len(texts) < total_rows:
        marks = " ".join(pad_left(glyphs.row_ellipsis, field) for _ in range(columns))
        strips.append(Strip([Segment(marks, dim)]).crop(0, width))
    return strips


def format_values(corner: Floats, dtype: str) -> list[list[str]]:
    """The values of a corner (shape [rows, columns]) as texts of one width, with a sign column.

    The largest value has four significant digits and the others as many decimals, so that points
    stand below each other; what would round to nothing is written as a power of ten. As torch
    prints them, whole floats end in a point, and booleans are words.
    """
    write = _writer(corner, dtype)
    rows = [[write(value) for value in row] for row in corner.tolist()]
    unsigned = max((len(text.removeprefix("-")) for row in rows for text in row), default=0)
    return [[text.rjust(unsigned + 1) for text in row] for row in rows]


def _writer(corner: Floats, dtype: str) -> Callable[[float], str]:
    """The way in which all values of one corner are written."""
    kind = dtype.removeprefix("torch.")
    if kind == "bool":
        return lambda value: str(bool(value))
    if kind.startswith(("int", "uint")):
        return lambda value: f"{value:.0f}"
    finite = corner[np.isfinite(corner)]
    largest = float(np.abs(finite).max(initial=0.0))
    if largest < LARGEST_FIXED and bool((finite == np.rint(finite)).all()):
        return lambda value: f"{value:.0f}." if math.isfinite(value) else str(value)
    if SMALLEST_FIXED <= largest < LARGEST_FIXED:
        return partial(_fixed, places=decimals(largest))
    return partial(power_of_ten, places=SIGNIFICANT_DIGITS - 1)


def _fixed(value: float, places: int) -> str:
    if value == 0:
        return "0."
    if abs(value) < 0.5 * 10.0**-places:
        return power_of_ten(value, 0)
    return f"{value:.{places}f}"


def _fitting_columns(held: int, total: int, field: int, width: int, glyphs: Glyphs) -> int:
    """How many columns of `field` cells fit, leaving room for dots where some are left out."""
    if held == total and held * (field + 1) - 1 <= width:
        return held
    room = width - 1 - len(glyphs.ellipsis)
    return max(0, min(held, (room + 1) // (field + 1)))


def draw_slice(
    tensor: TensorSnapshot, parts: list[str], width: int, palette: Palette, glyphs: Glyphs
) -> list[Strip]:
    """The slice that is shown, where it is not all; what is shown of complex numbers."""
    words = []
    if any(part != ":" for part in parts):
        words.append(f"[{', '.join(parts)}]")
    if tensor.dtype.removeprefix("torch.").startswith("complex"):
        words.append("magnitudes")
    text = cut("  ".join(words), width, glyphs.ellipsis)
    return [Strip([Segment(text, Style(color=palette.dim))])] if words else []


def slice_in_window(tensor: TensorSnapshot, drawn: tuple[int, int]) -> list[str]:
    """What of the tensor is drawn of its window, in Python's words: `0`, `:`, `::12` (each 12th).

    ``drawn`` are the rows and columns of the drawing, of which a vector has its own.
    """
    if tensor.window is None:
        return []
    channels, rows, columns = tensor.window.shape
    shown = min(len(tensor.shape), 2)
    leading = ["0"] * (len(tensor.shape) - shown)
    if channels > 1:
        leading[-1] = ":"
    sides = tensor.shape[-shown:]
    lengths = (columns,) if shown == 1 else (rows, columns)
    if rows == 1 and len(sides) == 2 and sides[1] == 1:
        lengths = (columns, 1)
    elif rows > 1:
        lengths = (min(rows, drawn[0]), min(columns, drawn[1]))
    steps = [-(-side // length) for side, length in zip(sides, lengths, strict=True)]
    return [*leading, *(f"::{step}" if step > 1 else ":" for step in steps)]


def style_values(values: Floats, palette: Palette) -> list[list[Style]]:
    """The style of each value, by its size against the largest (shape [rows, columns])."""
    styles = _value_styles(palette)
    return [[styles[shade, False] for shade in row] for row in _shades(values)]


def _style_keys(tensor: TensorSnapshot) -> list[list[StyleKey]]:
    """For each value of the corner its shade and whether it changed."""
    return [
        list(zip(row, changed, strict=True))
        for row, changed in zip(_shades(tensor.corner), tensor.changed.tolist(), strict=True)
    ]


def _shades(values: Floats) -> list[list[int]]:
    finite = np.isfinite(values)
    sizes = np.where(finite, values, 0.0)
    largest = float(np.abs(sizes).max(initial=0.0)) or 1.0
    shades = np.where(finite, np.rint(sizes / largest * SHADES), NOT_FINITE).astype(int)
    listed: list[list[int]] = shades.tolist()
    return listed


def _value(text: str, key: StyleKey, styles: dict[StyleKey, Style]) -> tuple[Segment, ...]:
    """A gap and a value; the line under one that changed does not reach under its padding."""
    number = text.lstrip()
    padding = text[: len(text) - len(number)]
    return SPACE, Segment(padding), Segment(number, styles[key])


@lru_cache(maxsize=8)
def _value_styles(palette: Palette) -> dict[StyleKey, Style]:
    """The style for each shade, from negative over dim to positive, unchanged and changed."""
    dim = Color.parse(palette.dim)
    styles = {NOT_FINITE: Style(color=palette.bad)}
    for shade in range(-SHADES, SHADES + 1):
        end = Color.parse(palette.negative if shade < 0 else palette.positive)
        styles[shade] = Style(color=dim.blend(end, abs(shade) / SHADES).hex6)
    unchanged = {(shade, False): style for shade, style in styles.items()}
    return unchanged | {(shade, True): style + CHANGED for shade, style in styles.items()}
