"""An app that is left: by its key, which asks first where work would go, or by a signal."""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from functools import cached_property

from tui.actions.app_actions import APP_ACTIONS
from tui.exit_status import ExitStatus
from tui.keys.second_thoughts import WORTH_ASKING, SecondThoughts
from tui.roles import Trains
from tui.screens.spoken import SpokenApp

_BETWEEN_LOOKS = 0.02


class LeavingApp(SpokenApp):
    """Leaves with a status that says why; `has_begun` once the first screen has been painted."""

    has_begun = False

    @property
    @abstractmethod
    def seconds_at_stake(self) -> float:
        """How long what runs has gone on, which would go."""

    @cached_property
    def _thoughts(self) -> SecondThoughts:
        return SecondThoughts()

    async def action_quit(self) -> None:
        """Leave; asks once where that ends training that has gone on for long."""
        seconds = self.seconds_at_stake
        if seconds < WORTH_ASKING or self._thoughts.are_none("quit", time.monotonic()):
            self.exit()
            return
        words = self.look.translate(
            "Quitting loses {seconds} s of work in all steps: {key} once more."
        )
        key = next(one.shown_key for one in APP_ACTIONS if one.name == "quit")
        self.notify(words.format(seconds=round(seconds), key=key), markup=False)

    def leave(self, status: ExitStatus) -> None:
        """Leave, once the screens stand: Textual cannot take away what it is still putting up."""
        if self.has_begun and all(screen.is_mounted for screen in self.screen_stack):
            self.exit(return_code=status)
        else:
            asyncio.get_running_loop().call_later(_BETWEEN_LOOKS, self.leave, status)

    def on_player_driver_vanished(self) -> None:
        """Leave: nobody is there to see or to type."""
        self.leave(ExitStatus.HUNG_UP)

    def stop_training(self) -> None:
        """Stop what trains, as a signal asks for it."""
        for screen in self.screen_stack:
            if isinstance(screen, Trains):
                screen.stop_training()
