"""The player's top line."""

from __future__ import annotations

from textual.strip import Strip

from tui.widgets.strip_pane import StripPane


class StatusBar(StripPane):
    """Shows one line over the whole width."""

    DEFAULT_CSS = """
    StatusBar {
        height: 1;
        padding: 0;
        overflow: hidden hidden;
        background: $panel;
    }
    """

    def __init__(self) -> None:
        super().__init__("status")

    @property
    def line_width(self) -> int:
        """The cells to fill."""
        return self.outer_size.width

    def show_line(self, strip: Strip) -> None:
        """Show this line."""
        self.show([strip])
