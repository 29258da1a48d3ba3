"""The help: every action with its keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from tui.actions.action import Action, Group
from tui.actions.app_actions import APP_ACTIONS, LIST_ACTIONS
from tui.actions.dialog_actions import SCROLLING_ACTIONS, TENSOR_ACTIONS
from tui.actions.named import bindings
from tui.actions.pane_actions import PANE_ACTIONS
from tui.actions.player_actions import PLAYER_ACTIONS
from tui.dialogs.framed import FramedScreen
from tui.dialogs.key_table import KeyTable
from tui.look import Look
from tui.roles import NamesKeys, Plays


class HelpScreen(FramedScreen[None]):
    """Shows the keys of the screen below it, those of the group `first` before the others.

    ``marks`` are the marks of that screen, each with what it means.
    """

    AUTO_FOCUS = "VerticalScroll"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (as Textual declares it)
        (0, "-narrow"),
        (112, "-wide"),
        (148, "-wider"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,space,question_mark,f1", "dismiss", "Close"),
        Binding("escape", "go_back", "Close"),
        Binding("slash", "search", "Search"),
        *bindings(SCROLLING_ACTIONS),
    ]
    DEFAULT_CSS = """
    HelpScreen > VerticalScroll { padding: 0 2; }
    HelpScreen.-wide > VerticalScroll { width: 112; }
    HelpScreen.-wider > VerticalScroll { width: 144; }
    HelpScreen Input { border: none; padding: 0; height: 1; }
    """

    def __init__(
        self,
        actions: Sequence[Action],
        first: Group,
        marks: Sequence[tuple[str, str]],
        look: Look,
    ) -> None:
        super().__init__()
        self._actions = actions
        self._marks = marks
        self._translate = look.translate
        self._words = Input(compact=True)
        self._words.display = False
        groups = sorted(Group, key=lambda group: group is not first)
        self._table = KeyTable(actions, marks, groups, look.translate)
        self._frame = VerticalScroll(self._words, self._table)
        self._frame.border_title = look.translate("Keys")
        self._name_keys()

    def compose(self) -> ComposeResult:
        """The keys in a frame, and above them what is searched for."""
        yield self._frame

    def on_input_changed(self) -> None:
        """Show what is searched for as it is typed."""
        self._show()

    def on_input_submitted(self) -> None:
        """Enter gives the keys back to what was found."""
        self.set_focus(self._frame)
        self._name_keys()

    def action_search(self) -> None:
        self._words.display = True
        # At once: what is typed next is searched for.
        self.set_focus(self._words)
        self._frame.border_subtitle = self._translate("enter to what is found, esc ends the search")

    def action_go_back(self) -> None:
        """End a search; where there is none, close."""
        if not self._words.display:
            self.dismiss()
            return
        self._words.value = ""
        self._words.display = False
        self.set_focus(self._frame)
        self._name_keys()

    def _name_keys(self) -> None:
        """Name the keys that there are beside a search, and those while words of one stay."""
        self._frame.border_subtitle = (
            self._translate("/ searches, esc ends the search")
            if self._words.display
            else self._translate("/ searches, esc closes")
        )

    def _show(self) -> None:
        words = self._words.value.casefold().split()
        self._table.show_only(
            [action for action in self._actions if _has(self._found_by(action), words)],
            [mark for mark in self._marks if _has(mark, words)],
        )

    def _found_by(self, action: Action) -> tuple[str, ...]:
        """Its words in the language that is spoken, and in English."""
        written = action.shown_keys, action.help, action.label
        return (*map(self._translate, written), *written)


def help_over(screen: Screen[object], look: Look) -> HelpScreen:
    """The help over a screen, with the actions of what the learner has in hand first."""
    if isinstance(screen, Plays):
        actions = (*PLAYER_ACTIONS, *PANE_ACTIONS, *TENSOR_ACTIONS, *APP_ACTIONS)
        return HelpScreen(actions, screen.group_in_hand, screen.legend(), look)
    if isinstance(screen, NamesKeys):
        return HelpScreen(screen.keys, screen.keys[0].group, (), look)
    return HelpScreen((*LIST_ACTIONS, *APP_ACTIONS), Group.LIST, (), look)


def _has(said: Sequence[str], words: Sequence[str]) -> bool:
    text = " ".join(said).casefold()
    return all(word in text for word in words)
