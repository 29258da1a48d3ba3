"""An app that says in the learner's language what Textual says by itself in English."""

from __future__ import annotations

from abc import abstractmethod

from textual.app import App
from textual.command import CommandPalette
from textual.events import DeliveryComplete, DeliveryFailed
from textual.theme import ThemeProvider

from tui.actions.app_actions import APP_ACTIONS
from tui.look import Look
from tui.screens.palette import ActionPalette


class SpokenApp(App[None]):
    """Says everything in the language of its `look`."""

    @property
    @abstractmethod
    def look(self) -> Look:
        """How things are drawn, and in which language, now."""

    def action_command_palette(self) -> None:
        """Show the palette."""
        if not isinstance(self.screen, CommandPalette):
            translate = self.look.translate
            self.push_screen(ActionPalette(None, translate("Search for an action …"), translate))

    def search_themes(self) -> None:
        """Have a theme chosen by its name."""
        translate = self.look.translate
        self.push_screen(
            ActionPalette([ThemeProvider], translate("Search for a theme …"), translate)
        )

    def action_help_quit(self) -> None:
        """Say which key leaves, where ^c has nothing to stop and nothing to copy."""
        key = next(one.shown_key for one in APP_ACTIONS if one.name == "quit")
        words = self.look.translate("Nothing runs here; {key} leaves.")
        self.notify(words.format(key=key), markup=False)

    def on_delivery_complete(self, event: DeliveryComplete) -> None:
        """Say where the picture of the screen is."""
        event.prevent_default()
        words = self.look.translate("Saved: {path}")
        self.notify(words.format(path=event.path), markup=False)

    def on_delivery_failed(self, event: DeliveryFailed) -> None:
        """Say why there is no picture of the screen."""
        event.prevent_default()
        words = self.look.translate("Not saved: {reason}")
        self.notify(words.format(reason=event.exception), severity="error", markup=False)
