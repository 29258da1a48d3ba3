"""One message that must be read: what went wrong, and how to mend it."""

from __future__ import annotations

from textual.content import Content

from tui.dialogs.framed import ReadingScreen
from tui.look import Look


class MessageScreen(ReadingScreen):
    """Shows a title and a text until a key closes it."""

    DEFAULT_CSS = """
    MessageScreen > VerticalScroll {
        padding: 1 2;
        border: round $error;
        border-title-color: $error;
    }
    """

    def __init__(self, title: str, text: str, look: Look) -> None:
        super().__init__(title, lambda _width: Content(text), look)
