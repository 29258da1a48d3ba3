"""What of a session is to be taken home: as a script, as a notebook, or its runs as a table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.actions.action import Action
from tui.actions.app_actions import HELP
from tui.actions.dialog_actions import TAKE_HOME_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.framed import FramedScreen
from tui.dialogs.moving import move_mark
from tui.look import Look


class Keepsake(Enum):
    """What a session can be taken home as."""

    SCRIPT = auto()
    NOTEBOOK = auto()
    RUNS = auto()


class TakeHomeScreen(FramedScreen[Keepsake | None]):
    """Ends with what was chosen; None where nothing was."""

    BINDINGS = bindings((*TAKE_HOME_ACTIONS, HELP))
    keys: ClassVar[Sequence[Action]] = (*TAKE_HOME_ACTIONS, HELP)
    DEFAULT_CSS = """
    TakeHomeScreen OptionList, TakeHomeScreen OptionList:focus {
        height: auto;
        max-height: 100%;
        border: none;
        padding: 0;
    }
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows = OptionList(*(_row(one, look) for one in Keepsake))

    def compose(self) -> ComposeResult:
        """What there is to choose, in a frame."""
        with VerticalScroll(can_focus=False) as frame:
            frame.border_title = self._look.translate("Take the session home")
            frame.border_subtitle = self._look.translate("enter saves it, esc closes")
            yield self._rows

    def on_mount(self) -> None:
        """Begin at the first."""
        self._rows.highlighted = 0
        self._rows.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click chooses."""
        self.dismiss([*Keepsake][event.option_index])

    def action_choose(self) -> None:
        self._rows.action_select()

    def action_move(self, direction: str) -> None:
        move_mark(self._rows, direction)


def _row(keepsake: Keepsake, look: Look) -> Option:
    suffix, words = {
        Keepsake.SCRIPT: (
            ".py",
            look.translate("A script that ends as the session did, with all you changed"),
        ),
        Keepsake.NOTEBOOK: (
            ".ipynb",
            look.translate("A notebook of the same, with what it wrote"),
        ),
        Keepsake.RUNS: (".csv", look.translate("The curves of this step, every value")),
    }[keepsake]
    return Option(Content.assemble((f"{suffix:8}", look.palette.accent), words))
