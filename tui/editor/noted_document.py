"""The editor's lines: only a line's end ends one, and a note may stand under one of them."""

from __future__ import annotations

import re

from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset

from tui.rendering.code import TAB_SIZE, column_of_shown, visible
from tui.rendering.code_rows import rows_of
from tui.rendering.widths import wrap_words

_LINE_END = re.compile(r"\r\n|\r|\n")


class SourceDocument(Document):
    """Source whose lines end where Python's do: not at a form feed, nor at U+2028."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._lines = _LINE_END.split(text)

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replace what stands between two places, in whichever order."""
        top, bottom = sorted((start, end))
        replaced = self.get_text_range(top, bottom)
        before = self._lines[top[0]][: top[1]]
        after = self._lines[bottom[0]][bottom[1] :] if bottom[0] < len(self._lines) else ""
        put = _LINE_END.split(before + text)
        end_location = (top[0] + len(put) - 1, len(put[-1]))
        put[-1] += after
        self._lines[top[0] : bottom[0] + 1] = put
        return EditResult(end_location, replaced)


class NotedDocument(WrappedDocument):
    """Lines wrapped as in the code pane, with the rows of a note under the last row of one line.

    ``note`` is the line, from 0, and the words; the rows are made by the next `wrap`.
    """

    def __init__(self, document: SourceDocument, tab_width: int) -> None:
        self.note: tuple[int, str] | None = None
        self._note_rows: list[str] = []
        self._note_top = 0
        self._margins: list[int] = []
        super().__init__(document, tab_width=tab_width)

    @property
    def height(self) -> int:
        """How many rows there are, the note's included."""
        return len(self._offset_to_line_info)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break lines and note for a width in cells; 0 breaks nothing."""
        super().wrap(width, tab_width)
        if width:
            self._break_lines(width)
        self._note_rows = []
        if self.note is None or self.note[0] >= len(self._line_index_to_offsets):
            return
        line, words = self.note
        self._note_rows = wrap_words(words, width) if width else [words]
        self._note_top = self._line_index_to_offsets[line][-1] + 1
        place = self._offset_to_line_info[self._note_top - 1]
        self._offset_to_line_info[self._note_top : self._note_top] = [place] * len(self._note_rows)
        for offsets in self._line_index_to_offsets[line + 1 :]:
            offsets[:] = [offset + len(self._note_rows) for offset in offsets]

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Break everything again: sources are short, and the note has moved."""
        del start, old_end, new_end
        self.wrap(self._width)

    def _break_lines(self, width: int) -> None:
        """Break each line where the code pane breaks it, in place of where Textual has."""
        self._margins = []
        self._wrap_offsets = []
        self._line_index_to_offsets = []
        self._offset_to_line_info = []
        for index, line in enumerate(self.document.lines):
            _, *further = rows_of(visible(line).expandtabs(TAB_SIZE), width)
            breaks = [column_of_shown(line, row.begin) for row in further]
            first = len(self._offset_to_line_info)
            self._margins.append(further[0].margin if further else 0)
            self._wrap_offsets.append(breaks)
            self._line_index_to_offsets.append([*range(first, first + 1 + len(breaks))])
            self._offset_to_line_info += [(index, section) for section in range(1 + len(breaks))]

    def margin_of(self, row: int) -> int:
        """How many empty cells a row has before its text."""
        if not self._width or row >= self.height:
            return 0
        line, section = self._offset_to_line_info[row]
        return self._margins[line] if section else 0

    def location_to_offset(self, location: Location) -> Offset:
        """Where a character stands: its cell, and its row."""
        column, row = super().location_to_offset(location)
        return Offset(column + self.margin_of(row), row)

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """The character at a cell of a line's row, or nearest to it."""
        row = self._line_index_to_offsets[line_index][y_offset]
        margin = self.margin_of(row)
        return super().get_target_document_column(line_index, max(x_offset - margin, 0), y_offset)

    def note_row(self, row: int) -> str | None:
        """What of the note stands in a row; None where the row is a line's."""
        at = row - self._note_top
        return self._note_rows[at] if 0 <= at < len(self._note_rows) else None

    def line_at(self, row: int) -> int | None:
        """The line that a row is of; None below the last."""
        return self._offset_to_line_info[row][0] if row < self.height else None
