"""The line in which typing filters the list, and the keys that there are with it and without."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.widgets import Input

from tui.actions.action import Action
from tui.actions.app_actions import APP_ACTIONS, LIST_ACTIONS
from tui.actions.named import actions_named

_KNOWN = (*LIST_ACTIONS, *APP_ACTIONS)

KEYS_OF_LIST = actions_named(("open", "filter", "switch_language", "quit", "help"), _KNOWN)
"""What the bar names while the list has the keys."""

_WHILE_FILTERING = [
    action.while_typing
    for action in actions_named(("open", "clear_filter", "command_palette", "quit", "help"), _KNOWN)
]


class FilterInput(Input):
    """Takes what is typed while it has the keys; `name_keys` has the bar name those that are left.

    Letters are text then: keys that are letters are named only while it has not.
    """

    DEFAULT_CSS = """
    FilterInput, FilterInput:focus, FilterInput.-textual-compact {
        border: none;
        height: 1;
        padding: 0 1;
        background: $surface;
    }
    """

    def __init__(self, name_keys: Callable[[Sequence[Action]], None]) -> None:
        super().__init__(compact=True)
        self._name_keys = name_keys

    def on_focus(self) -> None:
        """Have the keys named that are no text."""
        self._name_keys(_WHILE_FILTERING)

    def on_blur(self) -> None:
        """Have the list's keys named again."""
        self._name_keys(KEYS_OF_LIST)
