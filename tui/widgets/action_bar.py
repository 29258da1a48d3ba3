"""The bar of actions: one line of keys and words, each to be clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tui.actions.action import Action
from tui.language.catalogue import Translate
from tui.rendering.widths import cell_width

_GAP = "  "
# More are not read: the last one shows the others.
_MOST = 8


class ActionBar(Static):
    """Shows the first of its actions, seven where they have room (`shown`), and always the last.

    Under a dialog it shows none: the keys are the dialog's, which names its own.
    """

    DEFAULT_CSS = """
    ActionBar {
        height: 1;
        padding: 0 1;
        background: $panel;
        link-color: $foreground;
        link-style: none;
        link-background-hover: $primary;
        link-style-hover: bold;
    }
    """

    def __init__(self, actions: Sequence[Action], translate: Translate) -> None:
        super().__init__()
        self._actions = tuple(actions)
        self.shown: Sequence[Action] = ()
        self._words: Mapping[str, str] = {}
        self._translate = translate

    def on_resize(self) -> None:
        """Show what has room in the new width."""
        self._draw()

    def show_actions(self, actions: Sequence[Action], words: Mapping[str, str]) -> None:
        """Show these, some (by name) by other words than their labels."""
        if (tuple(actions), words) != (self._actions, self._words):
            self._actions, self._words = tuple(actions), words
            self._draw()

    def speak(self, translate: Translate) -> None:
        """Show the labels in another language."""
        self._translate = translate
        self._draw()

    def draw_again(self) -> None:
        """Draw what a dialog that has come or gone has changed."""
        self._draw()

    def _draw(self) -> None:
        if not self.screen.is_active:
            self.shown = ()
            self.update("", layout=False)
            return
        translate = self._translate
        items = [
            _Item(
                action,
                translate(action.shown_key),
                self._words.get(action.name) or translate(action.label),
            )
            for action in self._actions
            if action.label or action.name in self._words
        ]
        del items[_MOST - 1 : -1]
        while len(items) > 1 and _width(items) > self.content_size.width:
            del items[-2]
        self.shown = tuple(item.action for item in items)
        self.update(Content(_GAP).join(map(_link, items)), layout=False)


class _Item(NamedTuple):
    action: Action
    key: str
    label: str


def _width(items: Sequence[_Item]) -> int:
    return cell_width(_GAP.join(f"{item.key} {item.label}" for item in items))


def _link(item: _Item) -> Content:
    text = Content.assemble((item.key, "bold $accent"), f" {item.label}")
    return text.stylize(Style.from_meta({"@click": item.action.target}))
