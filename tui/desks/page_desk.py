"""Turns the player's pages: to the step after, to the one before, or to one chosen by its title."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tui.desks.question_desk import QuestionDesk
from tui.dialogs.steps import StepsScreen
from tui.look import Appearance
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback


class PageDesk:
    """Shows another step; `draw` is called once it is shown."""

    def __init__(
        self,
        playback: Playback,
        panes: PlayerPanes,
        questions: QuestionDesk,
        appearance: Appearance,
        draw: Callable[[], Awaitable[None]],
    ) -> None:
        self._playback = playback
        self._panes = panes
        self._questions = questions
        self._appearance = appearance
        self._draw = draw

    async def action_next_step(self) -> None:
        await self.turn_to(self._playback.shown + 1)

    async def action_previous_step(self) -> None:
        await self.turn_to(self._playback.shown - 1)

    def step_titles(self) -> list[str]:
        """The titles of all steps in the language of now, as they may be drawn."""
        look, steps = self._appearance.look, self._playback.lesson.steps
        return [look.write_title(step.title_in(look.language)) for step in steps]

    def action_steps(self) -> None:
        chooser = StepsScreen(self._playback, self.step_titles(), self._appearance.look)
        self._panes.app.push_screen(chooser, self.turn_to)

    async def turn_to(self, index: int | None) -> None:
        """Show the step of this index, if there is one that is not shown; None: stay."""
        if index is not None and self._playback.show_step(index):
            self._questions.call_off()
            self._panes.turn_page()
            await self._draw()
