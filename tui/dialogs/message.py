"""One message that must be read: what went wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from tui.actions.action import Action
from tui.actions.app_actions import HELP
from tui.actions.dialog_actions import READING_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.drawn_text import DrawnText
from tui.dialogs.framed import FramedScreen
from tui.look import Look


class MessageScreen(FramedScreen[None]):
    """Shows a title and a text until a key or a click closes it."""

    BINDINGS = bindings((*READING_ACTIONS, HELP))
    keys: ClassVar[Sequence[Action]] = (*READING_ACTIONS, HELP)
    DEFAULT_CSS = """
    MessageScreen > VerticalScroll {
        padding: 1 2;
        border: round $error;
        border-title-color: $error;
    }
    """

    def __init__(self, title: str, text: str, look: Look) -> None:
        super().__init__()
        self._frame = DrawnText(title, look.translate("esc closes"), lambda _width: Content(text))

    def compose(self) -> ComposeResult:
        yield self._frame

    def on_click(self) -> None:
        self.dismiss()
