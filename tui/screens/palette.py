"""What the palette offers, in its own order: first what can be done now."""

from __future__ import annotations

from textual.command import DiscoveryHit, Hits
from textual.system_commands import SystemCommandsProvider


class Offers(SystemCommandsProvider):
    """Offers the app's commands in the order in which it names them, where Textual sorts them."""

    async def discover(self) -> Hits:
        """Each command that is offered before anything is typed."""
        for name, help_text, callback, is_offered in self.app.get_system_commands(self.screen):
            if is_offered:
                yield DiscoveryHit(name, callback, help=help_text)
