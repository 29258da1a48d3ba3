"""A list that keys work on: its rows, a field to write in, what is wrong, and the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Input, OptionList, Static

from tui.actions.action import shown_key


class _Rows(OptionList):
    """Enter is the screen's: what is selected here was clicked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.take_marked", "Take it")]


class _Field(Input):
    """Out of sight until something is to be written."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "screen.end_writing", "Close")]


class KeyedList(VerticalScroll, can_focus=False):
    """Rows under a head, in a frame with a title.

    ``keys_of_field`` are those that do something while the field is open, each with its word.
    Of the screen it needs the actions `take_marked`, for enter in the rows, and `end_writing`, for
    escape in the field.
    """

    DEFAULT_CSS = """
    KeyedList {
        & OptionList, & OptionList:focus { height: auto; border: none; padding: 0; }
        & Static { height: auto; link-style: none; link-color: $text-muted; }
        & > .-head { color: $text-muted; }
        & > .-word { color: $warning; display: none; }
        & > .-keys { margin-top: 1; }
        & Input { display: none; border: none; height: 1; padding: 0; background: $boost; }
    }
    """

    def __init__(
        self, title: str, subtitle: str, placeholder: str, keys_of_field: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._keys_of_rows, self._keys_of_field = Content(), _named(keys_of_field)
        self.border_title, self.border_subtitle = title, subtitle
        self.head = Static(markup=False, classes="-head")
        self.rows = _Rows(markup=False)
        self.field = _Field(placeholder=placeholder, compact=True)
        self.keys = Static(markup=False, classes="-keys")
        self._word = Static(markup=False, classes="-word")

    def compose(self) -> ComposeResult:
        yield from (self.head, self.rows, self.field, self._word, self.keys)

    def name_keys(self, keys: Content) -> None:
        """Name these keys while the rows have them; the field has its own."""
        if keys == self._keys_of_rows:
            return
        self._keys_of_rows = keys
        if not self.field.display:
            self.keys.update(keys)

    def say(self, words: str) -> None:
        """Say what is wrong, above the keys; "" says nothing."""
        self._word.display = bool(words)
        self._word.update(words)

    def begin_writing(self, text: str) -> None:
        """Give the keys to the field, with this written."""
        self.say("")
        self.field.display = True
        self.keys.update(self._keys_of_field)
        self.field.value = text
        self.field.cursor_position = len(text)
        # At once: what is typed next is meant for it.
        self.screen.set_focus(self.field)

    def end_writing(self) -> None:
        """Give the keys to the rows."""
        self.field.display = False
        self.keys.update(self._keys_of_rows)
        self.say("")
        self.screen.set_focus(self.rows)

    def room(self, taken: int) -> int:
        """How many cells a row has beside those `taken`; never so few that nothing can be read."""
        return max((self.rows.scrollable_content_region.width or 70) - taken, 20)


def _named(keys: Mapping[str, str]) -> Content:
    """Keys with their words, each to be clicked."""
    return Content("  ").join(
        Content.assemble((shown_key(key), "bold $accent"), f" {word}").stylize(
            Style.from_meta({"@click": f"app.simulate_key('{key}')"})
        )
        for key, word in keys.items()
    )
