"""What is said in a corner of the screen for a moment, and taken back once it is true no more."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from textual.app import App
from textual.notifications import Notify
from textual.screen import ModalScreen, Screen
from textual.widgets._toast import ToastRack

# How long a warning stands whatever is typed, in seconds.
_LEAST_OF_WARNING = 3.0


def take_back(app: App[Any], words: str) -> None:
    """Say these words no more, if they are still said or about to be."""
    for said in [*app._notifications]:
        if said.message == words:
            app._unnotify(said)
    if isinstance(app, ScreensToastsApp):
        app.call_off(words)


class ScreensToastsApp(App[None]):
    """An app whose toasts go with the screen that they were said on, unless they warn."""

    CSS = """
    Toast { width: auto; max-width: 100%; margin: 0; padding: 0 1; }
    Toast.-warning, Toast.-error { text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._said_on: dict[str, Screen[Any]] = {}
        # How often words are on their way through the app's queue, and how often in vain.
        self._coming: Counter[str] = Counter()
        self._called_off: Counter[str] = Counter()

    def notify(self, message: str, **options: Any) -> None:
        """Say these words once what has come before them is done."""
        self._coming[message] += 1
        super().notify(message, **options)

    def call_off(self, words: str) -> None:
        """Have words not said that are on their way."""
        self._called_off[words] = self._coming[words]

    def take_back_what_was_read(self) -> None:
        """Have what was said go: who presses a key has read it, a warning after a while."""
        now = time.time()
        read = [
            said
            for said in [*self._notifications]
            if said.severity == "information" or now - said.raised_at > _LEAST_OF_WARNING
        ]
        for said in read:
            self._unnotify(said, refresh=False)
        if read:
            self._refresh_notifications()

    def on_notify(self, event: Notify) -> None:
        """Know where it is said; say once, from now on, what is said already."""
        words = event.notification.message
        self._coming[words] -= 1
        if self._called_off[words]:
            self._called_off[words] -= 1
            event.prevent_default()
            return
        self._said_on[event.notification.identity] = self.screen
        for said in [*self._notifications]:
            if said.message == words:
                self._unnotify(said)

    def _refresh_notifications(self) -> None:
        for said in [*self._notifications]:
            place = self._said_on.get(said.identity)
            if place is None or said.severity != "information":
                continue
            if place not in self.screen_stack or self._is_covered(place):
                self._unnotify(said, refresh=False)
        kept = {said.identity for said in self._notifications}
        self._said_on = {one: at for one, at in self._said_on.items() if one in kept}
        super()._refresh_notifications()

    def _is_covered(self, screen: Screen[Any]) -> bool:
        """Whether another page stands on this one; a dialog is none."""
        above = self.screen_stack[self.screen_stack.index(screen) + 1 :]
        return any(not isinstance(one, ModalScreen) for one in above)


def keep_toasts_above(screen: Screen[Any], rows: int) -> None:
    """Have the toasts of a screen end above so many of its last rows."""
    for rack in screen.query_children(ToastRack):
        if rack.styles.margin.bottom != rows:
            rack.styles.margin = (0, 0, rows, 0)
