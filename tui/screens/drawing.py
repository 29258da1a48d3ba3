"""Draws the player: what its panes show, and the bars around them."""

from __future__ import annotations

import time

from textual.screen import Screen

from tui.look import Appearance, Look
from tui.messages import WorkNoted
from tui.player.playback import Playback
from tui.polling.poller import Poller
from tui.screens.parts import Parts
from tui.showing.status import status_line


class Drawing:
    """Draws the parts of a screen from a playback, and tells the app when work was noted."""

    def __init__(
        self,
        screen: Screen[None],
        playback: Playback,
        appearance: Appearance,
        parts: Parts,
        poller: Poller,
    ) -> None:
        self._screen = screen
        self._playback = playback
        self._appearance = appearance
        self._parts = parts
        self._poller = poller

    async def speak(self, _look: Look | None = None) -> None:
        """Show the lesson, and the words around it, in the language of now."""
        self.draw_tabs()
        self._parts.controls.speak()
        await self.draw_step()

    async def draw_step(self) -> None:
        """Draw everything of the step that is shown, and the bars around it."""
        await self._parts.panes.drawing.draw_step()
        self.draw_bars()

    def draw_written(self) -> None:
        """Draw a step's source that the learner has changed, and whether it is kept."""
        self._screen.post_message(WorkNoted())
        if not self._parts.panes.step_code.is_written:
            self._parts.panes.drawing.draw_code()
        self.draw_bars()

    def draw_bars(self, silence: float = 0.0) -> None:
        """Draw status, controls and what was found; no frame has come for `silence` seconds."""
        panes, look = self._parts.panes, self._appearance.look
        self._parts.finder.look_again()
        exercise = panes.exercise
        exercise.border_subtitle = panes.code.border_subtitle = exercise.kept_word
        # To look at what is kept is how it is found that another player has changed it.
        self._screen.post_message(WorkNoted())
        line = status_line(
            self._playback,
            look,
            speed=self._playback.speed,
            seconds=self._poller.seconds_without_loop(time.monotonic()),
            kept=self._word_without_frame,
        )
        self._parts.status.show_line(line)
        self._parts.controls.draw(silence)

    @property
    def _word_without_frame(self) -> str:
        """What the code's frame says of an edit, where the code in sight has none.

        That a step is no more the lesson's is said wherever its code is out of sight, too.
        """
        panes, word = self._parts.panes, self._parts.panes.exercise.kept_word
        if "code" in panes.in_sight:
            return word if panes.has_class("-single") else ""
        return word if self._playback.step.exercise is None else ""

    def draw_what_is_kept(self) -> None:
        """Draw the bars again where they say that something is kept: it may be so no more."""
        exercise = self._parts.panes.exercise
        if exercise.border_subtitle and exercise.border_subtitle != exercise.kept_word:
            self.draw_bars()

    def draw_active(self) -> None:
        """Mark the pane that is active now, and name the keys that do something in it."""
        self.draw_tabs()
        self._parts.controls.active = self._parts.panes.active
        self._parts.controls.name_keys()
        self._parts.finder.look_again()

    def draw_tabs(self) -> None:
        """Draw the tabs, of which the active one is marked."""
        panes, look = self._parts.panes, self._appearance.look
        self._parts.tabs.show_panes(panes.names, panes.active, panes.in_sight, panes.news, look)
