"""One message that must be read: what went wrong, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from tui.app import TutorchApp


class MessageScreen(ModalScreen[None]):
    """Shows a title and a text until a key closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,space", "dismiss", "Close")]
    CSS = """
    MessageScreen { align: center middle; }
    MessageScreen VerticalScroll {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        padding: 1 2;
        border: round $error;
        border-title-color: $error;
        background: $surface;
    }
    """

    app: TutorchApp

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The text in a frame."""
        with VerticalScroll() as frame:
            frame.border_title = self._title
            frame.border_subtitle = self.app.look.translate("esc closes")
            yield Static(self._text, markup=False)

    def on_click(self) -> None:
        """A click closes too."""
        self.dismiss()
