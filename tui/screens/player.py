"""The player: polls a session, shows it in panes, and passes commands on to it."""

from __future__ import annotations

import math
import time

from textual.app import ComposeResult

from engine.events import EngineFailed, EngineReady, Outcome
from engine.gate import FrameRequest, Grain
from engine.session import Session, Status
from tui.actions import (
    APP_ACTIONS,
    END_WRITING,
    EXERCISE_ACTIONS,
    PLAYER_ACTIONS,
    WATCHING_ACTIONS,
    bindings,
    key_of,
)
from tui.bookmark import Bookmark
from tui.look import Look
from tui.pace import Pace
from tui.playback import Change, Playback
from tui.rendering.progress import format_duration
from tui.rendering.status_line import changed_words, draw_status, status_word
from tui.screens.attempting import AttemptingScreen
from tui.speeds import faster, slower, speed_word
from tui.widgets.action_bar import ActionBar
from tui.widgets.answer_line import AnswerLine
from tui.widgets.loop_bars import LoopBars
from tui.widgets.pane_tabs import PaneTabs
from tui.widgets.status_bar import StatusBar

_POLLS_PER_SECOND = 20
_SECONDS_BETWEEN_HEARTBEATS = 0.25
_SECONDS_TO_STOP = 0.3


class PlayerScreen(AttemptingScreen):
    """Plays one lesson."""

    BINDINGS = bindings(PLAYER_ACTIONS)
    # Only the editor takes the focus, and only when it is asked for: typing is not commanding.
    AUTO_FOCUS = ""

    def __init__(self, session: Session, bookmark: Bookmark) -> None:
        super().__init__(session, Playback(session.lesson, session, bookmark))
        self._status = StatusBar()
        self._tabs = PaneTabs()
        self._loops = LoopBars()
        self._answer = AnswerLine()
        self._exercise_actions = ActionBar(EXERCISE_ACTIONS)
        self._actions = ActionBar((*WATCHING_ACTIONS, *APP_ACTIONS))
        self._pace = Pace()
        self._speed: float | None = None
        self._requested: FrameRequest | None = None
        self._cpu = 0.0
        self._drawn_at = 0.0
        self._lived_at = 0.0
        self._started_at = 0.0

    def compose(self) -> ComposeResult:
        """Status, panes, progress, actions: from top to bottom."""
        yield from (self._status, self._tabs, self._panes)
        yield from (self._find_field, self._answer, self._loops)
        yield from (self._exercise_actions, self._actions)

    def on_mount(self) -> None:
        """Start the engine once the screen stands."""
        self._panes.lay_out()
        self.app.language_changed.subscribe(self, self._speak)
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        self._prefer_pane()
        await self._speak(self.app.language)
        self._session.start()
        self.set_interval(1 / _POLLS_PER_SECOND, self._tick)

    def on_unmount(self) -> None:
        """Let the lesson go; what stops soon should not print on when the screen is gone."""
        self._session.close(patience=_SECONDS_TO_STOP)

    def on_resize(self) -> None:
        """Lay the panes out for the new size, and fill the bars' new width."""
        self._panes.lay_out()
        self.call_after_refresh(self.draw_bars)

    def on_player_panes_activated(self) -> None:
        """Mark the pane that is active now."""
        self._draw_tabs()

    def on_player_panes_arranged(self) -> None:
        """Draw what came into sight, once it has its size."""
        self._draw_tabs()
        self.call_after_refresh(self.draw_step)

    def on_descendant_focus(self) -> None:
        """Say how to get out of the editor, once it has the keys."""
        self._show_way_out()

    def on_descendant_blur(self) -> None:
        """Say how to get into it again."""
        self._show_way_out()

    def _show_way_out(self) -> None:
        writes = self._panes.editor.has_focus
        self._exercise_actions.show_instead({"edit": END_WRITING} if writes else {})

    # Polling and drawing

    @property
    def _look(self) -> Look:
        return self.app.look

    async def _tick(self) -> None:
        playback, now = self.playback, time.monotonic()
        before = playback.shown, playback.status
        changes = playback.poll()
        if self._is_due(now) or self._is_outgrown():
            self._requested = self._panes.request(playback.step)
            self._session.request_frame(self._requested)
        self._ask_for_line()
        if Change.STATUS in changes:
            self._welcome_status(before[1])
        if Change.STEP in changes:
            self.app.tell_of_keeping()
            self._started_at = self._drawn_at = now
            await self.draw_step()
            if playback.record.outcome is Outcome.FAILED:
                self._panes.show_pane("output")
            elif playback.record.outcome is Outcome.DONE and self._panes.has_canvas:
                self._panes.show_pane("canvas")
            elif playback.shown != before[0]:
                self._prefer_pane()
        elif changes:
            self._panes.draw(changes, playback, self._look)
            self.draw_bars()
        if Change.FRAME in changes:
            self._drawn_at = now
            self._learn_cost()
        elif self._is_overdue(now):
            self._show_life(now)

    def _ask_for_line(self) -> None:
        """Let the learner write while the code waits for it."""
        asked = self._session.asked
        if asked is None or self._session.status is Status.STOPPING:
            if self._answer.is_asked:
                self._answer.leave()
        elif not self._answer.is_asked:
            self._panes.show_pane("output")
            self._answer.ask(asked, self._look.translate)

    def on_answer_line_written(self, event: AnswerLine.Written) -> None:
        """Give the code what it waits for."""
        self._session.write_line(event.line)

    def on_answer_line_given_up(self) -> None:
        """Stop the step that waits."""
        self._session.stop()

    def _is_due(self, now: float) -> bool:
        return self.playback.status is Status.RUNNING and self._pace.is_due(now)

    def _is_outgrown(self) -> bool:
        """Whether the drawings that stand still are of another size than their pane."""
        playback = self.playback
        return (
            bool(playback.step.views)
            and playback.status in (Status.READY, Status.PAUSED, Status.RUNNING)
            and playback.record.frame is not None
            and playback.record.frame is self._session.frame
            and "view" in self._panes.in_sight
            and self._panes.request(playback.step) != self._requested
        )

    async def draw_step(self) -> None:
        """Draw everything of the step that is shown, and the bars around it."""
        self._exercise_actions.display = self.playback.step.exercise is not None
        await self._panes.draw_step(self.playback, self.app.language, self._look)
        self.draw_bars()

    async def _speak(self, _language: str) -> None:
        """Show the lesson, and the words around it, in the app's language."""
        self._draw_tabs()
        self._exercise_actions.speak(self._look.translate)
        self._actions.speak(self._look.translate)
        await self.draw_step()

    def _draw_tabs(self) -> None:
        panes = self._panes
        self._tabs.show_panes(panes.names, panes.active, panes.in_sight, self._look.translate)

    def draw_bars(self, silence: float = 0.0) -> None:
        """Draw loops, status and actions; no frame has come for `silence` seconds."""
        playback = self.playback
        record, status = playback.live_record, playback.status
        loops = record.frame.loops if record.frame is not None else ()
        self._loops.show_loops(
            loops,
            record.previous_loops,
            self._look,
            seconds_since_frame=silence,
            at_most=(self._speed or math.inf) if status is Status.RUNNING else 0.0,
        )
        line = draw_status(
            self._session.lesson.header.title.in_language(self.app.language),
            playback.step.title_in(self.app.language),
            playback.shown,
            playback.outcomes,
            self._state_words(),
            self._status.line_width,
            self._look.palette,
            word=status_word(playback.status, playback.record.outcome),
            done_before=playback.bookmark.done,
            unsolved=playback.unsolved,
            in_ascii=self._look.in_ascii,
        )
        self._status.show_line(line)
        self._panes.editor.border_subtitle = self._kept_word()
        translate = self._look.translate
        pause, resume = translate("pause"), translate("resume")
        run = {Status.RUNNING: pause, Status.PAUSED: resume, Status.PAUSING: resume}
        stop = translate("start afresh") if status is Status.STUCK else "stop"
        self._actions.show_words({"run_or_pause": run.get(status, "run"), "stop": stop})

    def _state_words(self) -> list[str]:
        playback = self.playback
        translate = self._look.translate
        word = translate(status_word(playback.status, playback.record.outcome))
        if playback.is_elsewhere and playback.running is not None:
            elsewhere = translate("{word} step {number}")
            word = elsewhere.format(word=word, number=playback.running + 1)
        if playback.status is Status.STUCK:
            way_out = translate("in code that cannot be interrupted; {key} starts afresh")
            return [word, way_out.format(key=key_of("stop"))]
        lasting = ""
        if playback.is_busy and not playback.live_record.frame:
            lasting = format_duration(time.monotonic() - self._started_at)
        engine = playback.engine
        device = engine.device if isinstance(engine, EngineReady) else ""
        changed = changed_words(playback.standing, translate, self._look.glyphs)
        kept = self._kept_word() if self._panes.has_bare_editor else ""
        return [word, kept, changed, lasting, speed_word(self._speed, translate), device]

    def _kept_word(self) -> str:
        return self._look.translate("kept") if self.playback.is_edit_kept else ""

    def _learn_cost(self) -> None:
        """Everything this thread did since the frame before is what a frame costs."""
        cpu = time.thread_time()
        frame = self.playback.record.frame
        self._pace.spent(cpu - self._cpu + (frame.seconds_spent if frame is not None else 0.0))
        self._cpu = cpu

    def _is_overdue(self, now: float) -> bool:
        """Whether the frame that was asked for is late, and it is time to show that all is well."""
        playback = self.playback
        if not playback.is_busy or playback.status is Status.PAUSED:
            return False
        is_late = now - self._drawn_at > self._pace.interval + _SECONDS_BETWEEN_HEARTBEATS
        return is_late and now - self._lived_at > _SECONDS_BETWEEN_HEARTBEATS

    def _show_life(self, now: float) -> None:
        """No frame comes: show at least that time passes, and which line runs."""
        self._lived_at = now
        self.draw_bars(silence=now - self._drawn_at)
        self._panes.draw_code(self.playback, self._look)

    def _welcome_status(self, before: Status) -> None:
        engine = self.playback.engine
        if isinstance(engine, EngineFailed) and before is Status.LOADING:
            self.notify(engine.message, severity="error", timeout=30, markup=False)

    def _prefer_pane(self) -> None:
        """Show the drawing of a step that has one, else what its code writes."""
        self._panes.prefer_lower("view" if self.playback.step.views else "output")

    # Commands

    def action_run_or_pause(self) -> None:
        """Run the step that is shown, or pause, or resume."""
        match self.playback.session.status:
            case Status.RUNNING:
                self._session.pause()
            case Status.PAUSED | Status.PAUSING:
                self._session.resume()
            case _:
                self.run_shown(None)

    def action_step_statement(self) -> None:
        """Go one statement on."""
        self._step(Grain.STATEMENT)

    def action_step_inner(self) -> None:
        """Go one iteration of the training loop on."""
        self._step(Grain.INNER)

    def action_step_outer(self) -> None:
        """Go one iteration of the outermost loop on."""
        self._step(Grain.OUTER)

    def action_run_all(self) -> None:
        """Run what is left."""
        self._session.run_all()

    def action_catch_up(self) -> None:
        """Run what comes before the step that is shown and has not run."""
        shown = self.playback.shown
        left = self.playback.lesson.steps[self._session.done : shown]
        if any(step.cell is not None for step in left):
            self._session.run_before(shown)
        else:
            self.notify(self._look.translate("Everything before this step has run."))

    def action_stop(self) -> None:
        """Stop what runs; leave it behind where it is stuck."""
        self._session.stop()

    async def action_next_step(self) -> None:
        """Turn to the next step."""
        await self._turn_to(self.playback.shown + 1)

    async def action_previous_step(self) -> None:
        """Turn to the step before."""
        await self._turn_to(self.playback.shown - 1)

    def action_restart_step(self) -> None:
        """Run the step again from where it began."""
        if self._session.status in (Status.READY, Status.LOADING):
            self.run_shown(None)
        else:
            self._session.restart_step(self.playback.shown)

    def action_restart_lesson(self) -> None:
        """Begin anew, at the first step."""
        self._session.restart_lesson()
        self.playback.show_step(0)

    def action_slower(self) -> None:
        """Let fewer iterations pass in a second."""
        self._set_speed(slower(self._speed))

    def action_faster(self) -> None:
        """Let more iterations pass in a second."""
        self._set_speed(faster(self._speed))

    def action_full_speed(self) -> None:
        """Hold nothing back."""
        self._set_speed(None)

    def action_leave(self) -> None:
        """Go back to the list."""
        self.app.pop_screen()

    def action_show_pane(self, name: str) -> None:
        """Bring a pane into sight."""
        if name != "canvas" or self.has_canvas():
            self._panes.show_pane(name)

    def action_scroll(self, direction: str) -> None:
        """Scroll the active pane."""
        self._panes.scroll_active(direction)

    def action_cursor(self, positions: int) -> None:
        """Move the curve's reading line by positions."""
        self._panes.curve.move_cursor(positions)

    def action_cursor_far(self, direction: int) -> None:
        """Move the curve's reading line by a tenth of what is shown."""
        self._panes.curve.move_cursor_far(direction)

    def action_cursor_off(self) -> None:
        """Take the curve's reading line away."""
        self._panes.curve.take_cursor_off()

    def action_toggle_scale(self) -> None:
        """Change the curve's scale."""
        self._panes.curve.toggle_scale()

    def action_cycle_smoothing(self) -> None:
        """Change the curve's smoothing."""
        self._panes.curve.cycle_smoothing()

    def action_cycle_zoom(self) -> None:
        """Change the part of the curve that is shown."""
        self._panes.curve.cycle_zoom()

    def _step(self, grain: Grain) -> None:
        if self._session.status in (Status.READY, Status.LOADING):
            self.run_shown(grain)
        else:
            self._session.step(grain)

    async def _turn_to(self, index: int) -> None:
        if self.playback.show_step(index):
            self._panes.curve.take_cursor_off()
            self._panes.turn_page()
            self._prefer_pane()
            await self.draw_step()

    def _set_speed(self, speed: float | None) -> None:
        self._speed = speed
        self._session.set_speed(speed)
        self.draw_bars()
