"""Searching in Markdown that is shown as widgets: a place is a widget, and a column in its text."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from rich.style import Style
from textual import style
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Markdown, Static

from tui.prose.code_fence import CodeText
from tui.rendering.search import Location, Places, Walk


class ProseSearch:
    """Lights what is searched in a pane, and gives each widget its own text back."""

    def __init__(self, pane: VerticalScroll) -> None:
        self._pane = pane
        self._words = ""
        self._lit, self._found = Style(), Style()
        self._texts: list[tuple[Static, Content]] = []
        self._walk = Walk()

    def search(self, words: str, lit: Style, found: Style) -> None:
        """See Searched."""
        self.put_out()
        self._words, self._lit, self._found = words, lit, found
        self._look()
        if self._walk.origin is None:
            self._walk.origin = self._place_in_sight()
        if self._walk.begin(self._walk.origin):
            self._show_found()

    def search_on(self, by: int) -> None:
        """See Searched."""
        if self._walk.go_on(by):
            self._show_found()

    def end(self) -> None:
        """See Searched.end_search."""
        self.put_out()
        self._words, self._walk = "", Walk()

    @property
    def found(self) -> tuple[int, int]:
        """See Searched."""
        return self._walk.count

    def put_out(self) -> None:
        """Give each widget its own text back, as when another is about to be shown."""
        for widget, text in self._texts:
            widget.update(text, layout=False)
        self._texts, self._walk.places = [], Places((), "")

    def look_again(self) -> None:
        """Light the places in what is shown by now."""
        if self._words:
            self.put_out()
            self._look()
            self._walk.index = min(self._walk.index, max(len(self._walk.places) - 1, 0))
            self._light()

    def _look(self) -> None:
        # Not in the questions, whose words change while they are lit.
        widgets = [one for text in self._pane.query(Markdown) for one in text.query(Static)]
        self._texts = [(one, one.visual) for one in widgets if isinstance(one.visual, Content)]
        self._walk.places = Places([text.plain for _, text in self._texts], self._words)

    def _light(self) -> None:
        lit, found = (style.Style.from_rich_style(one) for one in (self._lit, self._found))
        shown = self._walk.shown
        for index, places in groupby(self._walk.places, key=itemgetter(0)):
            widget, text = self._texts[index]
            for place in places:
                end = place[1] + len(self._words)
                text = text.stylize(found if place == shown else lit, place[1], end)
            widget.update(text, layout=False)

    def _show_found(self) -> None:
        self._light()
        index, column = self._walk.places[self._walk.index]
        widget, text = self._texts[index]
        top = self._pane.scrollable_content_region.y - self._pane.scroll_offset.y
        row = widget.content_region.y - top + _row_of(widget, text, column)
        self._pane.scroll_to_region(Region(0, row, 1, 1), animate=False)

    def _place_in_sight(self) -> Location:
        top = self._pane.scrollable_content_region.y
        ends = (widget.region.bottom for widget, _ in self._texts)
        return next((index for index, end in enumerate(ends) if end > top), 0), 0


def _row_of(widget: Static, text: Content, column: int) -> int:
    """The row of a widget in which a character of its text stands."""
    if isinstance(widget, CodeText):
        return widget.row_of(column)
    rows = text[: column + 1].wrap(max(widget.content_size.width, 1))
    return max(len(rows) - 1, 0)
