"""The field in which a race is written: the name of a number, and its values."""

from __future__ import annotations

from textual import events
from textual.message import Message

from tui.foot.line_input import LineInput


class RaceInput(LineInput):
    """Takes `lr: 0.01 0.1 1`; tab completes the name."""

    class WordWanted(Message):
        """The name that is being written is to be completed."""

    async def on_key(self, event: events.Key) -> None:
        """Tab is not the player's while something is written."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self.post_message(self.WordWanted())
