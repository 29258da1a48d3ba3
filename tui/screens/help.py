"""The help: every action with its keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import Action, Group
from tui.catalogue import Translate
from tui.rendering.cells import pad

if TYPE_CHECKING:
    from tui.app import TutorchApp


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

    app: TutorchApp

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__()
        self._actions = actions

    def compose(self) -> ComposeResult:
        """One table, under a heading for each group."""
        with VerticalScroll() as table:
            translate = self.app.look.translate
            table.border_title = translate("Keys")
            table.border_subtitle = translate("esc closes")
            yield Static(_table(self._actions, translate))


def _table(actions: Sequence[Action], translate: Translate) -> Content:
    lines: list[Content] = []
    for group in Group:
        members = [action for action in actions if action.group is group]
        if not members:
            continue
        heading = translate(group.value)
        lines.append(Content.styled(f"\n{heading}" if lines else heading, "bold $accent"))
        lines += [
            Content.assemble((f"  {pad(action.shown_keys, 14)}", "bold"), translate(action.help))
            for action in members
        ]
    return Content("\n").join(lines)
