"""What pictures of the screen share: their sizes, and a lesson that is ready before the picture."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import pytest
from driving import SIZES, TENSOR_TRAINING, Player, settle, wait_for_player
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, TextArea

from engine.protocol.frame import LoopProgress
from tui.rendering.loop_bars import draw_loop_bars

Compare = Callable[..., bool]

SECONDS_PER_ITERATION = 0.01


def hold_durations_and_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a training took, and the blinking, are what no two runs share."""

    def draw(loops: Sequence[LoopProgress], *rest: object, **options: object) -> list[Strip]:
        timed = [replace(loop, seconds=loop.done * SECONDS_PER_ITERATION) for loop in loops]
        return draw_loop_bars(timed, *rest, **{**options, "previous": ()})  # type: ignore[arg-type]

    monkeypatch.setattr("tui.foot.loop_bars.draw_loop_bars", draw)
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(TextArea, "cursor_blink", False)


def at_each_size(test: Callable[..., None]) -> Callable[..., None]:
    ids = [f"{width}x{height}" for width, height in SIZES]
    return pytest.mark.parametrize("size", SIZES, ids=ids)(test)


def once_ready(
    then: Callable[[Player], Awaitable[None]],
) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Do something with a lesson once it is ready, as the last thing before the picture."""

    async def run(pilot: Pilot[None]) -> None:
        player = await wait_for_player(pilot)
        await player.is_ready()
        await player.reads("ready")
        await then(player)
        await settle(pilot)

    return run


async def turn_to_the_training(player: Player) -> None:
    """Show the step of lesson 0 that trains with tensors."""
    await player.press(*["n"] * TENSOR_TRAINING)
    await player.shows_step(TENSOR_TRAINING)
