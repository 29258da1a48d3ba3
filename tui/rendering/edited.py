"""What is told beside lines of code that the learner has changed; no widget may enter."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.rendering.glyphs import Glyphs
from tui.rendering.palette import Palette
from tui.rendering.rows import Row
from tui.rendering.widths import cut


def with_signs(
    strips: Sequence[Strip],
    rows: Sequence[Row],
    lines: Collection[int],
    palette: Palette,
    glyphs: Glyphs,
) -> list[Strip]:
    """Numbered lines of code, with a sign between number and code at those in `lines`.

    `rows` says what each strip shows; `lines` are counted from 0, as they are there.
    """
    sign = Segment(glyphs.edited, Style(color=palette.accent))
    return _with_sign(strips, rows, lines, sign)


def with_warnings(
    strips: Sequence[Strip],
    rows: Sequence[Row],
    lines: Collection[int],
    palette: Palette,
    glyphs: Glyphs,
) -> list[Strip]:
    """The same with the sign of a warning at those in `lines`."""
    sign = Segment(glyphs.warning, Style(color=palette.warning, bold=True))
    return _with_sign(strips, rows, lines, sign)


def with_trouble(
    strips: Sequence[Strip],
    rows: Sequence[Row],
    line: int,
    trouble: str,
    width: int,
    palette: Palette,
    glyphs: Glyphs,
) -> tuple[list[Strip], list[Row]]:
    """The same lines and rows, and in one row more, under line `line`, what has gone wrong there.

    The row is none of the code. Without such a line, or without trouble, there is none.
    """
    places = [at for at, row in enumerate(rows) if row.line == line]
    if not trouble or not places:
        return list(strips), list(rows)
    last = places[-1]
    gutter, before = rows[0].margin, rows[last]
    words = cut(trouble, max(width - gutter, 1), glyphs.ellipsis)
    style = Style(color=palette.bad, bold=True)
    told = Strip([Segment(" " * gutter + words, style)]).crop(0, width)
    row = Row(line, before.column + before.length, len(told.text), 0)
    after = last + 1
    return (
        [*strips[:after], told, *strips[after:]],
        [*rows[:after], row, *rows[after:]],
    )


def _with_sign(
    strips: Sequence[Strip], rows: Sequence[Row], lines: Collection[int], sign: Segment
) -> list[Strip]:
    if not lines:
        return list(strips)
    gutter = rows[0].margin
    return [
        _signed(strip, gutter, sign) if row.line in lines else strip
        for strip, row in zip(strips, rows, strict=True)
    ]


def _signed(strip: Strip, gutter: int, sign: Segment) -> Strip:
    """A row with the sign in the last cell of its gutter, on the ground that it has."""
    ground = strip.crop(gutter - 1, gutter)
    style = next((segment.style for segment in ground if segment.style is not None), Style())
    own = Style(bgcolor=style.bgcolor, bold=style.bold) + (sign.style or Style())
    return Strip([*strip.crop(0, gutter - 1), Segment(sign.text, own), *strip.crop(gutter)])
