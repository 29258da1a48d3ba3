"""A lesson that descends in one step, and what the tests of its runs do and look at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from driving import Player, opened, write_lesson

from engine.protocol.outcomes import Outcome
from tui.language.catalogue import as_written
from tui.runs.run_names import names_of

KEYS = {" ": "space", "=": "equals_sign", ".": "full_stop"}

DESCENT = """
    # %% [markdown]
    # ## 시작
    # %% 시작
    start = 64.0
    # %% [markdown]
    # ## Descent
    # %% Descent watch="cost"
    lr = 0.1
    cost = start
    for epoch in range(40):
        cost = cost - lr * cost
    print("the end", cost)
"""


@asynccontextmanager
async def descended(
    folder: Path, size: tuple[int, int] = (120, 40), *, moments: int = 512 << 20
) -> AsyncIterator[Player]:
    """The second step, once it has run to its end."""
    async with opened(write_lesson(folder, DESCENT), size, moments=moments) as player:
        await player.press("n")
        await player.run_step()
        await player.press("3")
        yield player


def edits(player: Player, old: str, new: str) -> None:
    source = player.playback.source
    assert old in source
    player.playback.edits.write(player.playback.shown, source.replace(old, new))


def names(player: Player) -> list[str]:
    """Of the runs that were left and of that of now, oldest first."""
    runs, step = player.playback.runs, player.playback.shown
    now = runs.now(step)
    names = names_of([*runs.left(step), *([now] if now else [])], as_written)
    return [names[ordinal] for ordinal in sorted(names)]


def now_of(player: Player) -> str:
    """The name of the run of now."""
    runs, step = player.playback.runs, player.playback.shown
    now = runs.now(step)
    assert now is not None
    return names_of([*runs.left(step), now], as_written)[now.ordinal]


def newest_cost(player: Player) -> float:
    frame = player.record.frame
    assert frame is not None
    held = [*frame.curves, *frame.series]
    newest = held[0].newest
    assert newest is not None
    return newest if isinstance(newest, float) else newest.value


async def changes(player: Player, text: str) -> None:
    """Have something carried out where the run stands."""
    await player.press("colon")
    await player.press(*(KEYS.get(character, character) for character in text), "enter", "escape")
    await player.until(lambda: not player.playback.asking.waits, "the change")


async def goes_back_to(player: Player, position: int) -> None:
    """To this iteration of the step, by the reading line."""
    curve = player.panes.curve
    curve.put_cursor(curve._drawing.cell_of(position) or 0)
    curve.action_move_cursor(position - (curve.cursor or 0))
    await player.press("enter")
    await player.is_at(position)


async def runs_on(player: Player) -> None:
    await player.press("space")
    await player.until(lambda: player.record.outcome is Outcome.DONE, "the end of the run")
    await player.is_ready()
