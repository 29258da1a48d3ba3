"""One tensor over the whole screen: any slice of its values, what made it, and the modules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget

from engine.protocol.tensors import Aspect, OpenedTensor, Opening
from tui.actions.action import Action
from tui.actions.app_actions import HELP, LANGUAGE, PALETTE
from tui.actions.dialog_actions import TENSOR_ACTIONS
from tui.actions.named import bindings
from tui.look import Appearance, Look
from tui.plots.opened import columns_in_sight, draw_opened
from tui.widgets.action_bar import ActionBar
from tui.widgets.selecting import selected_at
from tui.widgets.text_pane import TextPane
from tui.widgets.underneath import UnderneathScreen

# Lines above the values: properties, statistics, counts, a gap, the slice, the columns' numbers.
_HEAD = 7
_NARROWEST_VALUE = 2
_TWO = 2


class TensorScreen(ModalScreen[None], UnderneathScreen[None]):
    """Shows what is in sight of one tensor of `names`, and moves through it.

    ``want`` is told what should be sent; what came is handed to `show_opened`.
    """

    BINDINGS = bindings((*TENSOR_ACTIONS, LANGUAGE, PALETTE, HELP))
    keys: ClassVar[Sequence[Action]] = (*TENSOR_ACTIONS, LANGUAGE, PALETTE, HELP)
    DEFAULT_CSS = "TensorScreen { background: $background; }"

    def __init__(
        self,
        names: Sequence[str],
        name: str,
        want: Callable[[Opening], None],
        appearance: Appearance,
    ) -> None:
        super().__init__()
        self._names = names
        self._want = want
        self._appearance = appearance
        self._fixed: int | None = None
        self._opened: OpenedTensor | None = None
        self._is_gone = False
        self._opening = Opening(name, Aspect.VALUES, (), -1, -1, 1, 1)
        self._pane = TextPane("opened")
        self._bar = ActionBar((), appearance.look.translate)

    def compose(self) -> ComposeResult:
        """The tensor, and the keys that move through it."""
        yield self._pane
        yield self._bar

    def on_mount(self) -> None:
        """Follow the language, and the colours."""
        self._appearance.language_changed.subscribe(self, self._speak)

    def on_strip_pane_resized(self) -> None:
        """Ask for as many values as have room now."""
        height = max(self._pane.outer_size.height - _HEAD, 1)
        width = max(self._pane.text_width // _NARROWEST_VALUE, 1)
        self._ask(replace(self._opening, height=height, width=width))
        self._draw()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What the mouse selects, in place of Textual's own."""
        return selected_at(self, self, x, y)

    def show_opened(self, opened: OpenedTensor) -> None:
        """Show what came, if it is of the tensor that is open."""
        if opened is self._opened or opened.opening.name != self._opening.name:
            return
        self._opened, self._is_gone = opened, False
        if not self._opening.place and opened.opening.place:
            came = opened.opening
            self._opening = replace(
                self._opening, place=came.place, down=came.down, across=came.across
            )
            self._fixed = next(iter(self._sliced), None)
        self._draw()

    def show_gone(self, name: str) -> None:
        """Say that the name which is open is no tensor any more, if it is this one."""
        if name == self._opening.name and not self._is_gone:
            self._opened, self._is_gone = None, True
            self._draw()

    # What the keys do

    def action_move(self, down: int, across: int) -> None:
        self._scroll(down, across)

    def action_turn(self, down: int, across: int) -> None:
        opened = self._opened
        if opened is None:
            return
        columns = columns_in_sight(opened, self._pane.text_width)
        self._scroll(down * self._opening.height, across * columns)

    def action_move_to_first(self) -> None:
        self._pane.scroll_home(animate=False)
        if self._opened is not None and self._opening.place:
            self._ask(self._moved({self._lengthwise: -self._opening.place[self._lengthwise]}))

    def action_move_to_last(self) -> None:
        """Show the last rows; of a vector the last values."""
        self._pane.scroll_end(animate=False)
        opened, opening, along = self._opened, self._opening, self._lengthwise
        if opened is not None and opening.place:
            is_vector = along == opening.across
            columns = columns_in_sight(opened, self._pane.text_width)
            in_sight = columns if is_vector else opening.height
            last = opened.snapshot.shape[along] - in_sight
            self._ask(self._moved({along: last - opening.place[along]}))

    def action_next_slice(self) -> None:
        self._slice(1)

    def action_previous_slice(self) -> None:
        self._slice(-1)

    def action_next_dimension(self) -> None:
        if self._says_it_has_no_slices():
            return
        sliced = self._sliced
        if len(sliced) < _TWO:
            words = self._look.translate("There is no other dimension to slice along.")
            self.notify(words, markup=False)
        elif self._fixed in sliced:
            self._fixed = sliced[(sliced.index(self._fixed) + 1) % len(sliced)]
            self._draw()

    def action_lay_out(self) -> None:
        """Lay out the next two dimensions; of a matrix, rows become columns."""
        if self._says_it_has_no_slices():
            return
        count = len(self._opening.place)
        if count < _TWO:
            words = self._look.translate("There are no other dimensions to lay out.")
            self.notify(words, markup=False)
            return
        opening = self._opening
        pairs = [(down, across) for across in range(count) for down in range(count)]
        pairs = [pair for pair in pairs if pair[0] != pair[1]]
        down, across = pairs[(pairs.index((opening.down, opening.across)) + 1) % len(pairs)]
        self._opening = replace(opening, down=down, across=across)
        self._fixed = next(iter(self._sliced), None)
        self._ask(self._opening)

    def action_look_at(self, aspect: str) -> None:
        self._pane.scroll_home(animate=False)
        self._ask(replace(self._opening, aspect=Aspect[aspect]))

    def action_open_next(self) -> None:
        self._open(1)

    def action_open_previous(self) -> None:
        self._open(-1)

    def action_close(self) -> None:
        self.dismiss()

    # Where it stands

    @property
    def _look(self) -> Look:
        return self._appearance.look

    @property
    def _sliced(self) -> list[int]:
        """The dimensions that are not laid out, of which one index of several is shown."""
        opening = self._opening
        laid_out = (opening.down, opening.across)
        shape = self._opened.snapshot.shape if self._opened is not None else ()
        sizes = enumerate(shape[: len(opening.place)])
        return [dim for dim, size in sizes if size > 1 and dim not in laid_out]

    @property
    def _lengthwise(self) -> int:
        """The dimension that goes down the screen; of a vector its only one."""
        opening = self._opening
        return opening.down if opening.down >= 0 else opening.across

    def _says_it_has_no_slices(self) -> bool:
        """Say of a tree that values are sliced and laid out, and not it."""
        is_tree = self._opening.aspect is not Aspect.VALUES
        if is_tree:
            words = self._look.translate("There is nothing to slice here: v shows the values.")
            self.notify(words, markup=False)
        return is_tree

    def _slice(self, by: int) -> None:
        if self._says_it_has_no_slices():
            return
        if self._fixed is not None:
            self._ask(self._moved({self._fixed: by}))
        else:
            words = self._look.translate("There is nothing to slice: all of it is laid out.")
            self.notify(words, markup=False)

    def _open(self, by: int) -> None:
        names, opening = self._names, self._opening
        if len(names) == 1:
            self.notify(self._look.translate("This step shows one tensor."), markup=False)
        name = names[(names.index(opening.name) + by) % len(names)]
        self._fixed = None
        # Modules are the lesson's: over them nothing would be seen of another tensor.
        is_of_lesson = opening.aspect is Aspect.MODULES
        aspect = Aspect.VALUES if is_of_lesson else opening.aspect
        self._ask(replace(opening, name=name, aspect=aspect, place=(), down=-1, across=-1))

    def _scroll(self, down: int, across: int) -> None:
        opening = self._opening
        if opening.aspect is not Aspect.VALUES:
            self._pane.scroll_relative(y=down, animate=False)
        elif opening.place:
            by = {opening.across: across}
            self._ask(self._moved(by | {opening.down: down} if opening.down >= 0 else by))

    def _moved(self, by: dict[int, int]) -> Opening:
        """The opening moved along some dimensions, until the last of their values is in sight."""
        opened, opening = self._opened, self._opening
        if opened is None:
            return opening
        columns = columns_in_sight(opened, self._pane.text_width)
        in_sight = {opening.down: opening.height, opening.across: columns}
        place = tuple(
            # Never back: of wider values fewer have room, and the last may lie beyond.
            max(min(at + by.get(dimension, 0), max(size - in_sight.get(dimension, 1), at)), 0)
            for dimension, (at, size) in enumerate(
                zip(opening.place, opened.snapshot.shape, strict=True)
            )
        )
        return replace(opening, place=place)

    def _ask(self, opening: Opening) -> None:
        if opening.name != self._opening.name:
            self._is_gone = False
        self._opening = opening
        self._want(opening)

    def _works(self, action: Action) -> bool:
        """Whether an action does something with what is open."""
        is_sliced = self._opening.aspect is Aspect.VALUES
        match action.name:
            case "next_slice" | "previous_slice":
                return is_sliced and bool(self._sliced)
            case "next_dimension":
                return is_sliced and len(self._sliced) >= _TWO
            case "lay_out":
                return is_sliced and len(self._opening.place) >= _TWO
            case "open_next" | "open_previous":
                return len(self._names) > 1
            case name:
                return name != f"look_at('{self._opening.aspect.name}')"

    def _speak(self, look: Look) -> None:
        self._bar.speak(look.translate)
        self._draw()

    def _draw(self) -> None:
        look, opened = self._look, self._opened
        working = [one for one in TENSOR_ACTIONS if self._works(one)]
        # Whatever has no room, the way back and that to all keys are named.
        working.sort(key=lambda one: one.name != "close")
        self._bar.show_actions([*working, HELP], {})
        if opened is None:
            words = look.translate("Opening the tensor …")
            if self._is_gone:
                words = look.translate("{name} is no tensor any more: esc closes this.")
            self._pane.show_sentence(words.format(name=self._opening.name), look)
            return
        width = self._pane.text_width
        self._pane.show(
            draw_opened(opened, self._fixed, width, look.palette, look.glyphs, look.translate)
        )
