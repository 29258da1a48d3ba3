"""What the learner has changed in an exercise's starter, line by line."""

from __future__ import annotations

import difflib
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tui.look import Look
from tui.rendering.code import visible
from tui.rendering.widths import pieces
from tui.screens.framed import ReadingScreen

_STYLES = {"+": "$success", "-": "$error"}


class DifferenceScreen(ReadingScreen):
    """Shows an edit against its starter: gone lines after a red minus, new after a green plus."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("d", "dismiss", "Close")]

    def __init__(self, starter: str, edit: str, look: Look) -> None:
        lines = changed_lines(starter, edit)
        title = look.translate("Your edit against the starter")
        super().__init__(title, lambda width: _coloured(lines, width), look)


def changed_lines(starter: str, edit: str) -> list[str]:
    """Every line of both, after `- ` where it is gone, `+ ` where it is new, else two spaces."""
    compared = difflib.ndiff(visible(starter).split("\n"), visible(edit).split("\n"))
    return [line.rstrip() or " " for line in compared if not line.startswith("?")]


def _coloured(lines: list[str], width: int) -> Content:
    """The lines in their colours; what is too long goes on in the next line, below its code."""
    return Content("\n").join(
        Content.styled("\n  ".join([f"{line[:2]}{first}", *others]), _STYLES.get(line[0], ""))
        for line in lines
        for first, *others in [pieces(line[2:], max(width - 2, 1))]
    )
