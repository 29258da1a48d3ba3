"""The line in which typing filters the list."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

# What these keys do elsewhere they do here too, until something is typed or `/` was pressed.
_COMMANDS = frozenset({"q", "question_mark", "slash"})


class FilterInput(Input):
    """Takes what is typed, but leaves the app's one-letter commands alone while it is empty."""

    DEFAULT_CSS = """
    FilterInput, FilterInput:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $surface;
    }
    """

    def __init__(self) -> None:
        super().__init__(compact=True)
        self.takes_every_key = False

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether a key is text here."""
        return not self._is_command(key) and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        # Textual calls the handler of `Input` next, unless it is told that this was all.
        if self._is_command(event.key):
            event.prevent_default()

    def _is_command(self, key: str) -> bool:
        return key in _COMMANDS and not self.value and not self.takes_every_key
