"""The one row that shows the output's last line while the output pane is out of sight."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.layout.arrangement import LAST_LINE
from tui.look import Look
from tui.rendering.strips import cut_strip
from tui.scrollback.scrollback import Scrollback
from tui.widgets.strip_pane import StripPane


class OutputLine(StripPane):
    """Shows the last line that says something."""

    def __init__(self) -> None:
        super().__init__(LAST_LINE)

    def show_last_line(self, output: Scrollback, look: Look) -> None:
        """Show the newest line of an output that is not blank, cut where it has no room."""
        lines = (output.strip(index) for index in reversed(range(output.line_count)))
        newest = next((line for line in lines if line.text.strip()), None)
        if newest is None:
            self.show([])
            return
        mark = Segment(f"{look.glyphs.output} ", Style(color=look.palette.dim))
        line = Strip([mark, *newest])
        self.show([cut_strip(line, self.text_width, look.glyphs.ellipsis)])
