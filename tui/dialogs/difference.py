"""What the learner has changed in the code of a step, line by line."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tui.dialogs.framed import ReadingScreen
from tui.look import Look
from tui.rendering.difference import changed_lines
from tui.rendering.widths import pieces

_STYLES = {"+": "$success", "-": "$error"}


class DifferenceScreen(ReadingScreen):
    """Shows an edit against the code before it: gone lines after a red minus, new after a plus."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("d", "dismiss", "Close")]

    def __init__(self, title: str, own: str, edit: str, look: Look) -> None:
        lines = changed_lines(own, edit)
        super().__init__(title, lambda width: _coloured(lines, width), look)


def _coloured(lines: list[str], width: int) -> Content:
    """The lines in their colours; what is too long goes on in the next line, below its code."""
    return Content("\n").join(
        Content.styled("\n  ".join([f"{line[:2]}{first}", *others]), _STYLES.get(line[0], ""))
        for line in lines
        for first, *others in [pieces(line[2:], max(width - 2, 1))]
    )
