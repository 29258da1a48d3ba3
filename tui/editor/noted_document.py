"""The editor's lines: only a line's end ends one, and a note may stand under one of them."""

from __future__ import annotations

import re

from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument

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
    """Wrapped lines, with the rows of a note under the last row of one line.

    ``note`` is the line, from 0, and the words; the rows are made by the next `wrap`.
    """

    def __init__(self, document: SourceDocument, tab_width: int) -> None:
        self.note: tuple[int, str] | None = None
        self._note_rows: list[str] = []
        self._note_top = 0
        super().__init__(document, tab_width=tab_width)

    @property
    def height(self) -> int:
        """How many rows there are, the note's included."""
        return len(self._offset_to_line_info)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break lines and note for a width in cells; 0 breaks nothing."""
        super().wrap(width, tab_width)
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

    def note_row(self, row: int) -> str | None:
        """What of the note stands in a row; None where the row is a line's."""
        at = row - self._note_top
        return self._note_rows[at] if 0 <= at < len(self._note_rows) else None

    def line_at(self, row: int) -> int | None:
        """The line that a row is of; None below the last."""
        return self._offset_to_line_info[row][0] if row < self.height else None
