"""What was held back for a slow terminal is drawn with all that has changed meanwhile."""

from __future__ import annotations

import asyncio

from rich.console import RenderableType
from textual._compositor import ChopsUpdate
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from tui.terminal.patience import PatientApp


class Watched(PatientApp):
    """Two lines, and which of them were drawn."""

    rows: set[int]

    def compose(self) -> ComposeResult:
        yield Static("one")
        yield Static("two", id="two")

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, ChopsUpdate):
            self.rows |= {row for row, _, _ in renderable.spans}
        super()._display(screen, renderable)


async def test_what_changes_before_held_lines_are_drawn_is_drawn_too() -> None:
    app = Watched()
    app.rows = set()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.rows.clear()
        app.query_one("#two", Static).update("changed")
        while not app.screen._dirty_widgets:
            await asyncio.sleep(0)

        app._draw_what_was_held()

        await pilot.pause()
        assert 1 in app.rows
