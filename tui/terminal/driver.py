"""How the app holds the terminal: by descriptors of its own, which nothing else writes to."""

from __future__ import annotations

import os
import shutil

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from engine.kernel.descriptors import descriptors

_NO_TERMINAL = os.terminal_size((80, 24))


class PlayerDriver(LinuxDriver):
    """Draws and reads keys by copies of descriptors 0 and 2; those themselves are the lesson's.

    Whoever the app is suspended for has them back meanwhile, as the shell has after its end.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        drawn_to = self._file
        assert drawn_to is not None
        self.fileno = os.dup(self.fileno)
        copy = os.dup(drawn_to.fileno())
        self._file = os.fdopen(copy, "w", encoding=drawn_to.encoding, errors=drawn_to.errors)

    def start_application_mode(self) -> None:
        """Take the screen and the keyboard."""
        descriptors.lead_away()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Give the terminal back, once all that was drawn is on it."""
        super().close()
        descriptors.give_back()

    def _get_terminal_size(self) -> tuple[int, int]:
        # `shutil` asks descriptor 1, which is no terminal now, and takes the fallback.
        try:
            size = os.get_terminal_size(self.fileno)
        except OSError:
            # The terminal has gone; the signal that says so ends the app.
            size = _NO_TERMINAL
        return shutil.get_terminal_size(fallback=size)
