"""The curve on screen: how it is scaled, smoothed, zoomed into, and read by keys and mouse."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from driving import HALVING, Player, opened, write_lesson
from textual.app import App, ComposeResult

from engine.loops.recorder import Recorder
from engine.protocol.frame import CurveRequest, Frame
from engine.protocol.reduction import reduce_series
from tui.language.catalogue import as_written
from tui.look import Look
from tui.rendering.glyphs import UNICODE
from tui.rendering.palette import DARK
from tui.widgets import curve_pane
from tui.widgets.curve_pane import CurvePane

TWO_SERIES = """
    # %% Two watch="cost accuracy"
    for epoch in range(1, 101):
        cost = 1 / epoch
        accuracy = 1 - cost
"""


@pytest.fixture
async def drawn(folder: Path) -> AsyncIterator[Player]:
    """A player that has drawn the curve of a cost over 200 iterations."""
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("3")
        await player.run_step()
        await player.reads("newest, at 200")
        yield player


def cursor_of(player: Player) -> int:
    """The iteration at which the reading line stands, read from the line above the curve."""
    found = re.match(r"at (\d+)  ", player.curve)
    assert found, player.curve
    return int(found[1])


async def test_each_series_has_its_newest_value_beside_the_curve(folder: Path) -> None:
    async with opened(write_lesson(folder, TWO_SERIES)) as player:
        await player.press("3")

        await player.run_step()

        await player.reads("newest, at 100", "cost 0.01", "accuracy 0.99")


async def test_the_scale_turns_logarithmic_and_back(drawn: Player) -> None:
    await drawn.press("g")
    await drawn.reads("log scale")

    await drawn.press("g")

    assert "log scale" not in drawn.curve


async def test_smoothing_goes_round(drawn: Player) -> None:
    plain = drawn.curve

    await drawn.press("m")
    await drawn.reads("smoothing 0.6")
    await drawn.press("m")
    await drawn.reads("smoothing 0.9")
    await drawn.press("m")

    assert drawn.curve == plain


async def test_zoom_goes_round(drawn: Player) -> None:
    whole = drawn.curve

    for share in ("last 50%", "last 25%", "last 10%"):
        await drawn.press("z")
        await drawn.reads(share)
    await drawn.press("z")

    assert drawn.curve == whole


async def test_arrows_read_the_curve_from_its_newest_value_on(drawn: Player) -> None:
    await drawn.press("left")
    assert cursor_of(drawn) == 200

    await drawn.press("left")
    earlier = cursor_of(drawn)
    await drawn.press("h")
    earliest = cursor_of(drawn)
    await drawn.press("l")

    assert earliest < earlier < 200
    assert cursor_of(drawn) == earlier


async def test_the_reading_line_stays_on_the_curve(drawn: Player) -> None:
    await drawn.press(*["right"] * 3)

    assert cursor_of(drawn) == 200


async def test_backspace_takes_the_reading_line_off(drawn: Player) -> None:
    await drawn.press("left", "left")

    await drawn.press("backspace")

    assert drawn.curve.startswith("newest, at 200")


async def test_a_click_reads_the_values_where_it_points(drawn: Player) -> None:
    pane = drawn.pane("curve")

    await drawn.pilot.click(pane, offset=(pane.size.width // 2, 8))

    await drawn.until(lambda: drawn.curve.startswith("at "), "the reading line")
    assert 80 < cursor_of(drawn) < 120


async def test_dragging_takes_the_reading_line_along(drawn: Player) -> None:
    pane = drawn.pane("curve")

    await drawn.pilot.mouse_down(pane, offset=(20, 8))
    await drawn.pilot.hover(pane, offset=(60, 8))
    await drawn.pilot.mouse_up(pane, offset=(60, 8))

    await drawn.until(lambda: drawn.curve.startswith("at "), "the reading line")
    assert cursor_of(drawn) > 100


async def test_every_iteration_can_be_read_when_zoomed_in(drawn: Player) -> None:
    await drawn.press("z", "z", "z", "left")

    positions = []
    for _ in range(5):
        positions.append(cursor_of(drawn))
        await drawn.press("left")

    assert positions == [200, 199, 198, 197, 196]


async def test_keys_of_the_curve_do_nothing_before_there_is_one(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("3", "left", "right", "g", "m", "z", "backspace")

        await player.reads("No curve yet")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)], ids=str)
async def test_a_cost_that_becomes_nan_says_from_where_on(
    folder: Path, size: tuple[int, int]
) -> None:
    text = """
        # %% Breaking watch="cost"
        for epoch in range(1, 100):
            cost = 1 / epoch if epoch < 37 else float("nan")
    """
    async with opened(write_lesson(folder, text), size) as player:
        await player.press("3")

        await player.run_step()

        await player.reads("cost is nan from iteration 37 on.")


async def test_a_value_that_is_not_one_number_says_why_it_makes_no_curve(folder: Path) -> None:
    text = "# %%\nfor epoch in range(3):\n    cost = 'low'\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("3")

        await player.run_step()

        await player.reads("a str, not a number")


class Holder(App[None]):
    """Nothing but the pane, which is shown frames by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.pane = CurvePane()

    def compose(self) -> ComposeResult:
        yield self.pane

    def show(self, frame: Frame) -> str:
        self.pane.show_frame_curves(frame, (), {}, LOOK)
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
