"""Chooses which of a lesson's tensors are shown; typing filters them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.protocol.tensors import NamedTensor
from tui.actions.action import Action
from tui.actions.app_actions import HELP
from tui.actions.dialog_actions import CHOOSER_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.choosing_input import ChoosingInput
from tui.dialogs.framed import FramedScreen
from tui.dialogs.moving import move_mark
from tui.look import Look


class TensorChooser(FramedScreen[None]):
    """Lists names with a mark before those that are shown; enter or space shows or hides one.

    `choose` is told each name whose mark changes, and whether it is shown from now on.
    """

    BINDINGS = bindings((*CHOOSER_ACTIONS, HELP.while_typing))
    keys: ClassVar[Sequence[Action]] = (*CHOOSER_ACTIONS, HELP)
    DEFAULT_CSS = """
    TensorChooser {
        & Input { border: none; height: 1; padding: 0 1; background: $surface; }
        & OptionList { border: none; height: auto; max-height: 20; padding: 0; }
    }
    """

    def __init__(self, choose: Callable[[str, bool], None], look: Look, why_none: str) -> None:
        super().__init__()
        self._why_none = why_none
        self._choose = choose
        self._look = look
        self._names: Sequence[NamedTensor] = ()
        self._shown: set[str] = set()
        self._filter = ChoosingInput(
            self.action_choose,
            look.translate("type to filter"),
            # No name has a space in it.
            lambda: False,
        )
        self._list = OptionList(markup=False)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The filter above the names, in a frame."""
        with VerticalScroll(can_focus=False) as frame:
            frame.border_title = self._look.translate("Tensors to show")
            frame.border_subtitle = self._look.translate(
                "enter or space shows or hides, esc closes"
            )
            yield self._filter
            yield self._list

    def on_mount(self) -> None:
        """Let what is typed be the filter."""
        self._filter.focus()
        self._draw()

    def show_names(self, names: Sequence[NamedTensor], shown: Collection[str]) -> None:
        """Offer these names; the marks of those that were offered before stay as they are."""
        fresh = {one.name for one in names} - {one.name for one in self._names}
        if not fresh and len(names) == len(self._names):
            return
        self._names = names
        self._shown |= fresh & set(shown)
        if self.is_mounted:
            self._draw()

    def on_input_changed(self) -> None:
        """Offer what has the typed text in its name."""
        self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show or hide the name that was clicked."""
        if event.option.id is not None:
            self._toggle(event.option.id)

    def action_choose(self) -> None:
        # What was typed just now may not have filtered yet.
        self._draw()
        option = self._list.highlighted_option
        if option is not None and option.id is not None:
            self._toggle(option.id)

    def _toggle(self, name: str) -> None:
        self._shown ^= {name}
        self._choose(name, name in self._shown)
        self._draw()

    def action_move(self, direction: str) -> None:
        move_mark(self._list, direction)

    def _draw(self) -> None:
        at = self._list.highlighted or 0
        wanted = self._filter.value.casefold()
        found = [one for one in self._names if wanted in one.name.casefold()]
        self._list.clear_options()
        if found:
            options = [Option(self._line(one), id=one.name) for one in found]
            self._list.add_options(options)
            self._list.highlighted = min(at, len(found) - 1)
            return
        nothing = (
            self._look.translate("No tensor's name has this in it.")
            if self._names
            else self._why_none
        )
        self._list.add_option(Option(nothing, disabled=True))

    def _line(self, one: NamedTensor) -> Content:
        mark = "[x] " if one.name in self._shown else "[ ] "
        return Content.assemble(
            mark, (one.name, "bold"), (f"  {list(one.shape)}", "$accent"), f"  {one.dtype}"
        )
