"""Sentences on what a run has come to, as lines that say by a mark what is right and wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.lesson.printable import printable
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width, cut, split_at, wrap_words


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
    remarks: Sequence[Remark],
    width: int,
    height: int,
    palette: Palette,
    word_left_out: Callable[[int], str],
    *,
    in_ascii: bool,
) -> list[Strip]:
    """The same in at most `height` lines, with a last one that says how many have no room.

    What is wrong comes before what holds, and that before what warns. What is wrong is whole as
    long as it has room; another sentence that has not is cut, and ends in dots.
    """
    whole = [draw_remarks([one], width, palette, in_ascii=in_ascii) for one in remarks]
    if sum(map(len, whole)) <= height:
        return [strip for strips in whole for strip in strips]
    order = sorted(range(len(remarks)), key=lambda at: _rank(remarks[at]))
    least = [len(whole[at]) if _rank(remarks[at]) == 0 else 1 for at in order]
    count = len(order)
    while count > 1 and sum(least[:count]) + (count < len(order)) > height:
        count -= 1
    left_out = len(order) - count
    spare = height - bool(left_out) - sum(least[:count])
    rows = {}
    for at, needed in zip(order[:count], least, strict=False):
        rows[at] = min(needed + spare, len(whole[at]))
        spare -= rows[at] - needed
    ellipsis = (ASCII if in_ascii else UNICODE).ellipsis
    lines = [line for at in sorted(rows) for line in _cut(whole[at], rows[at], width, ellipsis)]
    if left_out:
        lines.append(
            Strip(
                [Segment(cut(word_left_out(left_out), width, ellipsis), Style(color=palette.dim))]
            )
        )
    return lines


def _rank(remark: Remark) -> int:
    """How soon a remark gives way to others: the higher, the sooner."""
    if remark.is_warning:
        return 2
    return 0 if remark.is_good is False else 1


def _cut(strips: Sequence[Strip], rows: int, width: int, ellipsis: str) -> list[Strip]:
    """The first `rows` lines of a remark, ended by dots where there are more."""
    if len(strips) <= rows:
        return list(strips)
    last = strips[rows - 1]
    kept, _ = split_at(last.text, width - cell_width(ellipsis))
    style = next(iter(last)).style
    return [*strips[: rows - 1], Strip([Segment(kept.rstrip() + ellipsis, style)])]
