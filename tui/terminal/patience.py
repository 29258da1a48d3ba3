"""An app that draws when the terminal is ready for it: what changes meanwhile is drawn as one."""

from __future__ import annotations

from rich.console import RenderableType
from textual import on
from textual._compositor import ChopsUpdate
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region
from textual.screen import Screen

from tui.terminal.driver import PlayerDriver

# How often it is asked whether the terminal has caught up, in seconds.
_BETWEEN_LOOKS = 0.01


class PatientApp(App[None]):
    """Holds updates back while its driver is behind, and leaves nothing out in the end."""

    _is_holding = False

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        driver = self._driver
        if renderable is None or not isinstance(driver, PlayerDriver):
            super()._display(screen, renderable)
        elif driver.is_behind:
            # Textual believes that this is on the screen now.
            screen._compositor._dirty_regions.update(_regions(screen, renderable))
            self._hold()
        else:
            super()._display(screen, renderable)
            driver.end_update()

    @on(Driver.SignalResume)
    def _draw_all(self) -> None:
        """Draw all of the screen: other programs had the terminal, and it is empty now."""
        self.refresh()

    def _hold(self) -> None:
        if not self._is_holding:
            self._is_holding = True
            self.set_timer(_BETWEEN_LOOKS, self._draw_what_was_held)

    def _draw_what_was_held(self) -> None:
        self._is_holding = False
        if self._batch_count:
            self._hold()
        elif self.screen_stack:
            screen = self.screen
            # Drawn with what was held: from here on Textual takes all of it to be on the screen.
            screen._compositor.update_widgets(screen._dirty_widgets)
            # It comes back to `_display`, and waits on where the terminal is still behind.
            screen._compositor_refresh()


def _regions(screen: Screen[object], update: RenderableType) -> set[Region]:
    """What an update would have drawn."""
    if isinstance(update, ChopsUpdate):
        return {Region(left, row, right - left, 1) for row, left, right in update.spans}
    return {screen.size.region}
