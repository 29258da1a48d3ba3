"""A field to write Python in: indentation, brackets and quotes in pairs, comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document_navigator import DocumentNavigator
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from tui.editing.brackets import partner
from tui.editing.lines import (
    dedented,
    indentation_after,
    indentation_of,
    indented,
    spaces_to_next_stop,
    toggled_comments,
)
from tui.editing.pairs import is_empty_pair, typed
from tui.editor.noted_document import NotedDocument, SourceDocument

Location = tuple[int, int]


class CodeArea(TextArea):
    """A text area that helps with Python; long lines go on in further rows."""

    # Beside those in the table of actions, as with shift and the arrows.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+shift+home", "go_to_first(True)", show=False),
        Binding("ctrl+shift+end", "go_to_last(True)", show=False),
        Binding("ctrl+delete", "delete_word_right", show=False),
    ]

    wrapped_document: NotedDocument

    def __init__(self, name: str) -> None:
        super().__init__(id=name, soft_wrap=True, tab_behavior="focus", show_line_numbers=True)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Take text and Enter; what else a key means stands in the table of actions."""
        if event.key == "enter":
            self._begin_line()
        elif event.is_printable and event.character is not None:
            self._type(event.character)
        else:
            return
        event.stop()
        event.prevent_default()
        self._restart_blink()

    def indent(self) -> None:
        """Put spaces up to the next stop, or a level before each selected line."""
        if not self.selection.is_empty:
            self._change_lines(indented)
            return
        width = self.get_column_width(*self.cursor_location)
        self._put(spaces_to_next_stop(width), *self.selection)

    def action_dedent(self) -> None:
        self._change_lines(dedented)

    def action_comment(self) -> None:
        self._change_lines(toggled_comments)

    def action_go_to_first(self, select: bool = False) -> None:
        self.move_cursor((0, 0), select=select)

    def action_go_to_last(self, select: bool = False) -> None:
        self.move_cursor(self.document.end, select=select)

    def action_delete_left(self) -> None:
        """Delete to the left of the cursor, and the other half of a pair with nothing in it."""
        row, column = self.cursor_location
        before, after = self._around(self.cursor_location, self.cursor_location)
        if self.selection.is_empty and is_empty_pair(before, after):
            self._put("", (row, column - 1), (row, column + 1))
        else:
            super().action_delete_left()

    def _type(self, character: str) -> None:
        start, end = sorted(self.selection)
        before, after = self._around(start, end)
        put = typed(character, before, self.selected_text, after)
        if put.taken and put.text == after[: put.taken]:
            self.move_cursor((end[0], end[1] + put.taken))
            return
        self._put(put.text, start, (end[0], end[1] + put.taken))
        if put.back:
            row, column = self.cursor_location
            self.move_cursor((row, column - put.back))

    def _begin_line(self) -> None:
        start, end = sorted(self.selection)
        line = self.document.get_line(start[0])
        new = indentation_after(line[: start[1]])
        before, after = self._around(start, end)
        self._put(f"\n{new}", start, end)
        if is_empty_pair(before, after):
            here = self.cursor_location
            self._put(f"\n{indentation_of(line)}", here, here)
            self.move_cursor(here)

    def _put(self, text: str, start: Location, end: Location) -> None:
        """Put text between two places, and the cursor behind it."""
        self.replace(text, start, end, maintain_selection_offset=False)

    def _around(self, start: Location, end: Location) -> tuple[str, str]:
        """The source before a place, and that after another."""
        document = self.document
        return document.get_text_range((0, 0), start), document.get_text_range(end, document.end)

    def _change_lines(self, change: Callable[[Sequence[str]], list[str]]) -> None:
        """Change the lines that are selected, or the cursor's, and select the same text in them."""
        (first, _), (last, last_column) = sorted(self.selection)
        if last > first and last_column == 0:
            last -= 1
        old = [self.document.get_line(row) for row in range(first, last + 1)]
        new = change(old)
        selection = self.selection
        self._put("\n".join(new), (first, 0), (last, len(old[-1])))

        def moved(place: Location) -> Location:
            row, column = place
            if not first <= row <= last or not column:
                return place
            return row, max(column + len(new[row - first]) - len(old[row - first]), 0)

        self.selection = Selection(moved(selection.start), moved(selection.end))

    # Textual's own, with other documents and another way to find a bracket's partner

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """The partner of the bracket at the cursor, or else of the one just before it."""
        del bracket
        row, column = search_from
        return partner(self.text, search_from) or partner(self.text, (row, column - 1))

    def _set_document(self, text: str, language: str | None) -> None:
        del language
        self.document = SourceDocument(text)
        self.wrapped_document = NotedDocument(self.document, self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()
