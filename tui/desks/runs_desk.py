"""The list of runs above the player: it is opened, kept up to date, and what it says is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.dialogs.runs import RunsScreen
from tui.look import Appearance
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.player.update import Update
from tui.runs.run import Run
from tui.showing.run_list import RunList


class RunsDesk:
    """Opens the list of the step that is shown, and goes back into the run that was chosen.

    `race` takes those that are to be raced, and says why they are not, where that cannot be.
    """

    def __init__(
        self,
        panes: PlayerPanes,
        playback: Playback,
        appearance: Appearance,
        race: Callable[[Sequence[Run]], str],
    ) -> None:
        self._panes = panes
        self._playback = playback
        self._appearance = appearance
        self._race = race
        self._screen: RunsScreen | None = None

    def action_list_runs(self) -> None:
        runs = self._playback.runs
        self._screen = RunsScreen(
            RunList(self._playback),
            self._appearance.look,
            self._then_draw(runs.mute),
            self._then_draw(runs.delete),
            self._then_draw(runs.bring_to_front),
            self._race,
        )
        self._panes.app.push_screen(self._screen, self._close)
        # Until it closes: to and fro between the whole curve and a reduced one would never end.
        self._panes.curve.wants_every_value = True

    def take_in(self) -> None:
        """Bring the list up to date; the run of now is asked for all its values meanwhile."""
        if self._screen is not None and self._screen.is_mounted:
            self._screen.take_in()

    def _then_draw(self, act: Callable[[Run], None]) -> Callable[[Run], None]:
        def act_and_draw(run: Run) -> None:
            act(run)
            self._panes.drawing.draw(Update.FRAME)

        return act_and_draw

    def _close(self, run: Run | None) -> None:
        self._screen = None
        self._panes.curve.wants_every_value = False
        if run is not None:
            self._go_into(run)

    def _go_into(self, run: Run) -> None:
        if run is self._playback.runs.now(run.step) or run.end is None:
            return
        translate = self._appearance.look.translate
        if self._playback.is_elsewhere:
            self._say(translate("A step is under way: let it end, or stop it with s."))
        elif run.number is None:
            self._say(translate("Nothing is known of this run but its curve."))
        else:
            self._playback.runs.enter(run)
            self._playback.session.go_to(run.end, run.number)

    def _say(self, words: str) -> None:
        self._panes.notify(words, markup=False)
