"""Tensors as lines of text, drawn from their snapshots; torch may not enter."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.tensors import TensorSnapshot
from tui.language.catalogue import Translate, as_written
from tui.plots.corner import draw_corner, draw_slice, slice_in_window
from tui.plots.figures import format_statistic
from tui.plots.pictures import draw_tensor, drawn_sides
from tui.rendering.glyphs import ASCII, UNICODE, Glyphs
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width, cut

USUAL_DTYPES = frozenset(("float32", "int64"))
_GAP = 3
_NARROWEST = 24


def draw_tensors(
    tensors: Sequence[TensorSnapshot],
    width: int,
    palette: Palette,
    glyphs: Glyphs = UNICODE,
    translate: Translate = as_written,
    changed: Collection[str] = (),
    height: int = 0,
    *,
    in_characters: bool = False,
) -> list[Strip]:
    """Each tensor as a head, its statistics and a picture of it, a blank line between.

    A picture is at most `height` lines high; with `in_characters` it needs no colours. Where there
    is none, or no room for one, the corner of the values stands in its place: coloured by their
    size against the largest of the corner, and those that changed since the frame before bold and
    underlined. A gradient stands beside its tensor, or below it where there is no room. No strip
    is wider than `width` cells. The heads of the tensors named in `changed` carry a mark.
    """

    def draw(tensor: TensorSnapshot, room: int) -> list[Strip]:
        in_signs = in_characters or glyphs is ASCII
        picture = draw_tensor(
            tensor, room, height, palette, in_ascii=glyphs is ASCII, in_characters=in_signs
        )
        has_sides = bool(picture) and len(tensor.shape) > 1
        drawn = drawn_sides(tensor, room, height, in_characters=in_signs) if has_sides else (1, 1)
        window = slice_in_window(tensor, drawn)
        return [
            _marked_head(tensor, room, palette, glyphs, is_changed=tensor.name in changed),
            *draw_statistics(tensor, room, palette, glyphs),
            *(draw_slice(tensor, window, room, palette, glyphs) if picture else ()),
            *(picture or draw_corner(tensor, room, palette, glyphs, translate)),
        ]

    half = (width - _GAP) // 2
    gradients = {tensor.name: tensor for tensor in tensors if half >= _NARROWEST}
    beside = {f"{tensor.name}.grad" for tensor in tensors} & gradients.keys()
    strips: list[Strip] = []
    for tensor in tensors:
        if tensor.name in beside:
            continue
        if strips:
            strips.append(Strip.blank(0))
        gradient = gradients.get(f"{tensor.name}.grad")
        if gradient is None:
            strips += draw(tensor, width)
        else:
            strips += _side_by_side(draw(tensor, half), draw(gradient, half), half + _GAP)
    return strips


def draw_statistics(
    tensor: TensorSnapshot, width: int, palette: Palette, glyphs: Glyphs
) -> list[Strip]:
    """`min -0.5551  mean 0.1234  max 0.7187  norm 1.234`, in as many lines as that takes.

    A sign before the first says that they are of a sample. ``change`` is since the last pause.
    """
    strips: list[Strip] = []
    segments: list[Segment] = []
    if tensor.is_sampled:
        segments.append(Segment(f"{glyphs.about} ", _plain(palette.dim)))
    for name, value, colour in _statistics_words(tensor, palette):
        word = [Segment(f"{name} ", _plain(palette.dim)), Segment(value, _plain(colour))]
        if segments and Strip([*segments, *word]).cell_length > width:
            strips.append(Strip(segments[:-1]))
            segments = []
        segments += [*word, Segment("  ")]
    lines = [*strips, Strip(segments[:-1])] if len(segments) > 1 else strips
    return [line for line in lines if line.cell_length <= width]


def _statistics_words(tensor: TensorSnapshot, palette: Palette) -> list[tuple[str, str, str]]:
    """Names, values and their colours; what says nothing is left out."""
    numbers: list[tuple[str, float | None]] = [("change", tensor.moved)]
    if math.prod(tensor.shape) > 1:
        numbers = [
            *(("min", tensor.lowest), ("mean", tensor.mean), ("max", tensor.highest)),
            *(("norm", tensor.norm), *numbers),
        ]
    words = [
        (name, format_statistic(value), palette.text)
        for name, value in numbers
        if value is not None
    ]
    counts = (("nan", tensor.nans), ("inf", tensor.infinities))
    told = [(name, f"{count:,}", palette.bad) for name, count in counts if count]
    # A sample may miss the few that there are: left out, they would seem not to be there.
    may_be_missed = tensor.is_sampled and ("float" in tensor.dtype or "complex" in tensor.dtype)
    unseen = [(name, "?", palette.dim) for name, count in counts if not count and may_be_missed]
    return words + told + unseen


def _side_by_side(left: Sequence[Strip], right: Sequence[Strip], column: int) -> list[Strip]:
    """Two blocks of lines, the second from a column on."""
    blank = Strip.blank(0)
    return [
        Strip([*one.extend_cell_length(column), *other]) if other.cell_length else one
        for one, other in zip_longest(left, right, fillvalue=blank)
    ]


def _marked_head(
    tensor: TensorSnapshot, width: int, palette: Palette, glyphs: Glyphs, *, is_changed: bool
) -> Strip:
    if not is_changed:
        return _head(tensor, width, palette, glyphs)
    mark = Segment(f"{glyphs.changed} ", Style(color=palette.warning, bold=True))
    head = _head(tensor, width - mark.cell_length, palette, glyphs)
    return Strip([mark, *head]).crop(0, width)


def _head(tensor: TensorSnapshot, width: int, palette: Palette, glyphs: Glyphs) -> Strip:
    """Name and properties; where they do not fit the device goes first, and a long name is cut."""
    shape, dtype, device, *grad = _properties(tensor)
    words = [
        (shape, palette.accent),
        (dtype, palette.dim if dtype in USUAL_DTYPES else palette.text),
        (device, palette.dim if device == "cpu" else palette.text),
        *((word, palette.text) for word in grad),
    ]
    for unimportant in (device, dtype, *grad):
        if cell_width(tensor.name) + sum(len(word) + 2 for word, _ in words) <= width:
            break
        words = [pair for pair in words if pair[0] != unimportant]
    name = cut(
        tensor.name, max(1, width - sum(len(word) + 2 for word, _ in words)), glyphs.ellipsis
    )
    segments = [Segment(name, Style(color=palette.text, bold=True))]
    segments += [Segment(f"  {word}", _plain(color)) for word, color in words]
    return Strip(segments).crop(0, width)


def _properties(tensor: TensorSnapshot) -> list[str]:
    words = [str(list(tensor.shape)), tensor.dtype.removeprefix("torch."), tensor.device]
    return [*words, "requires_grad"] if tensor.requires_grad else words


@lru_cache(maxsize=64)
def _plain(color: str) -> Style:
    return Style(color=color)
