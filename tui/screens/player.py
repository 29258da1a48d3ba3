"""The player: plays one lesson, and tells its session what the keys say."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual.app import ComposeResult
from textual.events import Key
from textual.geometry import Offset
from textual.widget import Widget

from engine.protocol.status import Grain
from tui.action import Action, Group
from tui.actions import PLAYER_ACTIONS, bindings, key_of
from tui.desks.copy_desk import CopyDesk
from tui.desks.home_desk import HomeDesk
from tui.desks.question_desk import QuestionDesk
from tui.desks.reload_desk import ReloadDesk
from tui.desks.runs_desk import RunsDesk
from tui.desks.tensor_desk import TensorDesk
from tui.desks.watch_desk import WatchDesk
from tui.dialogs.difference import DifferenceScreen
from tui.dialogs.steps import StepsScreen
from tui.editor.exercise_pane import ExercisePane
from tui.experiments.turning import dial_of
from tui.foot.arguments_line import ArgumentsLine
from tui.foot.ask_line import AskLine
from tui.foot.controls import Controls
from tui.foot.dial_line import DialLine
from tui.foot.race_line import RaceLine
from tui.keys.bar import bar_of
from tui.keys.reasons import why_not
from tui.keys.situation import Hand, works
from tui.look import Appearance, Look
from tui.messages import WorkNoted
from tui.panes.canvas_pane import CanvasPane
from tui.panes.code_pane import CodePane
from tui.panes.pane_finder import PaneFinder
from tui.panes.pane_tabs import PaneTabs
from tui.panes.player_panes import PlayerPanes
from tui.panes.tensor_pane import TensorPane
from tui.player.change import Change
from tui.player.playback import Playback
from tui.polling.poller import Poller
from tui.prose.questions import Questions
from tui.rendering.legend import legend
from tui.runs.going_back import place_at
from tui.runs.run import Run
from tui.showing.asked import asked_of
from tui.showing.remarks import word_on_no_names, word_on_no_tensors
from tui.widgets.selecting import selected_at
from tui.widgets.status_bar import StatusBar
from tui.widgets.toasts import keep_toasts_above
from tui.widgets.underneath import UnderneathScreen
from tui.words.unfound import unfound_words

_POLLS_PER_SECOND = 30
# How soon the learner sees that another player has changed what was kept, in seconds.
_BETWEEN_LOOKS_AT_KEPT = 1.0
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
        self._session = playback.session
        self._appearance = appearance
        self._poller = Poller(playback, keys_wait)
        self._listens_at = -1
        self._status = StatusBar()
        self._tabs = PaneTabs()
        self._panes = PlayerPanes(playback, appearance, self._tell_written)
        self._finder = PaneFinder(self._panes, appearance)
        self._ask = AskLine(playback, appearance, lambda: not self._says_why_not("begin_asking"))
        self._race = RaceLine(playback, appearance)
        self._dials = DialLine(playback, appearance, self._panes, self._race.begin)
        self._tensors = TensorDesk(self._panes.tensors, appearance)
        self._copies = CopyDesk(self._panes, playback, appearance)
        self._home = HomeDesk(self._panes, playback, appearance, self._copies)
        self._questions = QuestionDesk(playback, self._panes)
        self._runs = RunsDesk(self._panes, playback, self._go_into, self._race.begin_with_runs)
        self._watched = WatchDesk(self._panes, playback)
        self._reloads = ReloadDesk(self, playback, appearance, self._is_undisturbed)
        self._controls = Controls(playback, appearance, self._run_shown)
        self._arguments = ArgumentsLine(playback, appearance, self._controls.begin_again_with)

    def compose(self) -> ComposeResult:
        """The status, the panes, the lines that search them and that ask, and the controls."""
        yield from (self._status, self._tabs, self._panes)
        yield from (self._finder, self._ask, self._dials, self._race, self._arguments)
        yield self._controls

    def on_mount(self) -> None:
        """Start the engine once the screen stands."""
        self._panes.offer_panes()
        self._panes.lay_out()
        self._appearance.language_changed.subscribe(self, self._speak)
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        await self._speak(self._look)
        self.playback.begin()
        self._say_what_has_no_curve()
        self._reloads.begin()
        self.set_interval(1 / _POLLS_PER_SECOND, self._poll)
        self.set_interval(_BETWEEN_LOOKS_AT_KEPT, self._look_at_what_is_kept)

    def _say_what_has_no_curve(self) -> None:
        lesson, works = self.playback.lesson, self.playback.works
        edits = (works.of(step.index).edit or "" for step in lesson.steps)
        words = unfound_words(lesson.asked, (lesson.source, *edits), self._look.translate)
        if words:
            self.notify(words, severity="warning", timeout=10, markup=False)

    def on_screen_suspend(self) -> None:
        """Name no keys while a dialog has them."""
        self._controls.notice_dialog()

    def on_screen_resume(self) -> None:
        """Name the keys that do something again."""
        self._controls.notice_dialog()

    def on_unmount(self) -> None:
        """Look no more; the lesson goes on."""
        self._reloads.end()
        self._listen_at(-1)

    def on_resize(self) -> None:
        """Lay the panes out for the new size, and fill the bars' new width."""
        self._panes.lay_out()
        self.call_after_refresh(self._draw_bars)

    def on_player_panes_activated(self) -> None:
        """Mark the pane that is active now, and name the keys that do something in it."""
        self._draw_tabs()
        self._controls.active = self._panes.active
        self._controls.name_keys()
        self._finder.look_again()

    def on_pane_area_arranged(self) -> None:
        """Draw what came into sight, once it has its size."""
        self._draw_tabs()
        self.call_after_refresh(self._draw_step)

    def on_descendant_focus(self) -> None:
        """Name the keys of what has them now."""
        self._controls.name_keys()

    def on_descendant_blur(self) -> None:
        """Name the player's keys again."""
        self._controls.name_keys()

    async def action_pass_on(self, receiver: str, action: str) -> None:
        """Have the widget with the id `receiver` take an action, or say why it cannot.

        What is changed in the curve or in the tensors comes into sight; see tui.actions.
        """
        if self._says_why_not(action):
            return
        if receiver in ("curve", "tensors") and receiver not in self._panes.in_sight:
            self._panes.show_pane(receiver)
        await self.query_one(f"#{receiver}").run_action(action)

    def _says_why_not(self, action: str) -> bool:
        """Whether an action can do nothing now, which is said then."""
        reason = why_not(action, self._controls.situation, self._look.translate)
        if reason:
            self.notify(reason, markup=False)
        return bool(reason)

    # What the session has done, and drawing it

    def _listen_at(self, descriptor: int) -> None:
        """Hear at once what comes there, in place of where it came until now; -1: nothing."""
        if descriptor == self._listens_at:
            return
        loop = asyncio.get_running_loop()
        if self._listens_at >= 0:
            loop.remove_reader(self._listens_at)
        if descriptor >= 0:
            loop.add_reader(descriptor, self._hear)
        self._listens_at = descriptor

    def _hear(self) -> None:
        self._session.hear()
        self.call_next(self._poll)

    async def _poll(self) -> None:
        if not self._panes.is_attached:
            # What came last came while the screen is being taken away.
            return
        self._listen_at(self._session.fileno())
        now = time.monotonic()
        # What is said for a moment covers the frame of a pane, and neither loops nor keys.
        keep_toasts_above(self, self.size.height - self._panes.region.bottom)
        news = self._poller.poll(now)
        shows_drawings = "view" in self._panes.in_sight
        self._poller.ask_for_frame(now, self._panes.request(), shows_drawings=shows_drawings)
        self._panes.exercise.take_completions()
        self._ask.take_in()
        self._dials.take_in()
        self._race.take_in()
        if self._controls.needs_answer:
            self._panes.show_pane("output")
        self._controls.ask_for_line()
        if news.trouble is not None:
            self.notify(news.trouble, severity="error", timeout=30, markup=False)
        if news.has_lost_moments:
            words = self._look.translate(
                "Memory runs low: some of the moments to go back to are gone."
            )
            self.notify(words, severity="warning", markup=False)
        if self._reloads.take_in():
            await self._show_as_saved()
        if news.has_turned:
            self._questions.call_off()
            self._panes.turn_page()
        if Change.BEGUN in news.changes:
            self._questions.call_off()
            self._panes.watch_run()
        if Change.STEP in news.changes:
            self.post_message(WorkNoted())
            await self._draw_step()
            if Change.PASSED in news.changes:
                self._status.celebrate()
                self._panes.exercise.celebrate()
        elif news.changes:
            self._panes.draw(news.changes)
            self._draw_bars()
            self._poller.drew(time.monotonic() - now)
        self._tensors.take_in(self.playback.record.frame)
        self._copies.take_in()
        if news.changes:
            self._runs.take_in()
            self._watched.take_in()
        if news.pane is not None:
            self._panes.show_pane(news.pane)
        self._panes.exercise.hand_on_keys()
        if news.silence:
            # No frame comes: show at least that time passes, and which line runs.
            self._draw_bars(news.silence)
            self._panes.draw_code()

    async def _show_as_saved(self) -> None:
        """Show the step that is shown as the file has it now."""
        self._questions.call_off()
        self._panes.forget_step()
        self._panes.offer_panes()
        self._panes.lay_out()
        await self._draw_step()

    def _is_undisturbed(self) -> bool:
        """Whether the learner neither writes nor has a dialog open."""
        return self.is_current and self._controls.hand is Hand.PLAYER

    async def _draw_step(self) -> None:
        """Draw everything of the step that is shown, and the bars around it."""
        await self._panes.draw_step()
        self._draw_bars()

    def _draw_bars(self, silence: float = 0.0) -> None:
        """Draw status, controls and what was found; no frame has come for `silence` seconds."""
        self._finder.look_again()
        exercise = self._panes.exercise
        exercise.border_subtitle = self._panes.code.border_subtitle = exercise.kept_word
        # To look at what is kept is how it is found that another player has changed it.
        self.post_message(WorkNoted())
        self._status.show_playback(
            self.playback,
            self._look,
            speed=self.playback.speed,
            seconds=self._poller.seconds_without_loop(time.monotonic()),
            kept=self._panes.word_without_frame,
        )
        self._controls.draw(silence)

    def _draw_tabs(self) -> None:
        panes = self._panes
        self._tabs.show_panes(panes.names, panes.active, panes.in_sight, panes.news, self._look)

    async def _speak(self, _look: Look) -> None:
        """Show the lesson, and the words around it, in the language of now."""
        self._draw_tabs()
        self._controls.speak()
        await self._draw_step()

    @property
    def _look(self) -> Look:
        return self._appearance.look

    # What the learner does

    def on_controls_speed_set(self) -> None:
        """Say the speed."""
        self._draw_bars()

    def on_canvas_pane_painted(self, event: CanvasPane.Painted) -> None:
        """Put what was painted into the lesson's tensor."""
        self._session.paint(event.step, event.pixels, event.stroke)

    def on_exercise_pane_compared(self, event: ExercisePane.Compared) -> None:
        """Show an edit against what it began from."""
        compared = DifferenceScreen(event.title, event.own, event.source, self._look)
        self.app.push_screen(compared)

    def on_exercise_pane_text_needed(self) -> None:
        """Say again whether the edit is kept: another player may have changed it meanwhile."""
        self._draw_bars()

    def on_exercise_pane_run_wanted(self) -> None:
        """Run an edit from where its step began, and show what comes of it."""
        self._panes.prefer_output()
        self._controls.run_again("run_edit")

    def on_exercise_pane_race_wanted(self) -> None:
        """Race an edit, and show its curve beside that of the run that stands."""
        why_not = self._race.begin_with_edit()
        if why_not:
            self.notify(why_not, severity="warning", markup=False)
            return
        self._panes.show_pane("curve")

    async def on_exercise_pane_way_cleared(self, event: ExercisePane.WayCleared) -> None:
        """Run the step that an earlier one has kept from running."""
        await self._turn_to(event.wanted)
        self._run_shown(None)

    def _look_at_what_is_kept(self) -> None:
        """Draw the bars again where they say that something is kept: it may be so no more."""
        exercise = self._panes.exercise
        if exercise.border_subtitle and exercise.border_subtitle != exercise.kept_word:
            self._draw_bars()

    def _tell_written(self) -> None:
        self.post_message(WorkNoted())
        self._panes.draw_what_is_written()
        self._draw_bars()

    def _run_shown(self, grain: Grain | None) -> None:
        """Run the step that is shown, once its questions that are open have been asked."""
        if self.playback.step.cell is None and not self.playback.works.open_questions(
            self.playback.shown
        ):
            self.notify(self._look.translate("This step has no code to run."), markup=False)
        elif self._panes.exercise.refuses_to_run():
            self.playback.page.turn_once_begun(None)
        else:
            self._questions.ask_and_run(grain)

    def action_answer(self) -> None:
        """Give the keys to a question, as a click on it does."""
        if any(one.is_open for one in asked_of(self.playback, "en")):
            self._panes.ask()
        else:
            self.notify(self._look.translate("This step asks nothing now."), markup=False)

    async def on_questions_answered(self, event: Questions.Answered) -> None:
        """Take the answer, and go on with what it was asked for."""
        self.playback.answer(self.playback.shown, event.question, event.answer)
        await self._draw_step()
        self._questions.close(event.question)

    def on_questions_skipped(self, event: Questions.Skipped) -> None:
        """Leave the question open."""
        self._questions.skip(event.question)

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
        """Take the number in hand that was clicked."""
        self._dials.point_at(event.line, event.column)
        self._controls.name_keys()

    def action_copy_or_stop(self) -> None:
        selected = self.get_selected_text()
        if selected:
            self.app.copy_to_clipboard(selected)
            self._deselect()
        elif not self._says_why_not("copy_or_stop"):
            self.playback.stop()

    def action_copy_pane(self) -> None:
        self._copies.copy()

    def action_save_pane(self) -> None:
        self._copies.save()

    def action_take_home(self) -> None:
        """Have the learner choose as what the session is saved."""
        self._home.ask()

    def _deselect(self) -> None:
        self.clear_selection()
        self._controls.name_keys()

    # Turning the pages

    async def action_next_step(self) -> None:
        if not self._says_why_not("next_step"):
            await self._turn_to(self.playback.shown + 1)

    async def action_previous_step(self) -> None:
        if not self._says_why_not("previous_step"):
            await self._turn_to(self.playback.shown - 1)

    def action_run_and_turn(self) -> None:
        """Run the step that is shown, and turn to the next one; as in Jupyter."""
        playback = self.playback
        if playback.step.cell is None or playback.running == playback.shown:
            self.call_next(self.action_next_step)
        elif not self._says_why_not("run_and_turn"):
            playback.page.turn_once_begun(playback.shown)
            self._run_shown(None)

    def action_steps(self) -> None:
        """Have a step chosen by its title."""
        self.app.push_screen(StepsScreen(self.playback, self._look), self.action_show_step)

    async def action_show_step(self, index: int | None) -> None:
        """Turn to the step of this index; None: stay."""
        if index is not None:
            await self._turn_to(index)

    def action_turn_pane(self, by: int) -> None:
        """Make the next pane the active one, or the one before."""
        names = self._panes.names
        if len(names) == 1:
            self.notify(self._look.translate("This step has one pane."), markup=False)
        here = names.index(self._panes.active)
        self._panes.show_pane(names[(here + by) % len(names)])

    def action_leave(self) -> None:
        if self.playback.is_busy:
            going_on = self._look.translate("{title} goes on: open it again to see it.")
            title = self.playback.lesson.header.title.in_language(self._look.language)
            self.app.notify(going_on.format(title=title), markup=False)
        self.app.pop_screen()

    def action_choose_tensors(self) -> None:
        self._panes.show_pane("tensors")
        record = self.playback.record
        self._tensors.choose(word_on_no_names(record, self._look.translate))

    def action_list_runs(self) -> None:
        """List the runs of the step that is shown, and go back into the one that is chosen."""
        if not self._says_why_not("list_runs"):
            self._runs.open(self._look)

    def action_list_watched(self) -> None:
        """List what is watched in the step that is shown."""
        if not self._says_why_not("list_watched"):
            self._watched.open(self._look)

    def on_tensor_pane_watched_clicked(self) -> None:
        """List what was clicked."""
        self.action_list_watched()

    def on_ask_line_watched(self) -> None:
        """Show what is watched from now on."""
        self._watched.draw()

    def _go_into(self, run: Run) -> None:
        if run is self.playback.runs.now(run.step) or run.end is None:
            return
        if self.playback.is_elsewhere:
            words = self._look.translate("A step is under way: let it end, or stop it with s.")
            self.notify(words, markup=False)
        elif run.number is None:
            words = self._look.translate("Nothing is known of this run but its curve.")
            self.notify(words, markup=False)
        else:
            self.playback.runs.enter(run)
            self._session.go_to(run.end, run.number)

    def on_race_line_begun(self) -> None:
        """Bring its curves into sight, as those of a run."""
        self._panes.watch_run()

    def on_race_line_ended(self) -> None:
        """Say where the runs of the race are, and why one of them has failed."""
        racing, translate = self.playback.racing, self._look.translate
        words = translate("The race of {name} is over: {key} lists its runs.")
        self.notify(words.format(name=racing.name, key=key_of("list_runs")), markup=False)
        for name, error in racing.failures:
            told = translate("{name} failed: {error}").format(name=name, error=error)
            self.notify(told, severity="warning", markup=False)

    def action_enter(self) -> None:
        """Set the number in hand, go to where the reading line stands, or open the first tensor."""
        cursor, frame = self._panes.curve.cursor, self.playback.record.frame
        if self._dials.takes_digits:
            self._dials.action_begin_setting()
            return
        if self._panes.active != "curve" or cursor is None or frame is None:
            self._open_first_tensor()
        elif self.playback.is_elsewhere:
            words = self._look.translate("A step is under way: let it end, or stop it with s.")
            self.notify(words, markup=False)
        else:
            self._session.go_to(place_at(frame, cursor))

    def _open_first_tensor(self) -> None:
        is_in_sight = "tensors" in self._panes.in_sight
        self._open_tensor(self._panes.tensors.name_at(0) if is_in_sight else None)

    def on_tensor_pane_open_wanted(self, event: TensorPane.OpenWanted) -> None:
        """Let the tensor that was clicked fill the screen."""
        self._open_tensor(event.name)

    def _open_tensor(self, wanted: str | None) -> None:
        frame = self.playback.record.frame
        names = [tensor.name for tensor in frame.tensors] if frame is not None else []
        if not names:
            outcome = self.playback.record.outcome
            self.notify(word_on_no_tensors(outcome, self._look.translate), markup=False)
            return
        newest = self._session.frame
        if newest is None or newest.step != self.playback.shown:
            words = self._look.translate(
                "The names are no longer as this step left them: run it again to open its tensors."
            )
            self.notify(words, markup=False)
            return
        self._panes.show_pane("tensors")
        self._tensors.open(wanted if wanted in names else names[0], names)

    # What the app asks

    @property
    def group_in_hand(self) -> Group:
        """The actions that belong to what has the keys, or else to the pane that is active."""
        hand, active = self._controls.hand, self._panes.active
        if hand is Hand.PEN or active == "canvas":
            return Group.CANVAS
        if hand is Hand.EDITOR or (active == "code" and self.playback.step.cell is not None):
            return Group.EXERCISE
        return Group.CURVE if active == "curve" else Group.TRAINING

    def working_actions(self) -> list[Action]:
        """The actions that do something now, the most useful ones first."""
        now = self._controls.situation
        useful = [action for action in PLAYER_ACTIONS if action.name in bar_of(now)]
        return [
            *sorted(useful, key=lambda action: bar_of(now).index(action.name)),
            *(one for one in PLAYER_ACTIONS if one not in useful and self._works(one)),
        ]

    def _works(self, action: Action) -> bool:
        if action.name.startswith("show_pane"):
            return any(f"'{name}'" in action.name for name in self._panes.names)
        return works(action.name, self._controls.situation)

    def legend(self) -> list[tuple[str, str]]:
        """The marks of the screen, each with what it means."""
        look = self._look
        return legend(look.glyphs, look.translate, in_ascii=look.in_ascii)

    def step_titles(self) -> list[str]:
        """The titles of the lesson's steps, in the language of now."""
        return [step.title_in(self._look.language) for step in self.playback.lesson.steps]

    def stop_training(self) -> None:
        """Stop what runs."""
        self._session.stop()

    async def _turn_to(self, index: int) -> None:
        if self.playback.show_step(index):
            self._questions.call_off()
            self._panes.turn_page()
            await self._draw_step()
