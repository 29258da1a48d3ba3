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
        self._end = 0

    def show_output(self, output: Scrollback, look: Look) -> None:
        """Show what was written so far."""
        if not output.line_count:
            self.show_sentence("Nothing written yet.", look)
            return
        follows = self._is_at_end
        self.show(_lines(output, self.text_width, look))
        if follows:
            self._follow()
        self._end = self.max_scroll_y

    def on_resize(self) -> None:
        """Keep the end in sight also where the pane has grown lower."""
        if self._is_at_end:
            self._follow()

    @property
    def _is_at_end(self) -> bool:
        # The end moves with the pane's height too, which is not the reader's doing.
        return self.scroll_offset.y >= min(self._end, self.max_scroll_y)

    def _follow(self) -> None:
        # By force, as the scrollbar that would allow it appears only with the next layout.
        self.scroll_end(animate=False, immediate=True, force=True)


def _lines(output: Scrollback, width: int, look: Look) -> list[Strip]:
    lines: list[Strip] = []
    if output.dropped_lines:
        note = f"{output.dropped_lines:,} older lines were let go."
        lines.append(Strip([Segment(note, Style(color=look.palette.dim, italic=True))]))
    for index in range(output.line_count):
        lines.extend(wrap_strip(output.strip(index), max(width, 1)))
    return lines
