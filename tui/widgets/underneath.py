"""What a screen does under another one, and under what is said over its panes."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

from tui.widgets.whole_characters import WholeCharacters

Result = TypeVar("Result")


class UnderneathScreen(Screen[Result]):
    """A screen that is painted again under another one only where something has changed in it.

    Textual 8 (since its change 6307) asks for the next painting with each one there, and so paints
    both screens whole some forty times a second: all a processor has, and 300 kB/s over SSH.
    """

    def __init__(
        self,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 (as Textual names it)
        classes: str | None = None,
    ) -> None:
        super().__init__(name, id, classes)
        self._compositor = WholeCharacters()

    def _compositor_refresh(self) -> None:
        super()._compositor_refresh()
        if self is not self.app.screen:
            self._repaint_required = False
