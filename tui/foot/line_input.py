"""A field of one line at the foot of the player, which escape closes."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input


class LineInput(Input):
    """Takes one line; enter sends it as any field does."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0 1 0 0;
        background: $surface;
    }
    """

    class Left(Message):
        """The learner has closed the field."""

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)

    def begin(self, text: str = "") -> None:
        """Take the keys, with this written already."""
        self.value = text
        self.cursor_position = len(text)
        # At once: what is typed next is meant for it.
        self.screen.set_focus(self)

    async def on_key(self, event: events.Key) -> None:
        """Escape closes the field."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Left())
