"""Shows, enlarges and scrolls the panes as keys say, and says why a pane is not there."""

from __future__ import annotations

from textual.widget import Widget

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.actions.named import key_of
from tui.look import Appearance
from tui.panes.pane_tabs import ABSENCES
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.showing.remarks import word_on_no_output, word_on_no_tensors


class PaneDesk:
    """Chooses for the learner which panes are in sight."""

    def __init__(self, panes: PlayerPanes, playback: Playback, appearance: Appearance) -> None:
        self._panes = panes
        self._playback = playback
        self._choice = playback.choice
        self._appearance = appearance

    def action_show_pane(self, name: str) -> None:
        if self._is_there_or_says_so(name):
            self._panes.show_pane(name)

    def action_turn_pane(self, by: int) -> None:
        names = self._panes.names
        if len(names) == 1:
            self._say(self._appearance.look.translate("This step has one pane."))
        here = names.index(self._panes.active)
        self._panes.show_pane(names[(here + by) % len(names)])

    def action_scroll(self, direction: str) -> None:
        getattr(self._scrolled, f"scroll_{direction}")(animate=False)

    def action_scroll_half(self, by: int) -> None:
        page = self._scrolled.scrollable_content_region.height
        self._scrolled.scroll_relative(y=by * max(page // 2, 1), animate=False)

    def action_draw(self) -> None:
        if not self._is_there_or_says_so("canvas"):
            return
        self._panes.show_pane("canvas")
        playback = self._playback
        if playback.record.outcome is Outcome.DONE and playback.status is Status.READY:
            self._panes.canvas.begin_drawing()
        else:
            self._say(self._appearance.look.translate("Here you can draw once the run has ended."))

    def action_enlarge(self) -> None:
        if len(self._panes.in_sight) == 1 and not self._choice.wish.is_enlarged:
            self._say(self._appearance.look.translate("The pane has all the room already."))
            return
        self._choice.toggle_size()
        self._panes.lay_out()

    def action_reset_layout(self) -> None:
        before = self._choice.wish
        self._choice.reset(has_run=self._playback.record.frame is not None)
        if self._choice.wish == before:
            self._say(self._appearance.look.translate("The panes stand as they do by themselves."))
        self._panes.forget_borders()
        self._panes.lay_out()

    def say_what_enter_does(self) -> None:
        words = self._appearance.look.translate(
            "Enter opens a tensor in its pane, {tensors}, and on the curve, {curve}, goes to the "
            "reading line."
        )
        tensors, curve = key_of("show_pane('tensors')"), key_of("show_pane('curve')")
        self._say(words.format(tensors=tensors, curve=curve))

    @property
    def _scrolled(self) -> Widget:
        """What keys scroll: the active pane, and of an exercise its editor."""
        pane, exercise = self._panes.active_pane, self._panes.exercise
        return exercise.editor if pane is exercise else pane

    def _is_there_or_says_so(self, name: str) -> bool:
        is_there = name in self._choice.panes
        translate = self._appearance.look.translate
        if not is_there and name == "tensors":
            self._say(word_on_no_tensors(self._playback.record.outcome, translate))
        elif not is_there and name == "output" and self._playback.record.outcome is None:
            self._say(word_on_no_output((), translate))
        elif not is_there:
            self._say(translate(ABSENCES[name]))
        return is_there

    def _say(self, words: str) -> None:
        self._panes.notify(words, markup=False)
