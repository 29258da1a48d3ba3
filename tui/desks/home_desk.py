"""Saves a session as what the learner chose, and says where it is and what it could not have."""

from __future__ import annotations

from engine.taking_home.notebook import notebook_of
from engine.taking_home.script import script_of
from engine.taking_home.session import TakenSession
from tui.desks.copy_desk import CopyDesk
from tui.dialogs.take_home import Keepsake, TakeHomeScreen
from tui.look import Appearance
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.taking_along.saving import session_name
from tui.taking_along.session import taken_session


class HomeDesk:
    """Asks what is to be taken home, and has it saved beside what is saved of panes."""

    def __init__(
        self, panes: PlayerPanes, playback: Playback, appearance: Appearance, copies: CopyDesk
    ) -> None:
        self._panes = panes
        self._playback = playback
        self._appearance = appearance
        self._copies = copies

    def action_take_home(self) -> None:
        """Have the learner choose, and save that."""
        self._panes.app.push_screen(TakeHomeScreen(self._appearance.look), self.save)

    def save(self, keepsake: Keepsake | None) -> None:
        """Save what was chosen; None: nothing."""
        match keepsake:
            case Keepsake.SCRIPT:
                script = script_of(self._taken)
                self._save({"py": script.text})
                self._tell_inexact(script.inexact)
            case Keepsake.NOTEBOOK:
                notebook = notebook_of(self._taken)
                self._save({"ipynb": notebook.text})
                self._tell_inexact(notebook.inexact)
            case Keepsake.RUNS:
                self._copies.save_runs()

    @property
    def _taken(self) -> TakenSession:
        look = self._appearance.look
        return taken_session(self._playback, look.language, look.translate)

    def _save(self, files: dict[str, str]) -> None:
        self._copies.save_files(session_name(self._playback.lesson.path), files)

    def _tell_inexact(self, count: int) -> None:
        if count:
            translate = self._appearance.look.translate
            words = translate(
                "Changes that are not in it exactly as they were made: {count}. It says which."
            )
            self._panes.notify(words.format(count=count), severity="warning", markup=False)
