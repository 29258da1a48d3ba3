"""Tests that what has been scrolled is painted again, also where its place was asked for first."""

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.widgets.underneath import UnderneathScreen


class Scrolled(UnderneathScreen[None]):
    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield from (Static(f"line {number}") for number in range(9))


class ScrolledApp(App[None]):
    def get_default_screen(self) -> Scrolled:
        return Scrolled()


async def test_lines_that_moved_are_painted_again_whoever_asked_first_where_they_are() -> None:
    async with ScrolledApp().run_test(size=(20, 4)) as pilot:
        screen, lines = pilot.app.screen, pilot.app.screen.query(Static)
        await pilot.pause()
        compositor = screen._compositor
        compositor._dirty_regions.clear()

        screen.query_one(VerticalScroll).set_reactive(VerticalScroll.scroll_y, 4)
        # One that is out of sight has changed, so that its place is not known for certain.
        compositor.update_widgets({lines[8]})
        lines_now = compositor.full_map[lines[4]].region
        compositor.reflow(screen, screen.size)

        assert lines_now.y == 0
        assert lines_now in compositor._dirty_regions
