"""What is said over panes in Korean keeps each of its characters."""

from __future__ import annotations

import pytest
from driving import text_of, wait_for_text
from emulation import Screen
from textual._compositor import Compositor, CompositorUpdate
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Region
from textual.widgets import Static

from tui.dialogs.framed import FramedScreen
from tui.widgets.underneath import UnderneathScreen

SAID = "6초 동안 한 작업이 사라집니다"


class Panes(UnderneathScreen[None]):
    """Two panes side by side, which meet at a column."""

    CSS = "Horizontal { height: 1fr; } Static { height: 1fr; background: blue; }"

    def __init__(self, meet_at: int) -> None:
        super().__init__()
        self._meet_at = meet_at

    def compose(self) -> ComposeResult:
        with Horizontal():
            left = Static("왼쪽 " * 60)
            left.styles.width = self._meet_at
            yield left
            yield Static("오른쪽 " * 60)


class Dialog(FramedScreen[None]):
    """Something said in a frame in the middle of the screen."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(f"{' ' * 20}{SAID}")


@pytest.mark.parametrize("meet_at", [60, 61])
async def test_a_word_that_lies_over_where_panes_meet_is_whole(meet_at: int) -> None:
    app = App[None]()
    async with app.run_test(size=(80, 12), notifications=True) as pilot:
        await app.push_screen(Panes(meet_at))
        app.notify(SAID)
        await wait_for_text(pilot, "6")

        assert SAID in text_of(pilot)
        rows = app.screen._compositor.render_strips()
        assert {row.cell_length for row in rows} == {80}


@pytest.mark.parametrize("meet_at", [60, 61])
async def test_a_word_stays_whole_where_a_pane_under_it_is_drawn_again(meet_at: int) -> None:
    app, terminal = App[None](), Screen(80, 12)
    async with app.run_test(size=(80, 12), notifications=True) as pilot:
        await app.push_screen(Panes(meet_at))
        app.notify(SAID)
        await wait_for_text(pilot, "6")
        compositor = app.screen._compositor
        left_pane = Region(0, 0, meet_at, 12)

        for update in (compositor.render_full_update(), _drawn_again(compositor, left_pane)):
            terminal.feed(update.render_segments(app.console).encode())

        assert SAID in terminal.text


@pytest.mark.parametrize("meet_at", [40, 41])
async def test_a_dialog_stays_whole_where_a_pane_under_it_is_drawn_again(meet_at: int) -> None:
    app, terminal = App[None](), Screen(80, 12)
    async with app.run_test(size=(80, 12)) as pilot:
        await app.push_screen(Panes(meet_at))
        await app.push_screen(Dialog())
        await wait_for_text(pilot, SAID)
        compositor = app.screen._compositor

        for region in (Region(0, 0, 80, 12), Region(0, 0, meet_at, 12), Region(meet_at, 0, 20, 12)):
            update = _drawn_again(compositor, region)
            terminal.feed(update.render_segments(app.console).encode())
            assert SAID in terminal.text, region


@pytest.mark.parametrize("meet_at", [40, 41])
async def test_what_a_smaller_dialog_leaves_is_whole(meet_at: int) -> None:
    app, terminal = App[None](), Screen(80, 12)
    async with app.run_test(size=(80, 12)) as pilot:
        await app.push_screen(Panes(meet_at))
        dialog = Dialog()
        await app.push_screen(dialog)
        said = dialog.query_one(Static)
        said.update("\n".join([SAID] * 6))
        await pilot.pause()
        compositor, covered = dialog._compositor, dialog.query_one(VerticalScroll).region
        terminal.feed(compositor.render_full_update().render_segments(app.console).encode())

        said.update(SAID)
        await pilot.pause()
        update = _drawn_again(compositor, covered)
        terminal.feed(update.render_segments(app.console).encode())

        assert terminal.text.split("\n") == [
            row.text.rstrip() for row in compositor.render_strips()
        ]


def _drawn_again(compositor: Compositor, region: Region) -> CompositorUpdate:
    compositor._dirty_regions.add(region)
    update = compositor.render_partial_update()
    assert update is not None
    return update
