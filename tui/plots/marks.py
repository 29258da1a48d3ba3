"""Thin upright lines on a drawing of curves, where the learner has changed something in the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.lesson.printable import printable
from tui.plots.curve import CurveDrawing
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.palette import Palette
from tui.rendering.widths import cell_width, cut

LINE, ASCII_LINE = UNICODE.turned, ASCII.turned
_NARROWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class CurveMark:
    """A change that took effect after the iteration at ``position``.

    ``before`` is what was called ``name`` before it, "" where that is not known; without an
    ``after`` the change is told by its `name` alone.
    """

    position: int
    name: str
    before: str
    after: str


def with_marks(
    drawing: CurveDrawing, marks: Sequence[CurveMark], palette: Palette, *, in_ascii: bool
) -> CurveDrawing:
    """A drawing with a line for each change that lies in it, and in its top row what was changed.

    Where words have no room to the right of their line they stand to its left, and where several
    are too close, the older ones give way. No line hides a curve.
    """
    told = _told(drawing, marks, in_ascii=in_ascii)
    if not told or not drawing.height:
        return drawing
    style = Style(color=palette.accent)
    line = Segment(ASCII_LINE if in_ascii else LINE, style)
    rows = drawing.strips[1 : 1 + drawing.height]
    for cell in told:
        rows = [_with_line(row, cell, line) for row in rows]
    end = drawing.left + drawing.width
    for cell, words in _placed(told, drawing.left, end, "..." if in_ascii else "…"):
        rows[0] = _with_words(rows[0], cell, Segment(words, style + Style(bold=True)))
    strips = [drawing.strips[0], *rows, *drawing.strips[1 + drawing.height :]]
    return replace(drawing, strips=strips)


def _told(
    drawing: CurveDrawing, marks: Sequence[CurveMark], *, in_ascii: bool
) -> dict[int, list[str]]:
    """The cells with lines, from left to right, each with what to say there, the longest first."""
    cells = [(cell, mark) for mark in marks if (cell := drawing.cell_of(mark.position)) is not None]
    ordered = sorted(cells, key=lambda one: one[0])
    arrow = "->" if in_ascii else "→"
    return {
        cell: _wordings(_merged([mark for _, mark in group]), arrow)
        for cell, group in groupby(ordered, key=lambda one: one[0])
    }


def _merged(marks: Sequence[CurveMark]) -> list[CurveMark]:
    """One mark for each name: what it was at first, and what it is in the end."""
    merged: dict[str, CurveMark] = {}
    for mark in marks:
        first = merged.get(mark.name, mark)
        merged[mark.name] = replace(mark, before=first.before)
    return list(merged.values())


def _wordings(marks: Sequence[CurveMark], arrow: str) -> list[str]:
    full = ", ".join(_words(mark, arrow) for mark in marks)
    short = ", ".join(_words(replace(mark, before=""), arrow) for mark in marks)
    values = ", ".join(mark.after or mark.name for mark in marks)
    return [printable(words) for words in dict.fromkeys((full, short, values))]


def _words(mark: CurveMark, arrow: str) -> str:
    if not mark.after:
        return mark.name
    if not mark.before:
        return f"{mark.name}={mark.after}" if mark.name else mark.after
    return f"{mark.name} {mark.before}{arrow}{mark.after}".strip()


def _placed(
    told: dict[int, list[str]], left: int, end: int, ellipsis: str
) -> list[tuple[int, str]]:
    """Where which words begin, in cells; those of the newest come first."""
    placed: list[tuple[int, str]] = []
    cells = list(told)
    for index in range(len(cells) - 1, -1, -1):
        cell = cells[index]
        begin = cells[index - 1] + 1 if index else left
        right, on_left = end - cell - 1, cell - begin
        wordings = told[cell]
        words = next((one for one in wordings if cell_width(one) <= max(right, on_left)), None)
        if words is None and max(right, on_left) >= _NARROWEST_WORDS:
            words = cut(wordings[-1], max(right, on_left), ellipsis)
        end = cell
        if words is not None and cell_width(words) <= right:
            placed.append((cell + 1, words))
        elif words is not None:
            end = cell - cell_width(words)
            placed.append((end, words))
    return placed


def _with_line(row: Strip, cell: int, line: Segment) -> Strip:
    """A row with the line at a cell, unless something stands there already."""
    if row.crop(cell, cell + 1).text.strip():
        return row
    return _with_words(row, cell, line)


def _with_words(row: Strip, cell: int, words: Segment) -> Strip:
    after = cell + cell_width(words.text)
    return Strip([*row.crop(0, cell), words, *row.crop(after, row.cell_length)])
