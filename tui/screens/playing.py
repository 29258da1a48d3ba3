"""What is seen of a lesson that plays: polls its session, and shows it; takes no commands."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen

from engine.kernel.session import Session
from engine.protocol.events import EngineFailed, EngineReady, Outcome
from engine.protocol.frame import FrameRequest
from engine.protocol.status import Status
from tui.actions import APP_ACTIONS, END_WRITING, EXERCISE_ACTIONS, WATCHING_ACTIONS
from tui.look import Look
from tui.player.pace import Pace
from tui.player.playback import Change, Playback
from tui.player.speeds import speed_word
from tui.rendering.progress import format_duration
from tui.rendering.status_line import changed_words, draw_status, status_word
from tui.widgets.action_bar import ActionBar
from tui.widgets.answer_line import AnswerLine
from tui.widgets.find_field import FindField
from tui.widgets.loop_bars import LoopBars
from tui.widgets.pane_tabs import PaneTabs
from tui.widgets.player_panes import PlayerPanes
from tui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from tui.app import TutorchApp

_POLLS_PER_SECOND = 20
_SECONDS_BETWEEN_HEARTBEATS = 0.25
_SECONDS_TO_STOP = 0.3


class PlayingScreen(Screen[None]):
    """The part of the player that follows the session; what it is told to do comes from others."""

    # Only the editor takes the focus, and only when it is asked for: typing is not commanding.
    AUTO_FOCUS = ""

    app: TutorchApp

    def __init__(self, session: Session, playback: Playback) -> None:
        super().__init__()
        self.playback = playback
        self._session = session
        self._status = StatusBar()
        self._tabs = PaneTabs()
        self._panes = PlayerPanes(self._keep_edit)
        self._find_field = FindField()
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
        self.app.tell_of_keeping()
        translate = self._look.translate
        pause, resume = translate("pause"), translate("resume")
        run = {Status.RUNNING: pause, Status.PAUSED: resume, Status.PAUSING: resume}
        self._actions.show_words({"run_or_pause": run.get(status, "run")})

    def _state_words(self) -> list[str]:
        playback = self.playback
        translate = self._look.translate
        word = translate(status_word(playback.status, playback.record.outcome))
        if playback.is_elsewhere and playback.running is not None:
            elsewhere = translate("{word} step {number}")
            word = elsewhere.format(word=word, number=playback.running + 1)
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

    def _keep_edit(self, step: int, source: str) -> None:
        """Keep what is typed, and say whether that went well; the next run is of that."""
        self.playback.edit(step, source)
        self.app.tell_of_keeping()
        self.draw_bars()

    def _say(self, text: str) -> None:
        self.notify(text, markup=False)
