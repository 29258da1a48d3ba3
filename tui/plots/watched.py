"""What is watched, as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.language.catalogue import Translate
from tui.plots.reading_line import format_reading
from tui.rendering.glyphs import Glyphs
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width, cut, pad
from tui.words.watched import WatchedRow, trouble_of

_GAP = "  "


def draw_watched(
    rows: Sequence[WatchedRow],
    width: int,
    palette: Palette,
    glyphs: Glyphs,
    translate: Translate,
    *,
    in_ascii: bool,
) -> list[Strip]:
    """A line for each: the mark of its curve, the expression, and what it is, `width` cells wide.

    The expressions take at most half of that.
    """
    widest = max((cell_width(row.text) for row in rows), default=0)
    room = max(min(widest, width // 2), 1)
    strips: list[Strip] = []
    for row in rows:
        mark, colour = mark_of_row(row, palette, in_ascii=in_ascii)
        words, tint = value_words(row, palette, translate)
        left = max(width - room - len(_GAP) - 2, 1)
        strips.append(
            Strip(
                [
                    Segment(f"{mark} ", Style(color=colour, bold=True)),
                    Segment(pad(row.text, room, glyphs.ellipsis), Style(color=palette.text)),
                    Segment(f"{_GAP}{cut(words, left, glyphs.ellipsis)}", Style(color=tint)),
                ]
            )
        )
    return strips


def mark_of_row(row: WatchedRow, palette: Palette, *, in_ascii: bool) -> tuple[str, str]:
    """The mark of what is on the curve, and the colour of its curve; a blank of what is not."""
    if not row.is_charted:
        return " ", palette.dim
    colours = palette.series
    colour = palette.dim if row.series is None else colours[row.series % len(colours)]
    return "-" if in_ascii else "─", colour


def value_words(row: WatchedRow, palette: Palette, translate: Translate) -> tuple[str, str]:
    """What it is, in a line, and the colour for that."""
    value = row.value
    if value is None:
        return translate("not read yet"), palette.dim
    trouble = trouble_of(value, translate)
    if trouble:
        return trouble, palette.bad
    if value.said or value.number is None:
        return value.said, palette.text
    return format_reading(value.number), palette.text
