"""The pane with what a step's code wrote, as a terminal shows it."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.look import Look
from tui.rendering.scrollback import Scrollback, wrap_strip
from tui.widgets.strip_pane import StripPane


class OutputPane(StripPane):
    """Shows a scrollback, and stays at its end while the reader is there."""

    BORDER_TITLE = "4 Output"

    def __init__(self) -> None:
        super().__init__("output")

    def show_output(self, output: Scrollback, look: Look) -> None:
        """Show what was written so far."""
        if not output.line_count:
            self.show_sentence("Nothing written yet.", look)
            return
        at_end = self.scroll_offset.y >= self.max_scroll_y
        self.show(_lines(output, self.text_width, look))
        if at_end:
            self.scroll_end(animate=False, immediate=True)


def _lines(output: Scrollback, width: int, look: Look) -> list[Strip]:
    lines: list[Strip] = []
    if output.dropped_lines:
        note = f"{output.dropped_lines:,} older lines were let go."
        lines.append(Strip([Segment(note, Style(color=look.palette.dim, italic=True))]))
    for index in range(output.line_count):
        lines.extend(wrap_strip(output.strip(index), max(width, 1)))
    return lines
