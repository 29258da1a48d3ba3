"""The pane whose strips stand for a text: the mouse selects in it, and words are searched in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rich.style import Style
from textual.events import Click, TextSelected
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from tui.rendering.rows import (
    Row,
    StyledSpan,
    place_in,
    rows_of_lines,
    text_between,
    text_lines,
    with_spans,
    word_at,
)
from tui.rendering.search import Location, Places, Walk
from tui.widgets.strip_pane import StripPane

_TO_THE_END = 1 << 40
_TWICE = 2


class TextPane(StripPane):
    """Shows lines that a reader may select, search and take along.

    Places, selected and found ones, are of the text and not of its rows: they stay where they are
    when the pane is of another width, or its text grows.
    """

    ALLOW_SELECT = True

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._rows: Sequence[Row] | None = ()
        self._text: Sequence[str] | None = ()
        self._words = ""
        self._walk = Walk()
        self._lit, self._found = Style(), Style()

    def show(self, strips: Sequence[Strip]) -> None:
        """Show these lines, each a line of the text."""
        self.show_text(strips, None)

    def show_text(
        self,
        strips: Sequence[Strip],
        rows: Sequence[Row] | None,
        lines: Sequence[str] | None = None,
    ) -> None:
        """Show lines that have been wrapped, numbered or filled up, as `rows` say.

        Where `lines` of the text are given, they are those that the rows show.
        """
        is_searched_again = bool(self._words) and strips != self._strips
        self._rows, self._text = rows, lines
        super().show(strips)
        if is_searched_again:
            self._search()

    @property
    def rows(self) -> Sequence[Row]:
        """What each strip shows of the text."""
        if self._rows is None:
            self._rows = rows_of_lines(self._strips)
        return self._rows

    @property
    def lines(self) -> Sequence[str]:
        """The lines of the text, as they were before they were wrapped."""
        if self._text is None:
            self._text = text_lines(self._strips, self.rows)
        return self._text

    @property
    def _first_line(self) -> int:
        return self.rows[0].line if self.rows else 0

    # Selecting

    def place_at(self, x: int, y: int) -> Offset:
        """The text's place, a column and a line, at a point of the screen, or nearest it."""
        region = self.content_region
        row = min(max(y - region.y, 0), max(region.height - 1, 0)) + self.scroll_offset.y
        if not self._strips:
            return Offset(0, 0)
        if row >= len(self._strips):
            last = self.rows[-1]
            return Offset(last.column + last.length, last.line)
        line, column = place_in(self._strips[row], self.rows[row], x - region.x)
        return Offset(column, line)

    def on_click(self, event: Click) -> None:
        """Select a word by a second click on it, and its line by a third."""
        if event.chain < _TWICE:
            return
        event.prevent_default()
        column, number = self.place_at(event.screen_x, event.screen_y)
        line = self.lines[number - self._first_line] if self.rows else ""
        start, end = word_at(line, column) if event.chain == _TWICE else (0, len(line))
        if start < end:
            place = Selection(Offset(start, number), Offset(end, number))
            self.screen.selections = {self: place}
            self.screen.post_message(TextSelected())

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, without numbers and margins, its lines as they were before wrapping."""
        start, end = (None if one is None else one.transpose for one in selection)
        return text_between(self.lines, self._first_line, start, end), "\n"

    # Searching

    def search(self, words: str, lit: Style, found: Style) -> None:
        """Light the places of `words`, and bring the first from where the reader is into sight.

        That one looks as `found`, the others as `lit`.
        """
        self._words, self._lit, self._found = words, lit, found
        walk = self._walk
        if walk.origin is None:
            walk.origin = self._place_in_sight()
        self._search()
        if walk.begin(walk.origin):
            self._show_found()

    def search_on(self, by: int) -> None:
        """Go on to the next place (1), or to the one before (-1)."""
        if self._walk.go_on(by):
            self._show_found()

    def end_search(self) -> None:
        """Put all lights out, and stay where the reader is."""
        self._words, self._walk = "", Walk()
        self.refresh()

    @property
    def found(self) -> tuple[int, int]:
        """Which place is shown, counted from 1, and of how many; (0, 0) where there is none."""
        return self._walk.count

    def _search(self) -> None:
        walk = self._walk
        before = walk.shown or walk.origin
        walk.places = Places(self.lines, self._words, self._first_line)
        if before is not None:
            walk.begin(before)
        self.refresh()

    def _show_found(self) -> None:
        line, column = self._walk.places[self._walk.index]
        last = self._row_of((line, column + len(self._words) - 1))
        self.keep_in_sight(range(self._row_of((line, column)), last + 1))
        self.refresh()

    def _place_in_sight(self) -> Location:
        top = self.scroll_offset.y
        if top >= len(self.rows):
            return 0, 0
        return self.rows[top].line, self.rows[top].column

    def _row_of(self, place: Location) -> int:
        return bisect_right(self.rows, place, key=lambda row: (row.line, row.column)) - 1

    # Drawing

    def render_row(self, row: int) -> Strip:
        """One of the strips, with what is found and selected in it."""
        strip, shown = self._strips[row], self.rows[row]
        return with_spans(strip, shown, [*self._lights_of(shown), *self._selected_of(shown)])

    def _lights_of(self, row: Row) -> Iterator[StyledSpan]:
        length = len(self._words)
        for index, column in self._walk.places.in_line(row.line):
            if row.column < column + length and column < row.column + row.length:
                style = self._found if index == self._walk.index else self._lit
                yield StyledSpan(column, column + length, style)

    def _selected_of(self, row: Row) -> Iterator[StyledSpan]:
        selection = self.text_selection
        span = None if selection is None else selection.get_span(row.line)
        if span is not None:
            start, end = span
            yield StyledSpan(start, _TO_THE_END if end < 0 else end, self._selected_style)

    @property
    def _selected_style(self) -> Style:
        # Its colour of letters is none: theirs stay.
        ground = self.selection_style.bgcolor
        return Style(reverse=True) if self.app.no_color else Style(bgcolor=ground)
