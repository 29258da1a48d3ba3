"""The player's top line."""

from __future__ import annotations

from collections.abc import Callable

from textual.reactive import reactive
from textual.strip import Strip

from tui.widgets.strip_pane import StripPane

JOY_SECONDS = 0.9
"""How long the joy over an exercise that is solved lasts."""


class StatusBar(StripPane):
    """Shows one line over the whole width: the lesson, where in it, and what the session does."""

    DEFAULT_CSS = """
    StatusBar {
        height: 1;
        padding: 0;
        overflow: hidden hidden;
        background: $panel;
    }
    """

    sweep = reactive(1.0, init=False)
    """How far on its way a light is that goes over the words once; 1: there is none."""

    def __init__(self) -> None:
        super().__init__("status")
        self._line: Callable[[int, float], Strip] | None = None

    def celebrate(self) -> None:
        """Let a light go over what is said of the checks, once."""
        self.set_reactive(StatusBar.sweep, 0.0)
        self.animate("sweep", 1.0, duration=JOY_SECONDS)

    def show_line(self, draw: Callable[[int, float], Strip]) -> None:
        """Show the line that `draw` makes for a width, and for a light so far on its way."""
        self._line = draw
        self.watch_sweep()

    def watch_sweep(self) -> None:
        """Draw the light where it is now."""
        if self._line is not None:
            self.show([self._line(self.outer_size.width, self.sweep)])
