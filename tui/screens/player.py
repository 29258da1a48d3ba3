"""The player: plays one lesson, and passes what the keys say on to its session and its panes."""

from __future__ import annotations

from engine.kernel.session import Session
from engine.protocol.status import Grain, Status
from tui.actions import PLAYER_ACTIONS, bindings
from tui.player.bookmark import Bookmark
from tui.player.playback import Playback
from tui.player.speeds import faster, slower
from tui.screens.attempting import AttemptingScreen


class PlayerScreen(AttemptingScreen):
    """Plays one lesson."""

    BINDINGS = bindings(PLAYER_ACTIONS)

    def __init__(self, session: Session, bookmark: Bookmark) -> None:
        super().__init__(session, Playback(session.lesson, session, bookmark))

    # Training

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

    # Panes and curve

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
