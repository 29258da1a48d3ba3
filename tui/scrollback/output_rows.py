"""The rows that an output takes in a pane: all are known, and each is drawn once it is in sight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import overload

from textual.strip import Strip

from tui.rendering.rows import Row
from tui.scrollback.line import Line
from tui.scrollback.wrapping import row_ends, strips_at


class WrappedLine:
    """Line `number` of an output, as it is now, in rows of `width` cells.

    Its strips are made when they are first asked for. ``text`` is the line without colours.
    """

    __slots__ = ("_ends", "_line", "_strips", "_version", "_width", "rows", "text")

    def __init__(self, line: Line, number: int, width: int) -> None:
        self._line, self._version, self._width = line, line.version, width
        self._strips: list[Strip] | None = None
        self.text = line.text
        self._ends = row_ends(self.text, width)
        if len(self._ends) > 1 and self.text.endswith(" "):
            self._ends = _without_blank_rows(self._ends, line.strip)
        self.rows = [
            Row(number, start, 0, end - start) for start, end in pairwise([0, *self._ends])
        ]

    def is_of(self, line: Line, width: int) -> bool:
        """Whether it shows this line as it is now, in a pane of this width."""
        is_as_it_was = self._line is line and self._version == line.version
        return is_as_it_was and self._width == width

    def strip_of(self, row: Row) -> Strip:
        """One of its rows, drawn."""
        if self._strips is None:
            self._strips = strips_at(self._line.strip, self._ends)
        index = bisect_left(self.rows, row.column, key=lambda one: one.column)
        return self._strips[index]


def _without_blank_rows(ends: list[int], strip: Strip) -> list[int]:
    """The ends of rows up to the last in which anything is seen.

    What draws a bar takes it away by blanks, which a narrower pane would show as empty rows.
    """
    seen = length = 0
    for text, style, _ in strip:
        is_lit = style is not None and (style.bgcolor or style.reverse or style.underline)
        inked = len(text) if is_lit else len(text.rstrip(" "))
        seen = length + inked if inked else seen
        length += len(text)
    return ends[: bisect_left(ends, seen) + 1]


class OutputRows(Sequence[Strip]):
    """Rows one under the other, of wrapped lines, and of strips that are drawn already."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.lines: list[str] = []
        self._drawn_by: list[WrappedLine | Strip] = []

    def add_line(self, line: WrappedLine) -> None:
        """Add the rows of a line."""
        self.rows += line.rows
        self.lines.append(line.text)
        self._drawn_by += [line] * len(line.rows)

    def add_strips(self, strips: Sequence[Strip], rows: Sequence[Row]) -> None:
        """Add rows that belong to the line that comes next, or to the one before."""
        self.rows += rows
        self._drawn_by += strips

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Strip: ...
    @overload
    def __getitem__(self, index: slice) -> list[Strip]: ...
    def __getitem__(self, index: int | slice) -> Strip | list[Strip]:
        """A row, or several, drawn."""
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        drawn_by = self._drawn_by[index]
        return drawn_by if isinstance(drawn_by, Strip) else drawn_by.strip_of(self.rows[index])
