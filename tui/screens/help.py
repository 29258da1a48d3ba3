"""The help: every action with its keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tui.action import Action, Group
from tui.language.catalogue import Translate
from tui.look import Look
from tui.rendering.widths import pad, wrap_words
from tui.screens.framed import FramedScreen

_KEYS_WIDTH = 16
_TWO_COLUMNS_FROM = 100
_GAP = 2


class HelpScreen(FramedScreen[None]):
    """Shows the keys of the screen below it, those of the group `first` before the others."""

    AUTO_FOCUS = "VerticalScroll"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (112, "-wide")]  # noqa: RUF012 (as Textual declares it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,space,question_mark,f1", "dismiss", "Close"),
        Binding("escape", "go_back", "Close"),
        Binding("slash", "search", "Search"),
    ]
    DEFAULT_CSS = """
    HelpScreen > VerticalScroll { padding: 0 2; }
    HelpScreen.-wide > VerticalScroll { width: 112; }
    HelpScreen Input { display: none; border: none; padding: 0; height: 1; }
    HelpScreen Input.-asked { display: block; }
    """

    def __init__(self, actions: Sequence[Action], first: Group, look: Look) -> None:
        super().__init__()
        self._actions = actions
        self._groups = sorted(Group, key=lambda group: group is not first)
        self._translate = look.translate
        self._words = Input(compact=True)
        self._text = Static()
        self._frame = VerticalScroll(self._words, self._text)
        self._frame.border_title = look.translate("Keys")
        self._frame.border_subtitle = look.translate("/ searches, esc closes")

    def compose(self) -> ComposeResult:
        """The keys in a frame, and above them what is searched for."""
        yield self._frame

    def on_resize(self) -> None:
        """Break the lines again, once the frame has its new width."""
        self.call_after_refresh(self._show)

    def on_input_changed(self) -> None:
        """Show what is searched for as it is typed."""
        self._show()

    def on_input_submitted(self) -> None:
        """Enter gives the keys back to what was found."""
        self.set_focus(self._frame)

    def action_search(self) -> None:
        self._words.add_class("-asked")
        self._words.focus()

    def action_go_back(self) -> None:
        """End a search; where there is none, close."""
        if not self._words.has_class("-asked"):
            self.dismiss()
            return
        self._words.value = ""
        self._words.remove_class("-asked")
        self.set_focus(self._frame)

    def _show(self) -> None:
        words = self._words.value.casefold().split()
        found = [action for action in self._actions if self._matches(action, words)]
        width = max(self._frame.scrollable_content_region.width, 1)
        columns = 2 if width >= _TWO_COLUMNS_FROM else 1
        column = (width - _GAP * (columns - 1)) // columns
        blocks = [
            _block(group, members, self._translate, column)
            for group in self._groups
            if (members := [action for action in found if action.group is group])
        ]
        self._text.update(Content("\n").join(_side_by_side(blocks, column, columns)))

    def _matches(self, action: Action, words: Sequence[str]) -> bool:
        text = f"{action.shown_keys} {self._translate(action.help)}".casefold()
        return all(word in text for word in words)


def _block(
    group: Group, actions: Sequence[Action], translate: Translate, width: int
) -> list[Content]:
    """The lines of a group: its heading, its actions, and an empty one below them."""
    lines = [Content.styled(translate(group.value), "bold $accent")]
    for action in actions:
        lines += _row(action, translate, width)
    return [*lines, Content("")]


def _row(action: Action, translate: Translate, width: int) -> list[Content]:
    first, *others = wrap_words(translate(action.help), max(width - _KEYS_WIDTH, 1))
    keys = pad(f"  {action.shown_keys}", _KEYS_WIDTH)
    below = (Content(" " * _KEYS_WIDTH + line) for line in others)
    return [Content.assemble((keys, "bold"), first), *below]


def _side_by_side(blocks: Sequence[list[Content]], width: int, columns: int) -> list[Content]:
    """All lines in so many columns of `width` cells, about equally long; no block is broken."""
    if columns == 1:
        return [line for block in blocks for line in block]
    half = sum(len(block) for block in blocks) / 2
    left: list[Content] = []
    right: list[Content] = []
    for block in blocks:
        is_left = not right and len(left) + len(block) / 2 <= half
        (left if is_left else right).extend(block)
    return [
        Content.assemble(one.pad_right(width + _GAP - one.cell_length), other)
        for one, other in zip_longest(left, right, fillvalue=Content(""))
    ]
