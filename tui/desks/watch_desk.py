"""The list of what is watched above the player: it is opened, and what it says is done."""

from __future__ import annotations

from collections.abc import Sequence

from tui.dialogs.watch import WatchScreen
from tui.look import Appearance
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.player.update import Update
from tui.words.watched import WatchedRow


class WatchDesk:
    """Opens the list of the step that is shown, and keeps it up to date."""

    def __init__(self, panes: PlayerPanes, playback: Playback, appearance: Appearance) -> None:
        self._panes = panes
        self._playback = playback
        self._appearance = appearance
        self._screen: WatchScreen | None = None

    def action_list_watched(self) -> None:
        look = self._appearance.look
        watching, step = self._playback.watching, self._playback.shown

        def rows() -> Sequence[WatchedRow]:
            return watching.rows(step, self._playback.record_of(step).frame)

        def keep(text: str) -> str:
            return self._drawn(watching.keep(step, text, look.translate))

        def turn_curve(text: str) -> str:
            frame = self._playback.record_of(step).frame
            return self._drawn(watching.turn_curve(step, text, frame, look.translate))

        def delete(text: str) -> None:
            watching.delete(step, text)
            self.draw()

        self._screen = WatchScreen(rows, look, keep, turn_curve, delete)
        self._panes.app.push_screen(self._screen, self._close)

    def take_in(self) -> None:
        """Bring the list up to date."""
        if self._screen is not None and self._screen.is_mounted:
            self._screen.take_in()

    def draw(self) -> None:
        """Show in the panes that something else is watched."""
        self._panes.drawing.draw(Update.FRAME)

    def _drawn(self, why_not: str) -> str:
        if not why_not:
            self.draw()
        return why_not

    def _close(self, _: None) -> None:
        self._screen = None
