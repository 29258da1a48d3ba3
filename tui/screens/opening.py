"""What stands there while a lesson is read, in the place where its player will stand."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from engine.lesson.printable import printable_line
from tui.look import Look


class OpeningScreen(ModalScreen[None]):
    """Says that a lesson is being opened, and keeps the keys that are pressed for its player.

    It is modal so that the app takes none of them meanwhile. Escape goes back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("ctrl+q", "app.quit", "Quit"),
    ]
    DEFAULT_CSS = """
    OpeningScreen {
        background: $background;
        & > Static { height: 1; padding: 0 1; color: $accent; background: $panel; }
    }
    """

    def __init__(self, path: Path, look: Look) -> None:
        super().__init__()
        self.path = path
        self.keys: list[events.Key] = []
        self._look = look

    def compose(self) -> ComposeResult:
        """One line where the player's status will be."""
        words = self._look.translate("{name}: opening")
        yield Static(words.format(name=printable_line(self.path.name)), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Keep a key for the player."""
        event.stop()
        self.keys.append(event)
