"""The lines under the editor: what the call takes that is being written, and what the run said."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tui.look import Look
from tui.rendering.remarks import Remark, draw_remarks, draw_remarks_within
from tui.rendering.widths import cut

_LEAST_ROWS = 4


class EditorFoot(Static):
    """Out of sight where there is nothing to say."""

    DEFAULT_CSS = """
    EditorFoot { display: none; height: auto; padding: 0 1; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._signature = ""
        self._remarks: Sequence[Remark] = ()
        self._look: Look | None = None

    def show_signature(self, signature: str, look: Look) -> None:
        """Show what a call takes, in one line; "" for none."""
        if signature != self._signature:
            self._signature, self._look = signature, look
            self._draw()

    def show_remarks(self, remarks: Sequence[Remark], look: Look) -> None:
        """Show what the last run said."""
        if (remarks, look) != (self._remarks, self._look):
            self._remarks, self._look = remarks, look
            self._draw()

    def on_resize(self) -> None:
        """Break the lines for the new width, once what is laid out now has been painted."""
        # At once, Textual would keep the height that the lines had before.
        self.call_after_refresh(self._draw)

    def has_room_for(self, remarks: Sequence[Remark], look: Look) -> bool:
        """Whether all of them stand here whole, also beside what a call takes."""
        drawn = draw_remarks(remarks, self._width, look.palette, in_ascii=look.in_ascii)
        return len(drawn) + bool(self._signature) <= self._room

    @property
    def _width(self) -> int:
        pane = self.parent.size.width if isinstance(self.parent, Widget) else 0
        return max((pane or self.screen.size.width) - self.styles.gutter.width, 1)

    @property
    def _room(self) -> int:
        """How many lines it may fill: a third of the pane, so that most of the code is in sight."""
        pane = self.parent.size.height if isinstance(self.parent, Widget) else 0
        return max(_LEAST_ROWS, pane // 3)

    def _draw(self) -> None:
        look = self._look
        self.display = bool(self._signature or self._remarks)
        if look is None or not self.display:
            return
        lines = []
        if self._signature:
            line = cut(self._signature, self._width, look.glyphs.ellipsis)
            lines = [Strip([Segment(line, Style(color=look.palette.accent))])]
        if not lines or self.has_room_for(self._remarks, look):
            room = self._room - len(lines)
            lines += draw_remarks_within(
                self._remarks,
                self._width,
                room,
                look.palette,
                lambda count: look.translate("{count} more in the output").format(count=count),
                in_ascii=look.in_ascii,
            )
        shown = Text()
        for strip in lines:
            for segment in strip:
                shown.append(segment.text, segment.style or "")
            shown.append("\n")
        shown.right_crop(1)
        self.update(shown)
