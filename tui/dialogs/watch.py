"""What is watched in the step that is shown: to put on the curve, to add to, and to take off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.style import Style
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.actions.action import Action
from tui.actions.app_actions import HELP
from tui.actions.dialog_actions import WATCH_ACTIONS, WATCHED_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.framed import FramedScreen
from tui.dialogs.keyed_list import KeyedList
from tui.dialogs.moving import move_mark
from tui.look import Look
from tui.plots.watched import mark_of_row, value_words
from tui.rendering.widths import cell_width, cut, pad
from tui.words.watched import WatchedRow

_DIGITS = "123456789"
_DIGIT_KEYS = "1-9"
_SHARE_OF_NAMES = 2


class WatchScreen(FramedScreen[None]):
    """Lists what is watched, with what it is now.

    `rows` tells it. `keep`, `turn_curve` and `delete` are told an expression; the first two answer
    in words why not, where that cannot be done.
    """

    BINDINGS = bindings((*WATCH_ACTIONS, HELP))
    keys: ClassVar[Sequence[Action]] = (*WATCH_ACTIONS, HELP)
    DEFAULT_CSS = "WatchScreen > VerticalScroll { width: 96; }"

    def __init__(
        self,
        rows: Callable[[], Sequence[WatchedRow]],
        look: Look,
        keep: Callable[[str], str],
        turn_curve: Callable[[str], str],
        delete: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._told = rows
        self._look = look
        self._keep, self._turn_curve, self._delete = keep, turn_curve, delete
        self._listed: Sequence[WatchedRow] = ()
        self._shown: list[Content] | None = None
        translate = look.translate
        self._list = KeyedList(
            translate("Watched in this step"),
            translate("esc closes"),
            translate("an expression: enter watches it, esc closes"),
            {"enter": translate("watch it"), "escape": translate("close")},
        )
        self._rows, self._writing = self._list.rows, self._list.field

    def compose(self) -> ComposeResult:
        yield self._list

    def on_mount(self) -> None:
        """Begin at the first; where there is none, with the line for one."""
        translate = self._look.translate
        self._list.head.update(translate("Nothing is watched yet: an expression, as cost * 2."))
        self._list.name_keys(_named_keys(self._look))
        self.set_focus(self._rows)
        self.take_in()
        if not self._listed:
            self.action_write()

    def on_resize(self) -> None:
        """Fill the new width, once the frame has it."""
        self.call_after_refresh(self._draw_again)

    def take_in(self) -> None:
        """List what is watched as it is now; the one that is marked stays marked."""
        at = self._rows.highlighted or 0
        self._listed = self._told()
        lines = [self._line(number, row) for number, row in enumerate(self._listed, 1)]
        if lines == self._shown:
            return
        is_as_long = self._shown is not None and len(self._shown) == len(lines)
        self._shown = lines
        self._list.head.display = not lines
        self._rows.display = bool(lines)
        if is_as_long:
            for index, line in enumerate(lines):
                self._rows.replace_option_prompt_at_index(index, line)
            return
        self._rows.clear_options()
        self._rows.add_options([Option(line) for line in lines])
        if lines:
            self._rows.highlighted = min(at, len(lines) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click puts it on the curve, or takes it off."""
        self._turn(event.option_index)

    def on_key(self, event: events.Key) -> None:
        """Each has a digit."""
        if event.character is not None and event.character in _DIGITS:
            event.stop()
            self._turn(_DIGITS.index(event.character))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Watch what is written, or say why that cannot be."""
        event.stop()
        why_not = self._keep(event.value)
        if why_not:
            self._list.say(why_not)
            return
        self._writing.value = ""
        self._changed()
        self._rows.highlighted = len(self._listed) - 1
        self.action_end_writing()

    def on_input_changed(self) -> None:
        """What was wrong is said until something else is written."""
        self._list.say("")

    def action_take_marked(self) -> None:
        if self._rows.highlighted is not None:
            self._turn(self._rows.highlighted)

    def action_move(self, direction: str) -> None:
        move_mark(self._rows, direction)

    def action_write(self) -> None:
        self._list.begin_writing(self._writing.value)

    def action_end_writing(self) -> None:
        if not self._listed:
            self.dismiss()
            return
        self._list.end_writing()

    def action_delete(self) -> None:
        at = self._rows.highlighted
        if at is not None and at < len(self._listed):
            self._delete(self._listed[at].text)
            self._changed()
        if not self._listed:
            self.action_write()

    def _turn(self, index: int) -> None:
        if index >= len(self._listed):
            return
        self._rows.highlighted = index
        why_not = self._turn_curve(self._listed[index].text)
        self._changed()
        self._list.say(why_not)

    def _changed(self) -> None:
        self._list.say("")
        self.take_in()

    def _draw_again(self) -> None:
        self._shown = None
        self.take_in()

    def _line(self, number: int, row: WatchedRow) -> Content:
        """`1 ─ W.norm()  5.703125`, as wide as there is room."""
        palette, ellipsis = self._look.palette, self._look.glyphs.ellipsis
        mark, colour = mark_of_row(row, palette, in_ascii=self._look.in_ascii)
        words, tint = value_words(row, palette, self._look.translate)
        width = self._list.room(8)
        widest = max(cell_width(one.text) for one in self._listed)
        room = min(widest, width // _SHARE_OF_NAMES)
        return Content.assemble(
            (f"{number} ", "bold $accent"),
            (f"{mark} ", colour),
            pad(row.text, room, ellipsis),
            "  ",
            (cut(words, width - room, ellipsis), tint),
        )


def _named_keys(look: Look) -> Content:
    """The keys, each to be clicked."""
    keys = [_DIGIT_KEYS, *(one.shown_key for one in WATCHED_ACTIONS[1:])]
    return Content("  ").join(
        Content.assemble((key, "bold $accent"), f" {look.translate(one.label)}").stylize(
            Style.from_meta({"@click": one.target})
        )
        for key, one in zip(keys, WATCHED_ACTIONS, strict=True)
    )
