"""Runs of a step side by side: which stay, and what each is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from descending import changes, descended, edits, goes_back_to, names, newest_cost, now_of, runs_on
from driving import opened, write_lesson

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.plots.runs import mark_of_run
from tui.runs.runs import MOST_KEPT


async def test_two_learning_rates_are_two_curves(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.run_step()

        assert names(player) == ["lr 0.1", "lr 0.5"]
        assert "cost: lr 0.5" in player.curve
        assert f"{mark_of_run(1, in_ascii=False)} lr 0.1" in player.curve


async def test_a_run_again_that_is_the_same_is_one_curve(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await player.run_step()
        await player.run_step()

        assert names(player) == ["run 1"]
        assert player.playback.runs.left(1) == ()


async def test_a_change_in_the_middle_is_a_branch_by_its_name(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        await changes(player, "lr = 0.5")
        await runs_on(player)

        assert names(player) == ["run 1", "lr 0.5"]
        assert player.playback.runs.left(1)[0].series[0].count == 40


async def test_to_go_back_and_on_with_nothing_changed_is_no_branch(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        assert names(player) == ["run 1"]

        await runs_on(player)

        assert names(player) == ["run 1"]


async def test_one_comma_after_another_leaves_one_run_behind(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        for position in (40, 39, 38):
            await player.press("comma")
            await player.is_at(position)

        assert names(player) == ["run 1"]
        assert player.playback.runs.ahead(1) is not None


async def test_runs_stay_when_a_step_before_runs_again(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await player.press("p")
        await player.until(lambda: player.playback.shown == 0, "the step before")
        edits(player, "64.0", "32.0")
        await player.run_step()
        await player.press("n")
        await player.run_step()

        assert names(player) == ["start 64.0", "start 32.0"]


async def test_runs_stay_without_moments_too(tmp_path: Path) -> None:
    async with descended(tmp_path, moments=0) as player:
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.run_step()
        await player.press("comma")
        await player.is_at(40)

        assert names(player) == ["lr 0.1", "lr 0.5"]


@pytest.mark.parametrize("moments", [512 << 20, 0])
async def test_the_list_goes_back_into_a_run_and_brings_its_code(
    tmp_path: Path, moments: int
) -> None:
    async with descended(tmp_path, moments=moments) as player:
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.run_step()
        await player.press("B")
        await player.reads("Runs of this step")
        await player.press("down", "enter")
        await player.is_at(40)

        assert names(player) == ["lr 0.1", "lr 0.5"]
        assert now_of(player) == "lr 0.1"
        assert "lr = 0.1" in player.playback.source
        frame = player.record.frame
        assert frame is not None
        assert newest_cost(player) == pytest.approx(64 * 0.9**40)


async def test_what_is_gone_back_into_can_be_changed_and_is_another_run_then(
    tmp_path: Path,
) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        await changes(player, "lr = 0.5")
        await runs_on(player)
        await player.press("B")
        await player.reads("Runs of this step")
        await player.press("down", "enter")
        await player.is_at(40)
        assert now_of(player) == "run 1"

        await goes_back_to(player, 30)
        await changes(player, "lr = 0.02")
        await runs_on(player)

        assert names(player) == ["run 1", "lr 0.5", "lr 0.02"]
        assert newest_cost(player) == pytest.approx(64 * 0.9**30 * 0.98**10)


async def test_a_run_that_is_gone_back_into_has_its_own_change_again(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        await changes(player, "lr = 0.5")
        await runs_on(player)
        await player.run_step()
        assert names(player) == ["run 1", "lr 0.5"]

        await player.press("B")
        await player.reads("Runs of this step")
        await player.press("enter")
        await player.is_at(40)

        assert now_of(player) == "lr 0.5"
        assert newest_cost(player) == pytest.approx(64 * 0.9**14 * 0.5**26)


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


async def test_of_many_runs_a_muted_one_goes_and_then_the_oldest(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        runs = player.playback.runs
        frame = player.record.frame
        for number in range(MOST_KEPT):
            runs.begin(1, f"lr = {number}", "lr = 0.1")
            runs.leave(1, frame, Outcome.DONE)
        _, second, third, *_ = runs.left(1)
        runs.mute(second)
        for number in range(2):
            runs.begin(1, f"lr = {number}.5", "lr = 0.1")
            runs.leave(1, frame, Outcome.DONE)

        assert len(runs.left(1)) == MOST_KEPT
        assert runs.left(1)[0] is third
        assert runs.dropped(1) == 2


async def test_an_import_in_a_run_makes_no_other_run_and_names_none(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        await changes(player, "import math")
        await runs_on(player)
        assert names(player) == ["run 1"]

        await goes_back_to(player, 14)
        await changes(player, "import math")
        await changes(player, "lr = 0.5")
        await runs_on(player)

        assert names(player) == ["run 1", "lr 0.5"]


async def test_a_comment_makes_no_other_run(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        edits(player, "lr = 0.1", "lr = 0.1  # slow")
        await player.run_step()

        assert len(names(player)) == 1
