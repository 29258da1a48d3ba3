"""The bar of actions: their keys and words, each to be clicked, over a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.markup import escape
from textual.widgets import Static

from tui.actions import Action
from tui.language.catalogue import Translate, as_written
from tui.rendering.widths import cell_width

_GAP = "  "
_ROWS_OF_SCREEN_FOR_EACH = 6
_NEVER_LEFT_OUT = "help"


class ActionBar(Static):
    """Shows the actions that have a label: all, or the first ones and help on a low screen."""

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
        self._stand_ins: Mapping[str, Action] = {}
        self._translate: Translate = as_written
        self._drawn_for = 0

    def on_mount(self) -> None:
        """Follow the height of the screen too."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._fit)

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self._draw()

    def show_words(self, words: Mapping[str, str]) -> None:
        """Use other words for some actions (by name), as for `run` while training runs."""
        if words != self._words:
            self._words = words
            self._draw()

    def show_instead(self, stand_ins: Mapping[str, Action]) -> None:
        """Show other actions in the place of some (by name), as while a pane has the keys."""
        if stand_ins != self._stand_ins:
            self._stand_ins = stand_ins
            self._draw()

    def speak(self, translate: Translate) -> None:
        """Show the labels in another language."""
        self._translate = translate
        self._draw()

    def _fit(self, _screen: object) -> None:
        if self._most_lines != self._drawn_for:
            self._draw()

    @property
    def _most_lines(self) -> int:
        return max(self.screen.size.height // _ROWS_OF_SCREEN_FOR_EACH, 1)

    def _draw(self) -> None:
        self._drawn_for = self._most_lines
        items = [
            _Item(action, self._translate(self._words.get(action.name, action.label)))
            for action in (self._stand_ins.get(one.name, one) for one in self._actions)
        ]
        lines = _lines(items, self.content_size.width, self._drawn_for)
        markup = (_GAP.join(item.markup for item in line) for line in lines)
        self.update(Content.from_markup("\n".join(markup)))


@dataclass(frozen=True, slots=True)
class _Item:
    """One action with the label that it has now."""

    action: Action
    label: str

    @property
    def width(self) -> int:
        return cell_width(f"{self.action.shown_key} {self.label}")

    @property
    def markup(self) -> str:
        key = escape(self.action.shown_key)
        return f"[@click={self.action.target}][bold $accent]{key}[/] {self.label}[/]"


def _lines(items: Sequence[_Item], width: int, most_lines: int) -> list[list[_Item]]:
    """The items over at most so many lines, the last of them left out but never the help."""
    while len(lines := _broken(items, width)) > most_lines:
        expendable = [item for item in items if item.action.name != _NEVER_LEFT_OUT]
        if not expendable:
            return lines
        items = [item for item in items if item is not expendable[-1]]
    return lines


def _broken(items: Sequence[_Item], width: int) -> list[list[_Item]]:
    lines: list[list[_Item]] = [[]]
    used = 0
    for item in items:
        if lines[-1] and used + item.width > width:
            lines.append([])
            used = 0
        lines[-1].append(item)
        used += item.width + len(_GAP)
    return lines
