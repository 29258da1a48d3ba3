"""What the rows of a pane show of the text they stand for; no widget may enter.

A pane wraps lines, numbers them and fills them up. Here a place of its text, a line and a column
in characters, is found from a cell of a row and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.rendering.search import Location
from tui.rendering.widths import cell_width, clusters

_WORD = re.compile(r"\w+|[^\w\s]+|\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """The characters of a text that one row of a pane shows.

    ``length`` characters of line ``line``, from ``column`` on, stand behind ``margin`` characters
    that are none of the text, such as a line's number; what stands after them is none of it either.
    """

    line: int
    column: int
    margin: int
    length: int


@dataclass(frozen=True, slots=True)
class StyledSpan:
    """A part of one line, from one column to before another, and how it is to look."""

    start: int
    end: int
    style: Style


def rows_of_lines(strips: Sequence[Strip], first: int = 0) -> list[Row]:
    """The rows of strips that are a line each, numbered from `first` on, without spaces at ends."""
    return [Row(line, 0, 0, len(strip.text.rstrip())) for line, strip in enumerate(strips, first)]


def shown_text(strip: Strip, row: Row) -> str:
    """What a row shows of its text."""
    return strip.text[row.margin : row.margin + row.length]


def text_lines(strips: Sequence[Strip], rows: Sequence[Row]) -> list[str]:
    """The lines of a text from its first one to its last, each as it was before it was wrapped."""
    lines: list[str] = []
    number: int | None = None
    for strip, row in zip(strips, rows, strict=True):
        shown = shown_text(strip, row)
        if row.line == number:
            lines[-1] += shown
        else:
            lines.append(shown)
            number = row.line
    return lines


def rows_to(rows: Sequence[Row], line: int, start: int, end: int, most: int) -> range:
    """The rows that show a part of a line, and those of it before them, where all are `most`."""
    of_line = [(at, row) for at, row in enumerate(rows) if row.line == line]
    found = [at for at, row in of_line if row.column < end and start < row.column + row.length]
    if not found:
        return range(0)
    whole = range(of_line[0][0], found[-1] + 1)
    return whole if len(whole) <= most else range(found[0], found[-1] + 1)


def text_between(
    lines: Sequence[str], first: int, start: Location | None, end: Location | None
) -> str:
    """The text from one place to before another, of lines that are numbered from `first` on.

    None is its own start, or its own end.
    """
    lines = list(lines)
    if end is not None and end[0] - first < len(lines):
        lines = lines[: max(end[0] - first + 1, 0)]
        if lines:
            lines[-1] = lines[-1][: end[1]]
    if start is not None and start[0] >= first:
        lines = lines[start[0] - first :]
        if lines:
            lines[0] = lines[0][start[1] :]
    return "\n".join(lines)


def word_at(line: str, column: int) -> tuple[int, int]:
    """From which column to before which one the word reaches that stands at a column.

    Where none stands there, it is what stands together without letters, or the space.
    """
    for found in _WORD.finditer(line):
        if found.end() > column:
            return found.span()
    return len(line), len(line)


def place_in(strip: Strip, row: Row, cell: int) -> Location:
    """The place of the character at a cell of a row; beside the text, its nearer end there."""
    text = strip.text
    used, column = cell_width(text[: row.margin]), row.column
    for cluster, cells in clusters(shown_text(strip, row)):
        used += cells
        if used > cell:
            break
        column += len(cluster)
    return row.line, column


def with_spans(strip: Strip, row: Row, spans: Iterable[StyledSpan]) -> Strip:
    """A row with the parts of its line that it shows in other styles, later ones over earlier."""
    text = strip.text
    for span in spans:
        start = max(span.start - row.column, 0)
        end = min(span.end - row.column, row.length)
        if start >= end:
            continue
        before = cell_width(text[: row.margin + start])
        after = before + cell_width(text[row.margin + start : row.margin + end])
        styled = Segment.apply_style(strip.crop(before, after), post_style=span.style)
        strip = Strip([*strip.crop(0, before), *styled, *strip.crop(after, strip.cell_length)])
    return strip
