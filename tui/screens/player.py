"""The player: plays one lesson, and tells its session what the keys say."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable

from textual.actions import parse
from textual.app import ComposeResult
from textual.events import Key
from textual.geometry import Offset
from textual.widget import Widget

from tui.actions.action import Action, Group
from tui.actions.named import bindings
from tui.actions.player_actions import PLAYER_ACTIONS
from tui.editor.exercise_pane import ExercisePane
from tui.experiments.turning import dial_of
from tui.keys.offered import group_in_hand, working_actions
from tui.keys.situation import Hand
from tui.look import Appearance, Look
from tui.panes.canvas_pane import CanvasPane
from tui.panes.code_pane import CodePane
from tui.panes.tensor_pane import TensorPane
from tui.player.playback import Playback
from tui.polling.poller import Poller
from tui.polling.room import Room
from tui.prose.questions import Questions
from tui.rendering.legend import legend
from tui.runs.going_back import place_at
from tui.screens.drawing import Drawing
from tui.screens.parts import Desks, Parts
from tui.screens.rounds import Rounds
from tui.screens.said_reasons import SaidReasons
from tui.showing.status import leaving_words
from tui.widgets.selecting import selected_at
from tui.widgets.underneath import UnderneathScreen

_DIGITS = frozenset("0123456789")


class PlayerScreen(UnderneathScreen[None]):
    """Plays one lesson; for `keys_wait` see Poller."""

    BINDINGS = bindings(PLAYER_ACTIONS)
    # Only the editor takes the focus, and only when it is asked for: typing is not commanding.
    AUTO_FOCUS = ""

    def __init__(
        self, playback: Playback, appearance: Appearance, keys_wait: Callable[[], bool]
    ) -> None:
        super().__init__()
        self.playback = playback
        self._appearance = appearance
        self._parts = parts = Parts(
            playback,
            appearance,
            lambda: self._drawing.draw_written(),
            lambda: self._drawing.draw_active(),
            lambda: self._reasons.may_ask(),
        )
        self._panes, self._controls, self._dials = parts.panes, parts.controls, parts.dials
        self._reasons = SaidReasons(self, appearance, parts.controls)
        poller = Poller(playback, keys_wait, Room().cores)
        self._drawing = Drawing(self, playback, appearance, parts, poller)
        self._desks = desks = Desks(
            self,
            playback,
            appearance,
            parts,
            self._drawing.draw_step,
            self._drawing.draw_bars,
            self._is_undisturbed,
        )
        self._rounds = Rounds(
            self, playback, appearance, poller, parts, desks, self._drawing, self._reasons
        )

    def compose(self) -> ComposeResult:
        yield from self._parts

    def on_mount(self) -> None:
        self._panes.offer_panes()
        self._panes.lay_out()
        self._appearance.language_changed.subscribe(self, self._drawing.speak)
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        await self._drawing.speak()
        self.playback.begin()
        self._rounds.begin()

    def on_screen_suspend(self) -> None:
        """Name no keys while a dialog has them."""
        self._controls.notice_dialog()

    def on_screen_resume(self) -> None:
        self._controls.notice_dialog()

    def on_unmount(self) -> None:
        self._rounds.end()

    def on_resize(self) -> None:
        """Lay the panes out for the new size, and fill the bars' new width."""
        self._panes.lay_out()
        self.call_after_refresh(self._drawing.draw_bars)

    def on_pane_area_arranged(self) -> None:
        """Draw what came into sight, once it has its size."""
        self.call_after_refresh(self._drawing.draw_step)

    def on_descendant_focus(self) -> None:
        self._controls.name_keys()

    def on_descendant_blur(self) -> None:
        self._controls.name_keys()

    async def action_pass_on(self, receiver: str, action: str) -> None:
        """Have a desk, or the widget with this id, take an action, or say why it cannot.

        What is changed in the curve or in the tensors comes into sight; see tui.actions.
        """
        if self._reasons.says_why_not(action):
            return
        if receiver in ("curve", "tensors") and receiver not in self._panes.in_sight:
            self._panes.show_pane(receiver)
        if receiver in self._desks.receivers:
            _, name, arguments = parse(action)
            taken = getattr(self._desks.receivers[receiver], f"action_{name}")(*arguments)
            if isawaitable(taken):
                await taken
        else:
            await self.query_one(f"#{receiver}").run_action(action)

    def _is_undisturbed(self) -> bool:
        """Whether the learner neither writes nor has a dialog open."""
        return self.is_current and self._controls.hand is Hand.PLAYER

    @property
    def _look(self) -> Look:
        return self._appearance.look

    # What the learner does

    def on_controls_speed_set(self) -> None:
        self._drawing.draw_bars()

    def on_controls_went_on(self) -> None:
        self._parts.watch_run()

    def on_canvas_pane_painted(self, event: CanvasPane.Painted) -> None:
        self.playback.session.paint(event.step, event.pixels, event.stroke)

    def on_exercise_pane_run_wanted(self) -> None:
        """Run an edit from where its step began, and show what comes of it."""
        self._panes.watch_edit()
        self._controls.run_again("run_edit")

    def on_exercise_pane_race_wanted(self) -> None:
        """Race an edit, and show its curve beside that of the run that stands."""
        why_not = self._parts.race.begin_with_edit()
        if why_not:
            self.notify(why_not, severity="warning", markup=False)
            return
        self._panes.show_pane("curve")

    async def on_exercise_pane_way_cleared(self, event: ExercisePane.WayCleared) -> None:
        """Run the step that an earlier one has kept from running."""
        await self._desks.pages.turn_to(event.wanted)
        self._parts.questions.run_shown(None)

    async def on_questions_answered(self, event: Questions.Answered) -> None:
        """Take the answer, and go on with what it was asked for."""
        self.playback.answer(self.playback.shown, event.question, event.answer)
        await self._drawing.draw_step()
        self._parts.questions.close(event.question)

    def on_questions_skipped(self, event: Questions.Skipped) -> None:
        self._parts.questions.skip(event.question)

    # Selecting and copying

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What the mouse selects, in place of Textual's own."""
        return selected_at(self, self._panes, x, y)

    def on_text_selected(self) -> None:
        """Name the key that copies, or no more."""
        self._controls.name_keys()

    def key_escape(self, event: Key) -> None:
        """Take a selection back, and let go of a number, before escape means anything else."""
        if self.selections:
            self._deselect()
            event.stop()
        elif dial_of(self.playback) is not None:
            self._dials.action_let_go()
            self._controls.name_keys()
            event.stop()

    def on_key(self, event: Key) -> None:
        """Let a digit begin the number that is to be set, where one of the code is in hand."""
        is_digit = event.is_printable and (event.character or "") in _DIGITS
        if is_digit and self.focused is None and self._dials.takes_digits:
            self._dials.action_begin_setting(event.character or "")
            event.stop()

    def on_code_pane_pointed(self, event: CodePane.Pointed) -> None:
        self._dials.point_at(event.line, event.column)
        self._controls.name_keys()

    def action_copy_or_stop(self) -> None:
        selected = self.get_selected_text()
        if selected:
            self.app.copy_to_clipboard(selected)
            self._deselect()
        elif not self._reasons.says_why_not("copy_or_stop"):
            self.playback.stop()

    def _deselect(self) -> None:
        self.clear_selection()
        self._controls.name_keys()

    # Turning the pages

    def action_run_and_turn(self) -> None:
        """Run the step that is shown, and turn to the next one; as in Jupyter."""
        playback = self.playback
        if playback.step.cell is None or playback.running == playback.shown:
            self.call_next(self.action_pass_on, "pages", "next_step")
        elif not self._reasons.says_why_not("run_and_turn"):
            playback.page.turn_once_begun(playback.shown)
            self._parts.questions.run_shown(None)

    async def action_show_step(self, index: int) -> None:
        await self._desks.pages.turn_to(index)

    def action_leave(self) -> None:
        if self.playback.is_busy:
            self.app.notify(leaving_words(self.playback, self._look), markup=False)
        self.app.pop_screen()

    def on_tensor_pane_watched_clicked(self) -> None:
        if not self._reasons.says_why_not("list_watched"):
            self._desks.watched.action_list_watched()

    def on_ask_line_watched(self) -> None:
        self._desks.watched.draw()

    def on_race_line_begun(self) -> None:
        """Bring its curves into sight, as those of a run."""
        self._panes.watch_race()

    def action_enter(self) -> None:
        """Set the number in hand, open the first tensor, or go to where the reading line stands.

        Elsewhere it says so: who answers with a digit often presses enter too.
        """
        cursor, frame = self._panes.curve.cursor, self.playback.record.frame
        reads = self._panes.active == "curve" and cursor is not None
        if dial_of(self.playback) is not None and self._panes.active != "tensors" and not reads:
            self._dials.action_begin_setting()
        elif self._panes.active == "tensors":
            self._desks.tensors.open_first()
        elif self._panes.active != "curve" or cursor is None or frame is None:
            self._desks.panes.say_what_enter_does()
        elif self.playback.is_elsewhere:
            words = self._look.translate("A step is under way: let it end, or stop it with s.")
            self.notify(words, markup=False)
        else:
            self.playback.session.go_to(place_at(frame, cursor))

    def on_tensor_pane_open_wanted(self, event: TensorPane.OpenWanted) -> None:
        self._desks.tensors.open(event.name)

    # What the app asks: see tui.roles

    @property
    def group_in_hand(self) -> Group:
        has_code = self.playback.step.cell is not None
        return group_in_hand(self._controls.hand, self._panes.active, has_code=has_code)

    def working_actions(self) -> list[Action]:
        return working_actions(self._controls.situation, self._panes.names)

    def legend(self) -> list[tuple[str, str]]:
        look = self._look
        return legend(look.glyphs, look.translate, in_ascii=look.in_ascii)

    def step_titles(self) -> list[str]:
        return self._desks.pages.step_titles()

    def stop_training(self) -> None:
        self.playback.session.stop()
