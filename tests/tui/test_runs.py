"""Runs of a step side by side: which stay, and what each is called."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from driving import Player, opened, write_lesson

from engine.protocol.events import Outcome
from engine.protocol.status import Status
from tui.language.catalogue import as_written
from tui.player.run_names import names_of
from tui.player.runs import MOST_KEPT

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
    player.playback.edit(player.playback.shown, source.replace(old, new))


def names(player: Player) -> list[str]:
    """Of the runs that were left and of that of now, oldest first."""
    runs, step = player.playback.runs, player.playback.shown
    now = runs.now(step)
    return list(names_of([*runs.left(step), *([now] if now else [])], as_written).values())


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


async def test_two_learning_rates_are_two_curves(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.run_step()

        assert names(player) == ["lr 0.1", "lr 0.5"]
        assert "cost: lr 0.5" in player.curve
        assert "▲ lr 0.1" in player.curve or "■ lr 0.1" in player.curve


async def test_a_run_again_that_is_the_same_is_one_curve(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await player.run_step()
        await player.run_step()

        assert names(player) == ["run 1"]
        assert player.playback.runs.left(1) == ()


async def test_a_change_in_the_middle_is_a_branch_by_its_name(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        await player.press("colon")
        await player.press(*"lr", "space", "=", "space", *"0.5", "enter", "escape")
        await player.until(lambda: not player.playback.asking.waits, "the change")
        await runs_on(player)

        assert names(player) == ["run 1", "lr 0.5"]
        assert player.playback.runs.left(1)[0].series[0].count == 40


async def test_to_go_back_and_on_with_nothing_changed_is_no_branch(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        assert names(player) == ["run 1", "from 14"]

        await runs_on(player)

        assert names(player) == ["run 1"]


async def test_one_comma_after_another_leaves_one_run_behind(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        for position in (40, 39, 38):
            await player.press("comma")
            await player.is_at(position)

        assert len(player.playback.runs.left(1)) == 1


async def test_runs_stay_when_a_step_before_runs_again(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await player.press("p")
        await player.until(lambda: player.playback.shown == 0, "the step before")
        edits(player, "64.0", "32.0")
        await player.run_step()
        await player.press("n")
        await player.run_step()

        assert names(player) == ["run 1", "run 2"]


async def test_runs_stay_without_moments_too(tmp_path: Path) -> None:
    async with descended(tmp_path, moments=0) as player:
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.run_step()
        await player.press("comma")
        await player.is_at(40)

        assert names(player)[:2] == ["lr 0.1", "lr 0.5"]


async def test_a_restart_of_the_lesson_forgets_runs(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.run_step()
        await player.press("R")
        await player.until(lambda: player.playback.shown == 0, "the first step")

        assert player.playback.runs.left(1) == ()
        assert player.playback.runs.now(1) is None


async def test_a_run_that_is_stopped_stays_too(tmp_path: Path) -> None:
    endless = """
        # %% Endless watch="cost"
        import time
        lr = 0.1
        cost = 1.0
        while True:
            cost = cost * (1 - lr / 100)
            time.sleep(0.005)
    """
    async with opened(write_lesson(tmp_path, endless), (120, 40)) as player:
        await player.press("3", "space")
        await player.is_running()
        await player.press("s")
        await player.has_ended(Outcome.STOPPED)
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.press("space")
        await player.until(lambda: player.playback.status is Status.RUNNING, "the next run")
        await player.reads("lr 0.1")

        assert names(player) == ["lr 0.1", "lr 0.5"]


async def test_of_many_runs_the_oldest_goes(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        runs = player.playback.runs
        frame = player.record.frame
        for number in range(MOST_KEPT + 2):
            runs.begin(1, f"lr = {number}", "lr = 0.1")
            runs.leave(1, frame, Outcome.DONE)

        assert len(runs.left(1)) == MOST_KEPT
        assert runs.dropped(1) == 2
