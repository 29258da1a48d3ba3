"""Sentences on what a run has come to, as lines that say by a mark what is right and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.lesson.printable import printable
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.palette import Palette
from tui.rendering.widths import wrap_words


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence; ``is_good`` is None where it says neither well done nor wrong.

    ``is_warning`` is of what goes wrong though nobody has asked.
    """

    text: str
    is_good: bool | None
    is_warning: bool = False


def draw_remarks(
    remarks: Sequence[Remark], width: int, palette: Palette, *, in_ascii: bool
) -> list[Strip]:
    """Remarks as lines of at most `width` cells: each with a mark that says right or wrong."""
    colours = {True: palette.good, False: palette.bad, None: palette.accent}
    glyphs = ASCII if in_ascii else UNICODE
    marks = {True: glyphs.right, False: glyphs.wrong, None: glyphs.neither}
    lines = []
    for remark in remarks:
        style, mark = Style(color=colours[remark.is_good]), f"{marks[remark.is_good]} "
        if remark.is_warning:
            style, mark = Style(color=palette.warning), f"{glyphs.warning} "
        for row, line in enumerate(wrap_words(printable(remark.text), max(width - len(mark), 1))):
            before = mark if row == 0 else " " * len(mark)
            lines.append(Strip([Segment(before + line, style)]))
    return lines


def draw_remarks_within(
    remarks: Sequence[Remark], width: int, height: int, palette: Palette, *, in_ascii: bool
) -> list[Strip]:
    """The same in at most `height` lines: what is wrong is whole as long as it has room."""

    def drawn(shown: Sequence[Remark]) -> list[list[Strip]]:
        lines = [draw_remarks([one], width, palette, in_ascii=in_ascii) for one in shown]
        if sum(map(len, lines)) <= height:
            return lines
        return [
            strips if one.is_good is False else strips[:1]
            for one, strips in zip(shown, lines, strict=True)
        ]

    shown = list(remarks)
    while sum(map(len, drawn(shown))) > height and any(one.is_good is not False for one in shown):
        last = max(at for at, one in enumerate(shown) if one.is_good is not False)
        del shown[last]
    return [strip for strips in drawn(shown) for strip in strips][:height]
