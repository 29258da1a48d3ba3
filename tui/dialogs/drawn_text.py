"""A text in a frame, broken again whenever the frame has another width."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class DrawnText(VerticalScroll):
    """Shows what `draw` makes for a width in cells, under a title, and below it how it closes."""

    def __init__(self, title: str, subtitle: str, draw: Callable[[int], Content]) -> None:
        self._draw = draw
        self._text = Static()
        super().__init__(self._text)
        self.border_title, self.border_subtitle = title, subtitle

    def on_resize(self) -> None:
        """Break the lines again, once the text has its new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        self._text.update(self._draw(max(self.scrollable_content_region.width, 1)))
