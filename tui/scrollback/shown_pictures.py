"""A lesson's picture among the lines of its output, and under it what is to be read."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.pictures import Picture
from tui.language.catalogue import Translate
from tui.rendering.glyphs import ASCII, Glyphs
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width
from tui.scrollback.blocks import draw_picture

_FEWEST_ROWS = 4
_MOST_COLUMNS = 160


def picture_words(number: int, picture: Picture, translate: Translate) -> str:
    """One line that stands for a picture where only text can: its number, title and axes."""
    words = [translate("Figure {number}").format(number=number)]
    if picture.title:
        words.append(picture.title)
    words.extend(picture.axes)
    return " · ".join(words)


def draw_shown_picture(
    picture: Picture,
    width: int,
    height: int,
    palette: Palette,
    glyphs: Glyphs,
    *,
    has_colours: bool,
) -> list[Strip]:
    """The picture with its legend under it; one row of `height` is left for its words."""
    legend = _legend(picture, width, palette, glyphs)
    rows = max(height - len(legend) - 1, _FEWEST_ROWS)
    drawn = draw_picture(
        picture.pixels,
        min(width, _MOST_COLUMNS),
        rows,
        has_colours=has_colours,
        in_ascii=glyphs is ASCII,
    )
    return [*drawn, *legend]


def _legend(picture: Picture, width: int, palette: Palette, glyphs: Glyphs) -> list[Strip]:
    """What the colours stand for, as many entries a line as fit."""
    lines: list[list[Segment]] = []
    used = width
    for entry in picture.legend:
        cells = cell_width(entry.label) + 4
        if used + cells > width or not lines:
            lines.append([])
            used = 0
        mark = Segment(f"{glyphs.bar_full * 2} ", Style(color=entry.colour))
        lines[-1] += [mark, Segment(f"{entry.label} ", Style(color=palette.dim))]
        used += cells
    return [Strip(line) for line in lines]
