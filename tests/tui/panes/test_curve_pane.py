"""The curve on screen: how it is scaled, smoothed, zoomed into, and read by keys and mouse."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from driving import HALVING, Player, opened, text_of, write_lesson

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
    await drawn.press("S")
    await drawn.reads("log scale")

    await drawn.press("S")

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
        await player.press("3", "left", "right", "S", "m", "z", "backspace")

        await player.reads("No curve yet")


async def test_a_run_that_ended_without_a_cost_says_so(folder: Path) -> None:
    text = """
        # %% Unwritten watch="cost"
        for epoch in range(5):
            pass
    """
    async with opened(write_lesson(folder, text)) as player:
        await player.press("3")
        await player.reads("No curve yet")

        await player.run_step()

        await player.reads("No curve: the run ended without a value of what is watched.")
        assert "No curve yet" not in text_of(player.pilot)


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
    text = "# %% watch=\"cost\"\nfor epoch in range(3):\n    cost = 'low'\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("3")

        await player.run_step()

        await player.reads("a str, not a number")
