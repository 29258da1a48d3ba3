"""Where a line of code breaks that is longer than its row: text alone, no colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.rendering.widths import cell_width, split_at

GOES_ON = "↪"
"""Stands before a row that goes on with the line above it."""

_CONTINUATION_INDENT = 4
_SHARE_SPARED = 4
_BREAK_AFTER = (" ,", "(")


class CodeRow(NamedTuple):
    """The part of a line from character `begin` to `end`, after so many cells of margin."""

    margin: int
    begin: int
    end: int


# A letter with its marks takes a cell: of a long line not all need be looked at for each row.
_MOST_IN_A_CELL = 16


def rows_of(text: str, width: int, spare: int = 0) -> Iterator[CodeRow]:
    """The rows of a line in `width` cells: further ones are indented deeper than the line is.

    The last of them leaves `spare` cells, unless the rows are too short to give away so many.
    """
    spare = min(spare, width // _SHARE_SPARED)
    if cell_width(text) <= width - spare:
        yield CodeRow(0, 0, len(text))
        return
    own_indent = len(text) - len(text.lstrip(" "))
    indent = min(own_indent + _CONTINUATION_INDENT, width // 2)
    begin, room, margin = 0, width, 0
    while begin < len(text):
        row = _row_of(text[begin : begin + _MOST_IN_A_CELL * room + 1], room)
        if begin + len(row) == len(text) and cell_width(row) > room - spare:
            row = _row_of(row, room - spare)
        end = begin + len(row)
        yield CodeRow(margin, begin, end)
        begin, room, margin = end, width - indent, indent


def _row_of(text: str, width: int) -> str:
    """As much of `text` as `width` cells hold, broken after a space, comma or bracket if it can."""
    fitting, rest = split_at(text, width)
    if not rest or not fitting:
        return fitting or text[:1]
    for breaking in _BREAK_AFTER:
        after = 1 + max(fitting.rfind(character) for character in breaking)
        if after > len(fitting) // 2:
            return fitting[:after]
    return fitting
