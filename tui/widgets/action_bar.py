"""The bar of actions: their keys and words, each to be clicked, over as many lines as they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.markup import escape
from textual.widgets import Static

from tui.actions import Action
from tui.catalogue import Translate, as_written
from tui.rendering.cells import cell_width

_GAP = "  "


class ActionBar(Static):
    """Shows the actions that have a label."""

    DEFAULT_CSS = """
    ActionBar {
        height: auto;
        padding: 0 1;
        background: $panel;
        link-color: $foreground;
        link-style: none;
        link-background-hover: $primary;
        link-style-hover: bold;
    }
    """

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__()
        self._actions = tuple(action for action in actions if action.label)
        self._words: Mapping[str, str] = {}
        self._translate: Translate = as_written

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._draw()

    def show_words(self, words: Mapping[str, str]) -> None:
        """Use other words for some actions (by name), as for `run` while training runs."""
        if words != self._words:
            self._words = words
            self._draw()

    def speak(self, translate: Translate) -> None:
        """Show the labels in another language."""
        self._translate = translate
        self._draw()

    def _draw(self) -> None:
        lines: list[list[str]] = [[]]
        used = 0
        for action in self._actions:
            label = self._translate(self._words.get(action.name, action.label))
            width = cell_width(f"{_GAP}{action.shown_key} {label}")
            if lines[-1] and used + width - len(_GAP) > self.content_size.width:
                lines.append([])
                used = 0
            lines[-1].append(_item(action, label))
            used += width
        self.update(Content.from_markup("\n".join(_GAP.join(line) for line in lines)))


def _item(action: Action, label: str) -> str:
    key = escape(action.shown_key)
    return f"[@click={action.target}][bold $accent]{key}[/] {label}[/]"
