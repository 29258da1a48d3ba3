"""The help: every action with its keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import Action, Group
from tui.rendering.cells import pad


class HelpScreen(ModalScreen[None]):
    """Shows the keys of the screen below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,space", "dismiss", "Close")
    ]
    CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        padding: 0 2;
        border: round $accent;
        border-title-color: $accent;
        background: $surface;
    }
    """

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__()
        self._actions = actions

    def compose(self) -> ComposeResult:
        """One table, under a heading for each group."""
        with VerticalScroll() as table:
            table.border_title = "Keys"
            table.border_subtitle = "esc closes"
            yield Static(_table(self._actions))


def _table(actions: Sequence[Action]) -> Content:
    lines: list[Content] = []
    for group in Group:
        members = [action for action in actions if action.group is group]
        if not members:
            continue
        lines.append(Content.styled(f"\n{group.value}" if lines else group.value, "bold $accent"))
        lines += [
            Content.assemble((f"  {pad(action.shown_keys, 14)}", "bold"), action.help)
            for action in members
        ]
    return Content("\n").join(lines)
