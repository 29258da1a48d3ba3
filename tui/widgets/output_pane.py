"""The pane with what a step's code wrote, as a terminal shows it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.look import Look
from tui.rendering.scrollback import Scrollback, wrap_strip
from tui.rendering.verdicts import Remark, draw_remarks
from tui.widgets.strip_pane import StripPane


class OutputPane(StripPane):
    """Shows a scrollback, and stays at its end while the reader is there."""

    def __init__(self) -> None:
        super().__init__("output")
        self._end = 0
        self._wrapped: dict[int, tuple[Strip, int, list[Strip]]] = {}

    def show_output(self, output: Scrollback, remarks: Sequence[Remark], look: Look) -> None:
        """Show what was written so far, and under it what the run said to the learner."""
        if not output.line_count and not remarks:
            self.show_sentence(look.translate("Nothing written yet."), look)
            return
        follows = self._is_at_end
        width = max(self.text_width, 1)
        told = draw_remarks(remarks, width, look.palette, in_ascii=look.in_ascii)
        self.show([*self._lines(output, width, look), *told])
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

    def _lines(self, output: Scrollback, width: int, look: Look) -> list[Strip]:
        """All lines, wrapped; a line that is as it was is not wrapped again."""
        lines: list[Strip] = []
        if output.dropped_lines:
            note = look.translate("{count} older lines were let go.")
            note = note.format(count=f"{output.dropped_lines:,}")
            lines.append(Strip([Segment(note, Style(color=look.palette.dim, italic=True))]))
        before, self._wrapped = self._wrapped, {}
        for index in range(output.line_count):
            strip, number = output.strip(index), output.dropped_lines + index
            kept = before.get(number)
            if kept is None or kept[0] is not strip or kept[1] != width:
                kept = (strip, width, wrap_strip(strip, width))
            self._wrapped[number] = kept
            lines += kept[2]
        return lines
