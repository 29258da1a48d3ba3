"""A curve pane that is given reduced curves: what it shows of them, and what it asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from textual.app import App, ComposeResult

from engine.loops.recorder import Recorder
from engine.protocol.frame import CurveRequest, Frame
from engine.protocol.reduction import reduce_series
from tui.language.catalogue import as_written
from tui.look import Look
from tui.panes import curve_pane
from tui.panes.curve_pane import CurvePane
from tui.rendering.glyphs import UNICODE
from tui.rendering.palette import DARK
from tui.showing.shown_runs import ShownRuns


class Holder(App[None]):
    """Nothing but the pane, which is shown frames by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.pane = CurvePane()

    def compose(self) -> ComposeResult:
        yield self.pane

    def show(self, frame: Frame) -> str:
        self.pane.show_frame_curves(frame, ShownRuns(), (), {}, None, LOOK)
        return self.pane.text


LOOK = Look(DARK, UNICODE, "en", as_written)


@pytest.fixture
async def holder() -> AsyncIterator[Holder]:
    app = Holder()
    async with app.run_test(size=(60, 16)):
        yield app


@pytest.fixture
def whole() -> Frame:
    """A frame with the whole of a cost that falls and swings, 5,000 iterations."""
    recorder = Recorder()
    for position in range(1, 5001):
        recorder.record("cost", position, 2000 / position + (7 * position) % 31)
    return Frame(1, 5000, (), recorder.snapshot(), (), (), 0.0)


def reduced(frame: Frame, request: CurveRequest) -> Frame:
    """The frame as a session answers it, which reduces the curves for the pane that asks."""
    return replace(frame, series=(), curves=reduce_series(frame.series, request))


async def test_reduced_curves_are_drawn_as_whole_ones_are(holder: Holder, whole: Frame) -> None:
    drawn_whole = holder.show(whole)

    drawn_reduced = holder.show(reduced(whole, holder.pane.request))

    assert has_curve(drawn_whole)
    assert drawn_reduced == drawn_whole


async def test_what_is_shown_already_is_not_drawn_again(
    holder: Holder, whole: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = curve_pane.draw_curve
    monkeypatch.setattr(
        curve_pane, "draw_curve", lambda *said, **more: drawn.append(1) or draw(*said, **more)
    )

    holder.show(whole)
    holder.show(whole)
    assert len(drawn) == 1

    holder.pane.action_cycle_zoom()
    assert len(drawn) == 2


async def test_before_the_first_curve_about_as_much_is_asked_for(holder: Holder) -> None:
    columns = holder.pane.request.columns

    assert 80 < columns < 2 * holder.pane.text_width


async def test_the_next_reduced_frame_shows_what_was_asked_for(
    holder: Holder, whole: Frame
) -> None:
    before = holder.show(reduced(whole, holder.pane.request))

    holder.pane.action_cycle_zoom()
    holder.pane.action_cycle_smoothing()
    holder.pane.action_toggle_scale()
    meanwhile = holder.pane.text
    after = holder.show(reduced(whole, holder.pane.request))

    assert meanwhile == before
    assert "log scale  smoothing 0.6  last 50%" in after


async def test_whole_curves_are_zoomed_into_at_once(holder: Holder, whole: Frame) -> None:
    holder.show(whole)

    holder.pane.action_cycle_zoom()

    assert "last 50%" in holder.pane.text


async def test_the_reading_line_moves_at_once_and_is_read_with_the_next_frame(
    holder: Holder, whole: Frame
) -> None:
    before = holder.show(reduced(whole, holder.pane.request))

    holder.pane.action_move_cursor(0)
    holder.pane.action_move_cursor(-2500)
    meanwhile = holder.pane.text
    after = holder.show(reduced(whole, holder.pane.request))

    assert "┴" not in before
    assert "┴" in meanwhile
    assert meanwhile.startswith("newest, at 5000")
    assert after.startswith("at 2500  cost")


@pytest.mark.parametrize("columns", [30, 400])
async def test_curves_that_were_reduced_for_another_width_fill_the_pane(
    holder: Holder, whole: Frame, columns: int
) -> None:
    request = replace(holder.pane.request, columns=columns)

    lines = holder.show(reduced(whole, request)).splitlines()

    assert max(len(line) for line in lines if has_curve(line)) == holder.pane.text_width


def has_curve(text: str) -> bool:
    return any("⠀" < character <= "⣿" for character in text)
