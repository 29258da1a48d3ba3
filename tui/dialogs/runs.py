"""The runs of a step, ranked: to mute, delete or bring to the front, and to go back into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.actions.action import Action
from tui.actions.app_actions import HELP
from tui.actions.dialog_actions import RUNS_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.framed import FramedScreen
from tui.dialogs.keyed_list import KeyedList
from tui.dialogs.moving import move_mark
from tui.dialogs.run_lines import key_lines, run_lines
from tui.experiments.edit_races import why_not_marked
from tui.look import Look
from tui.runs.run import Run
from tui.showing.run_list import ListedRun, RunList


class RunsScreen(FramedScreen[Run | None]):
    """Ends with the run to go back into; None where none was chosen.

    `mute`, `delete` and `bring_to_front` are told what becomes of a run. `race` is told which of
    them are to be raced, and answers in words why not, where that cannot be.
    """

    BINDINGS = bindings((*RUNS_ACTIONS, HELP))
    keys: ClassVar[Sequence[Action]] = (*RUNS_ACTIONS, HELP)
    DEFAULT_CSS = """
    RunsScreen > VerticalScroll { width: 96; }
    RunsScreen OptionList { max-height: 20; }
    """

    def __init__(
        self,
        runs: RunList,
        look: Look,
        mute: Callable[[Run], None],
        delete: Callable[[Run], None],
        bring_to_front: Callable[[Run], None],
        race: Callable[[Sequence[Run]], str],
    ) -> None:
        super().__init__()
        self._runs = runs
        self._look = look
        self._mute, self._delete, self._bring_to_front = mute, delete, bring_to_front
        self._race = race
        self._marked_to_race: list[Run] = []
        self._listed: list[ListedRun] = []
        self._shown: list[Content] = []
        self._clicked: Run | None = None
        translate = look.translate
        self._list = KeyedList(
            translate("Runs of this step"),
            translate("esc closes"),
            translate("a number: enter takes it, esc closes"),
            {"enter": translate("take it"), "escape": translate("close")},
        )
        self._rows = self._list.rows

    def compose(self) -> ComposeResult:
        yield self._list

    def on_mount(self) -> None:
        """Begin at the best."""
        self._rows.focus()
        self.take_in()

    def on_resize(self) -> None:
        """Fill the new width, once the frame has it."""
        self.call_after_refresh(self._draw_again)

    def take_in(self) -> None:
        """List the runs as they are now; the one that is marked stays marked."""
        marked = self._marked
        self._listed = self._runs.listed(self._look.translate)
        there = [one.run for one in self._listed]
        self._marked_to_race = [run for run in self._marked_to_race if run in there]
        lines = run_lines(
            self._runs, self._listed, self._marked_to_race, self._list.room(3), self._look
        )
        self._list.name_keys(key_lines(self._runs, self._marked_to_race, self._look))
        if lines == self._shown:
            return
        self._shown = lines
        self._list.head.update(lines[0])
        self._rows.clear_options()
        self._rows.add_options([Option(line) for line in lines[1:]])
        runs = [one.run for one in self._listed]
        if runs:
            self._rows.highlighted = runs.index(marked) if marked in runs else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click marks a run, and a second one goes into it."""
        run = self._listed[event.option_index].run
        if run is self._clicked:
            self.action_take_marked()
        self._clicked = run

    def on_key(self, event: events.Key) -> None:
        """A digit begins the value that is to be reached."""
        if event.character is not None and event.character in "0123456789.-":
            event.stop()
            self.action_type(event.character)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the value; without one it is the middle one of the finals again."""
        event.stop()
        text = event.value.strip()
        try:
            target = float(text) if text else None
        except ValueError:
            target = float("nan")
        if target is not None and not isfinite(target):
            words = self._look.translate("{text} is no number: write one as 0.5 or 1e-3.")
            self._list.say(words.format(text=text))
            return
        self._runs.target = target
        self.action_end_writing()

    def action_take_marked(self) -> None:
        one = self._one_marked
        if one is not None and one.is_racing:
            self._list.say(self._look.translate("This run still trains: the race is on."))
        elif one is not None and not self._says_it_is_empty(one):
            self.dismiss(one.run)

    def action_move(self, direction: str) -> None:
        move_mark(self._rows, direction)

    def action_mute(self) -> None:
        self._act(self._mute, self._look.translate("The run of now is always drawn."))

    def action_delete(self) -> None:
        self._act(self._delete, self._look.translate("The run of now stays: it is on the screen."))

    def action_bring_to_front(self) -> None:
        one = self._one_marked
        if one is not None and not self._says_it_is_empty(one):
            self._bring_to_front(one.run)
            self._changed()

    def action_mark(self) -> None:
        """Mark a run for a race of several, or no more."""
        run, marked = self._marked, self._marked_to_race
        if run is None:
            return
        if run in marked:
            marked.remove(run)
            self._changed()
            return
        why_not = why_not_marked(run, marked, self._look.translate)
        if not why_not:
            marked.append(run)
        self._changed()
        self._list.say(why_not)

    def action_race(self) -> None:
        """Race what is marked, and show it."""
        why_not = self._race(self._marked_to_race)
        if why_not:
            self._list.say(why_not)
        else:
            self.dismiss(None)

    def action_turn_order(self) -> None:
        self._runs.turn_order()
        self._changed()

    def action_turn_better(self) -> None:
        self._runs.turn_better()
        self._changed()

    def action_turn_curve(self) -> None:
        if len(self._runs.curves) < 2:
            self._list.say(self._look.translate("There is one curve."))
            return
        self._runs.turn_curve()
        self._changed()

    def action_type(self, first: str = "") -> None:
        self._list.begin_writing(first)

    def action_end_writing(self) -> None:
        self._list.end_writing()
        self._changed()

    def _act(self, act: Callable[[Run], None], why_not: str) -> None:
        """Do something to the run that is marked, unless it is that of now."""
        one = self._one_marked
        if one is None:
            return
        if one.is_now or one.is_racing:
            racing = self._look.translate("This run still trains: the race is on.")
            self._list.say(why_not if one.is_now else racing)
            return
        act(one.run)
        self._changed()

    def _says_it_is_empty(self, one: ListedRun) -> bool:
        """Say of a run that ended without a value that it has nothing to show."""
        is_empty = one.outcome is not None and not one.is_now and not one.run.series
        if is_empty:
            self._list.say(self._look.translate("This run ended before it had a value."))
        return is_empty

    @property
    def _one_marked(self) -> ListedRun | None:
        at = self._rows.highlighted
        return self._listed[at] if at is not None and at < len(self._listed) else None

    @property
    def _marked(self) -> Run | None:
        one = self._one_marked
        return None if one is None else one.run

    def _changed(self) -> None:
        self._list.say("")
        self.take_in()

    def _draw_again(self) -> None:
        self._shown = []
        self.take_in()
