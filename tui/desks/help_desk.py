"""What helps with an exercise: its hints, the author's solution, and what the learner changed."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.lesson.model import Exercise
from tui.actions.named import key_of
from tui.dialogs.difference import DifferenceScreen
from tui.keys.second_thoughts import SecondThoughts
from tui.look import Appearance, Look
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.showing.remarks import word_on_no_edit
from tui.widgets.toasts import take_back


class HelpDesk:
    """Shows help of the step that is shown; `draw_bars` says again whether its edit is kept."""

    def __init__(
        self,
        panes: PlayerPanes,
        playback: Playback,
        appearance: Appearance,
        draw_bars: Callable[[], None],
    ) -> None:
        self._panes = panes
        self._playback = playback
        self._appearance = appearance
        self._draw_bars = draw_bars
        self._thoughts = SecondThoughts()

    async def action_hint(self) -> None:
        exercise = self._exercise()
        if exercise is None:
            return
        if self._playback.work.hints == len(exercise.hints_in(self._look.language)):
            self._say(self._look.translate("There are no more hints."))
        else:
            self._playback.works.ask_for_hint(self._playback.shown)
        await self._show_text()

    async def action_solution(self) -> None:
        if self._exercise() is None:
            return
        if self._playback.work.solution_shown:
            self._say(self._look.translate("The solution stands at the end of the text."))
            await self._show_text()
        elif self._is_solution_meant():
            self._playback.works.show_solution(self._playback.shown)
            await self._show_text()

    def action_difference(self) -> None:
        cell, translate = self._playback.step.cell, self._look.translate
        is_exercise = self._playback.step.exercise is not None
        if cell is None:
            self._say(translate("This step has no code."))
        elif self._playback.work.edit is None:
            self._say(word_on_no_edit(translate, is_exercise=is_exercise))
        else:
            title = (
                translate("Your edit against the starter")
                if is_exercise
                else translate("Your edit against the lesson's code")
            )
            compared = DifferenceScreen(title, cell.source, self._playback.source, self._look)
            self._panes.app.push_screen(compared)

    async def _show_text(self) -> None:
        """Bring the text into sight, with what it has more now, if there is anything in it."""
        self._panes.offer_panes()
        if "prose" in self._panes.names:
            await self._panes.show_text()
        # Another player may have changed meanwhile what is kept.
        self._draw_bars()

    def _is_solution_meant(self) -> bool:
        """Whether the solution is wanted, as the key says a second time; asks, the first time."""
        words = self._look.translate("{key} once more shows the solution.")
        asked = words.format(key=key_of("solution"))
        # Asked of one step, and not of another that is shown by then.
        if self._thoughts.are_none(f"solution {self._playback.shown}", time.monotonic()):
            take_back(self._panes.app, asked)
            return True
        self._say(asked)
        return False

    def _exercise(self) -> Exercise | None:
        """The exercise that is shown; where there is none, that is said."""
        exercise = self._playback.step.exercise
        if exercise is None:
            self._say(self._look.translate("This step is no exercise."))
        return exercise

    def _say(self, words: str) -> None:
        self._panes.notify(words, markup=False)

    @property
    def _look(self) -> Look:
        return self._appearance.look
