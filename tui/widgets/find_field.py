"""The line in which typing finds text; who searches is the business of what it stands under."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static


class FindField(Horizontal):
    """Takes what to find, and shows what came of it."""

    DEFAULT_CSS = """
    FindField {
        display: none;
        height: 1;
        background: $panel;
        & > Input, & > Input:focus {
            width: 1fr;
            height: 1;
            border: none;
            padding: 0 1;
            background: $surface;
        }
        & > Static { width: auto; max-width: 50%; padding: 0 1; color: $text-muted; }
    }
    """

    @dataclass
    class Asked(Message):
        """Find `words`: from where the cursor is ("here"), "next" or "previous"."""

        words: str
        direction: str

    class Closed(Message):
        """The keys go back to where they were."""

    def __init__(self) -> None:
        super().__init__()
        self._input = Input(compact=True)
        self._told = Static(markup=False)

    def compose(self) -> ComposeResult:
        """What to find, and beside it which of how many is selected."""
        yield self._input
        yield self._told

    def open(self, placeholder: str) -> None:
        """Take the keys, with what was found last ready to be typed over."""
        self.display = True
        self._input.placeholder = placeholder
        self.screen.set_focus(self._input)
        self._input.action_select_all()

    @property
    def words(self) -> str:
        """What is to be found."""
        return self._input.value

    def tell(self, text: str) -> None:
        """Show which of how many was found."""
        self._told.update(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        event.stop()
        self.post_message(self.Asked(event.value, "here"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter finds the next one."""
        event.stop()
        self.post_message(self.Asked(event.value, "next"))

    def on_key(self, event: events.Key) -> None:
        """Escape closes, and shift with enter finds the one before."""
        if event.key == "escape":
            event.stop()
            self.post_message(self.Closed())
        elif event.key == "shift+enter":
            event.stop()
            self.post_message(self.Asked(self.words, "previous"))
