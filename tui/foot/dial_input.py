"""The field in which a number is typed that is to stand in the code."""

from __future__ import annotations

from tui.foot.line_input import LineInput


class DialInput(LineInput):
    """Takes a number; out of sight until it begins."""

    DEFAULT_CSS = "DialInput, DialInput:focus { display: none; width: 24; }"

    def begin(self, text: str = "") -> None:
        """Come into sight, and take the keys, with this written already."""
        self.display = True
        super().begin(text)

    def end(self) -> None:
        """Give the keys back to the player."""
        self.display = False
        if self.has_focus:
            self.screen.set_focus(None)
