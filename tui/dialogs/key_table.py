"""The table of keys in the help: in two columns where there is room, each group whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.actions.action import Action, Group
from tui.language.catalogue import Translate
from tui.rendering.widths import pad, wrap_words

_KEYS_WIDTH = 16
# As much as the longest keys need, where each cell is wanted for the sentences.
_LEAST_KEYS_WIDTH = 13
_NARROW_BELOW = 60
_TWO_COLUMNS_FROM = 100
_GAP = 2


class KeyTable(Widget):
    """Shows actions under the headings of their groups, which come in the order of `groups`.

    After them come the marks of the screen, each with what it means.
    """

    DEFAULT_CSS = "KeyTable { height: auto; }"

    def __init__(
        self,
        actions: Sequence[Action],
        marks: Sequence[tuple[str, str]],
        groups: Sequence[Group],
        translate: Translate,
    ) -> None:
        super().__init__()
        self._actions = actions
        self._marks = marks
        self._groups = groups
        self._translate = translate

    def show_only(self, actions: Sequence[Action], marks: Sequence[tuple[str, str]]) -> None:
        """Show these instead."""
        self._actions, self._marks = actions, marks
        self.refresh(layout=True)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002 (Textual hands it over by this name)
        viewport: Size,  # noqa: ARG002 (likewise)
        width: int,
    ) -> int:
        """As many rows as there are lines, once they are broken for the width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines for the width there is."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> Sequence[Content]:
        translate = self._translate
        columns = 2 if width >= _TWO_COLUMNS_FROM else 1
        column = max((width - _GAP * (columns - 1)) // columns, 1)
        keys = _LEAST_KEYS_WIDTH if column < _NARROW_BELOW else _KEYS_WIDTH
        blocks = [
            _block(translate(group.value), [self._said(one) for one in members], column, keys)
            for group in self._groups
            if (members := [action for action in self._actions if action.group is group])
        ]
        if self._marks:
            blocks.append(_block(translate("Marks"), self._marks, column, keys))
        if not blocks:
            return [Content(translate("No key does anything that is called so."))]
        return _side_by_side(blocks, column, columns)

    def _said(self, action: Action) -> tuple[str, str]:
        return self._translate(action.shown_keys), self._translate(action.help)


def _block(
    heading: str, entries: Sequence[tuple[str, str]], width: int, keys_width: int
) -> list[Content]:
    """A heading, its entries of a key or a mark and a sentence, and an empty line below them."""
    lines = [Content.styled(heading, "bold $accent")]
    for shown, sentence in entries:
        lines += _row(shown, sentence, width, keys_width)
    return [*lines, Content("")]


def _row(shown: str, sentence: str, width: int, keys_width: int) -> list[Content]:
    first, *others = wrap_words(sentence, max(width - keys_width, 1))
    keys = pad(f"  {shown}", keys_width)
    below = (Content(" " * keys_width + line) for line in others)
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
