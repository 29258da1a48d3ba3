"""A tensor that fills the screen, as lines of text: what it is, a slice of it, or a tree."""

from __future__ import annotations

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.tensors import Aspect, OpenedTensor, TensorSnapshot, TreeLine
from tui.language.catalogue import Translate
from tui.plots.corner import format_values, style_values
from tui.plots.tensors import draw_statistics
from tui.rendering.glyphs import Glyphs
from tui.rendering.palette import Palette
from tui.rendering.strips import cut_strip
from tui.rendering.widths import cut

_INDENT = 2


def draw_opened(
    opened: OpenedTensor,
    fixed: int | None,
    width: int,
    palette: Palette,
    glyphs: Glyphs,
    translate: Translate,
) -> list[Strip]:
    """The tensor's properties and statistics, and below them its values or its graph; or modules.

    `fixed` is the dimension whose index the keys change, None where there is none.
    """
    if opened.opening.aspect is Aspect.MODULES:
        # They are the lesson's, and no part of the tensor.
        return _tree(opened, width, palette, glyphs, translate)
    snapshot = opened.snapshot
    strips = [
        *_properties(snapshot, width, palette, glyphs),
        *draw_statistics(snapshot, width, palette, glyphs),
        _counts(snapshot, palette, translate),
        Strip.blank(0),
    ]
    if opened.opening.aspect is Aspect.GRAPH:
        return [*strips, *_tree(opened, width, palette, glyphs, translate)]
    if opened.values.size == 0:
        reason = translate("its values cannot be shown")
        return [*strips, Strip([Segment(reason, Style(color=palette.dim))])]
    return [*strips, _slice(opened, fixed, width, palette), *_values(opened, width, palette)]


def columns_in_sight(opened: OpenedTensor, width: int) -> int:
    """How many columns of the values that came have room in that width."""
    texts = format_values(opened.values, opened.snapshot.dtype)
    field = len(texts[0][0]) if texts and texts[0] else 1
    return max(1, (width - _label_width(opened)) // (max(field, _head_width(opened)) + 1))


def _properties(
    snapshot: TensorSnapshot, width: int, palette: Palette, glyphs: Glyphs
) -> list[Strip]:
    words = [snapshot.name, str(list(snapshot.shape)), snapshot.dtype, snapshot.device]
    if snapshot.requires_grad:
        words.append("requires_grad")
    colours = (palette.text, palette.accent, *[palette.text] * 3)
    segments = [
        Segment(f"{word}  ", Style(color=colour, bold=index == 0))
        for index, (word, colour) in enumerate(zip(words, colours, strict=False))
    ]
    return [cut_strip(Strip(segments), width, glyphs.ellipsis)]


def _counts(snapshot: TensorSnapshot, palette: Palette, translate: Translate) -> Strip:
    """How many values there are, and how many of them are nan and infinite, also where none is."""
    size = int(np.prod(snapshot.shape))
    counted = translate("1 value" if size == 1 else "{count} values").format(count=f"{size:,}")
    text = f"{counted}  nan {snapshot.nans:,}  inf {snapshot.infinities:,}"
    if snapshot.is_sampled:
        looked_at = translate("({count} looked at)").format(count=f"{snapshot.looked_at:,}")
        text += f"  {looked_at}"
    return Strip([Segment(text, Style(color=palette.dim))])


def _slice(opened: OpenedTensor, fixed: int | None, width: int, palette: Palette) -> Strip:
    """`[3, 120:136, 0:9]`, what is in sight; the index that the keys change lit."""
    opening, shape = opened.opening, opened.snapshot.shape
    rows, columns = opened.values.shape
    columns = min(columns, columns_in_sight(opened, width))
    lengths = {opening.down: rows, opening.across: columns}
    plain, lit = Style(color=palette.accent), Style(color=palette.warning, bold=True, reverse=True)
    segments = [Segment("[", plain)]
    for dimension, at in enumerate(opening.place[: len(shape)]):
        if dimension:
            segments.append(Segment(", ", plain))
        word = f"{at}:{at + lengths[dimension]}" if dimension in lengths else str(at)
        segments.append(Segment(word, lit if dimension == fixed else plain))
    return Strip([*segments, Segment("]", plain)])


def _values(opened: OpenedTensor, width: int, palette: Palette) -> list[Strip]:
    """The values with the index of each row before it, and of each column above it."""
    dim, opening = Style(color=palette.dim), opened.opening
    columns = columns_in_sight(opened, width)
    shown = opened.values[:, :columns]
    texts = format_values(opened.values, opened.snapshot.dtype)
    field = max(len(texts[0][0]), _head_width(opened))
    label = _label_width(opened)
    left = opening.place[opening.across] if opening.place else 0
    top = opening.place[opening.down] if len(opening.place) > 1 else 0
    heads = "".join(f" {left + column:>{field}}" for column in range(shown.shape[1]))
    strips = [Strip([Segment(" " * label + heads, dim)])]
    styles = style_values(shown, palette)
    for row, (words, row_styles) in enumerate(zip(texts, styles, strict=True)):
        cells = [
            Segment(f" {word:>{field}}", style)
            for word, style in zip(words[:columns], row_styles, strict=True)
        ]
        strips.append(Strip([Segment(f"{top + row:>{label}}", dim), *cells]).crop(0, width))
    return strips


def _label_width(opened: OpenedTensor) -> int:
    return max((len(str(size)) for size in opened.snapshot.shape), default=1)


def _head_width(opened: OpenedTensor) -> int:
    """How wide the largest column's number is."""
    opening, shape = opened.opening, opened.snapshot.shape
    return len(str(shape[opening.across])) if shape else 1


def _tree(
    opened: OpenedTensor, width: int, palette: Palette, glyphs: Glyphs, translate: Translate
) -> list[Strip]:
    if not opened.tree:
        nothing = (
            translate("No graph: nothing is remembered of how this tensor was made.")
            if opened.opening.aspect is Aspect.GRAPH
            else translate("No module has a name here.")
        )
        return [Strip([Segment(cut(nothing, width, glyphs.ellipsis), Style(color=palette.dim))])]
    lines = (_tree_line(line, palette, translate) for line in opened.tree)
    return [cut_strip(line, width, glyphs.ellipsis) for line in lines]


def _tree_line(line: TreeLine, palette: Palette, translate: Translate) -> Strip:
    count = translate("1 parameter" if line.parameters == 1 else "{count} parameters")
    counted = f"  {count.format(count=f'{line.parameters:,}')}" if line.parameters else ""
    return Strip(
        [
            Segment(" " * (_INDENT * line.depth)),
            Segment(line.name, Style(color=palette.text, bold=not line.depth)),
            Segment(
                f"  {line.detail}{counted}" if line.detail else "", Style(color=palette.accent)
            ),
        ]
    )
