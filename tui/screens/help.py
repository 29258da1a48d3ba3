"""The help: every action with its keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tui.actions import Action, Group
from tui.language.catalogue import Translate
from tui.look import Look
from tui.rendering.widths import pad, wrap_words
from tui.screens.framed import ReadingScreen

_KEYS_WIDTH = 16


class HelpScreen(ReadingScreen):
    """Shows the keys of the screen below it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "dismiss", "Close")]
    DEFAULT_CSS = "HelpScreen > VerticalScroll { padding: 0 2; }"

    def __init__(self, actions: Sequence[Action], look: Look) -> None:
        translate = look.translate
        super().__init__(translate("Keys"), lambda width: _table(actions, translate, width), look)


def _table(actions: Sequence[Action], translate: Translate, width: int) -> Content:
    """One table, under a heading for each group."""
    lines: list[Content] = []
    for group in Group:
        members = [action for action in actions if action.group is group]
        if not members:
            continue
        heading = translate(group.value)
        lines.append(Content.styled(f"\n{heading}" if lines else heading, "bold $accent"))
        lines += [_row(action, translate, width) for action in members]
    return Content("\n").join(lines)


def _row(action: Action, translate: Translate, width: int) -> Content:
    first, *others = wrap_words(translate(action.help), max(width - _KEYS_WIDTH, 1))
    keys = pad(f"  {action.shown_keys}", _KEYS_WIDTH)
    return Content.assemble((keys, "bold"), ("\n" + " " * _KEYS_WIDTH).join([first, *others]))
