"""The line above a list of choices: what is typed filters them, and enter and space choose."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import Input


class ChoosingInput(Input):
    """Takes what is typed, enter and space at once: keys of one burst act in their order.

    A space chooses too, unless `is_text` says that it belongs to what is typed. `?` shows the
    keys: nothing that is chosen from has one in its name.
    """

    def __init__(
        self, choose: Callable[[], None], placeholder: str, is_text: Callable[[], bool]
    ) -> None:
        super().__init__(placeholder=placeholder, compact=True)
        self._choose = choose
        self._is_text = is_text

    async def on_key(self, event: events.Key) -> None:
        """Have a space do what enter does, and `?` what it does on every screen."""
        if event.character == "?":
            event.stop()
            event.prevent_default()
            await self.run_action("app.help")
        elif event.key == "space" and not self._is_text():
            event.stop()
            event.prevent_default()
            self._choose()

    async def action_submit(self) -> None:
        self._choose()
