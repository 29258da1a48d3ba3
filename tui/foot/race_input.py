"""The field in which a race is written: the name of a number, and its values."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input


class RaceInput(Input):
    """Takes `lr: 0.01 0.1 1`; tab completes the name, escape closes the line."""

    DEFAULT_CSS = """
    RaceInput, RaceInput:focus {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0 1 0 0;
        background: $surface;
    }
    """

    class Left(Message):
        """The learner has closed the line."""

    class WordWanted(Message):
        """The name that is being written is to be completed."""

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)

    def on_key(self, event: events.Key) -> None:
        """Escape and tab are not the player's while something is written."""
        match event.key:
            case "escape":
                self.post_message(self.Left())
            case "tab":
                self.post_message(self.WordWanted())
            case _:
                return
        event.stop()
        event.prevent_default()
