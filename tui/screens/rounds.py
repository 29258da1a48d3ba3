"""Goes round the player many times a second: asks what is new, and has it drawn and done."""

from __future__ import annotations

import time

from textual.screen import Screen

from tui.look import Appearance
from tui.messages import WorkNoted
from tui.player.playback import Playback
from tui.player.update import Update
from tui.polling.listening import NOWHERE, Listener
from tui.polling.poller import Polled, Poller
from tui.screens.drawing import Drawing
from tui.screens.parts import Desks, Parts
from tui.screens.said_reasons import SaidReasons
from tui.showing.remarks import word_on_names_without_curve
from tui.widgets.toasts import keep_toasts_above

_POLLS_PER_SECOND = 30
# How soon the learner sees that another player has changed what was kept, in seconds.
_BETWEEN_LOOKS_AT_KEPT = 1.0


class Rounds:
    """Polls a playback by a timer of a screen, and whenever something comes for its session."""

    def __init__(
        self,
        screen: Screen[None],
        playback: Playback,
        appearance: Appearance,
        poller: Poller,
        parts: Parts,
        desks: Desks,
        drawing: Drawing,
        reasons: SaidReasons,
    ) -> None:
        self._screen = screen
        self._playback = playback
        self._session = playback.session
        self._appearance = appearance
        self._poller = poller
        self._parts = parts
        self._desks = desks
        self._drawing = drawing
        self._reasons = reasons
        self._listener = Listener(self._hear)

    def begin(self) -> None:
        """Go round from now on."""
        words = word_on_names_without_curve(self._playback, self._appearance.look.translate)
        if words:
            self._screen.notify(words, severity="warning", timeout=10, markup=False)
        self._desks.reloads.begin()
        self._screen.set_interval(1 / _POLLS_PER_SECOND, self._go_round)
        self._screen.set_interval(_BETWEEN_LOOKS_AT_KEPT, self._drawing.draw_what_is_kept)

    def end(self) -> None:
        """Look no more; the lesson goes on."""
        self._desks.reloads.end()
        self._listener.listen_at(NOWHERE)

    def _hear(self) -> None:
        self._session.hear()
        self._screen.call_next(self._go_round)

    async def _go_round(self) -> None:
        panes = self._parts.panes
        if not panes.is_attached:
            # What came last came while the screen is being taken away.
            return
        self._listener.listen_at(self._session.fileno())
        now = time.monotonic()
        # What is said for a moment covers an empty row, or the frame of a pane; no loop, no key.
        bottom = panes.region.bottom + self._parts.controls.free_rows_below(panes.region.bottom)
        keep_toasts_above(self._screen, self._screen.size.height - bottom)
        news = self._poller.poll(now)
        shows_drawings = "view" in panes.in_sight
        self._poller.ask_for_frame(now, panes.drawing.request(), shows_drawings=shows_drawings)
        self._take_in_lines()
        self._tell(news)
        if news.updates:
            self._reasons.take_back_what_is_past()
        if self._desks.reloads.take_in():
            await self._show_as_saved()
        await self._draw(news, now)
        self._take_in_desks(news)
        if news.pane is not None:
            panes.show_pane(news.pane)
        panes.exercise.hand_on_keys()
        if news.silence:
            # No frame comes: show at least that time passes, and which line runs.
            self._drawing.draw_bars(news.silence)
            panes.drawing.draw_code()

    def _take_in_lines(self) -> None:
        """Have the lines under the panes, and the editor, show what has come for them."""
        parts = self._parts
        parts.panes.exercise.take_completions()
        parts.ask.take_in()
        parts.dials.take_in()
        parts.race.take_in()
        if parts.controls.needs_answer:
            parts.panes.show_pane("output")
        parts.controls.ask_for_line()

    def _tell(self, news: Polled) -> None:
        if news.trouble is not None:
            self._screen.notify(news.trouble, severity="error", timeout=30, markup=False)
        if news.has_lost_moments:
            words = self._appearance.look.translate(
                "Memory runs low: some of the moments to go back to are gone."
            )
            self._screen.notify(words, severity="warning", markup=False)

    async def _draw(self, news: Polled, began: float) -> None:
        """Draw what has changed, with the panes that it asks for."""
        panes = self._parts.panes
        if news.has_turned:
            self._parts.questions.call_off()
            panes.turn_page()
        if Update.BEGUN in news.updates:
            self._parts.questions.call_off()
            self._parts.watch_run()
        if Update.STEP in news.updates:
            self._screen.post_message(WorkNoted())
            await self._drawing.draw_step()
            if Update.PASSED in news.updates:
                self._parts.status.celebrate()
                panes.exercise.celebrate()
        elif news.updates:
            panes.drawing.draw(news.updates, draws_tensors=not news.tensors_can_wait)
            self._drawing.draw_bars()
            self._poller.drew(time.monotonic() - began)

    def _take_in_desks(self, news: Polled) -> None:
        desks = self._desks
        desks.tensors.take_in(self._playback.record.frame)
        desks.copies.take_in()
        if news.updates:
            desks.runs.take_in()
            desks.watched.take_in()

    async def _show_as_saved(self) -> None:
        """Show the step that is shown as the file has it now."""
        panes = self._parts.panes
        self._parts.questions.call_off()
        # It may be another one in all that it has.
        panes.exercise.editor.forget()
        panes.prose.questions.forget()
        panes.offer_panes()
        panes.lay_out()
        await self._drawing.draw_step()
