"""What the learner has changed in the code of a step, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from tui.actions.action import Action
from tui.actions.app_actions import HELP
from tui.actions.dialog_actions import READING_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.drawn_text import DrawnText
from tui.dialogs.framed import FramedScreen
from tui.look import Look
from tui.rendering.difference import changed_lines, rows_of_change

_STYLES = {"+": "$success", "-": "$error"}


class DifferenceScreen(FramedScreen[None]):
    """Shows an edit against the code before it: gone lines after a red minus, new after a plus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((*READING_ACTIONS, HELP)),
        Binding("d", "dismiss", "Close"),
    ]
    keys: ClassVar[Sequence[Action]] = (*READING_ACTIONS, HELP)

    def __init__(self, title: str, own: str, edit: str, look: Look) -> None:
        super().__init__()
        draw = partial(_coloured, changed_lines(own, edit))
        self._frame = DrawnText(title, look.translate("esc closes"), draw)

    def compose(self) -> ComposeResult:
        yield self._frame

    def on_click(self) -> None:
        self.dismiss()


def _coloured(lines: list[str], width: int) -> Content:
    """The lines in their colours; what is too long goes on in the next row, as in the code."""
    return Content("\n").join(
        Content.styled("\n".join(rows_of_change(line, width)), _STYLES.get(line[0], ""))
        for line in lines
    )
