"""A race: how it is begun and over, and what tests look at of its runs."""

from __future__ import annotations

from driving import Player

from tui.language.catalogue import as_written
from tui.runs.run import Run
from tui.runs.run_names import names_of


async def races(player: Player, written: str) -> None:
    """Write a race and begin it."""
    await player.press("V")
    line = player.pilot.app.screen.focused
    assert line is not None
    line.value = written  # type: ignore[attr-defined]
    await player.press("enter")


async def is_over(player: Player) -> None:
    await player.until(lambda: not player.playback.racing.is_on, "the end of the race")
    await player.until(lambda: not player.playback.runs.racing(player.playback.shown), "its runs")


def run_named(player: Player, name: str) -> Run:
    runs, step = player.playback.runs, player.playback.shown
    now = runs.now(step)
    assert now is not None
    told = names_of([*runs.left(step), now], as_written)
    return next(run for run in (*runs.left(step), now) if told[run.ordinal] == name)


def final(run: Run) -> float:
    newest = run.series[0].newest
    assert newest is not None
    return newest
