"""Code that goes wrong in ways that no traceback tells: the player lives, and says what is up."""

from __future__ import annotations

from pathlib import Path

from driving import opened, wait_for_list, write_lesson

from engine.protocol.events import Outcome
from engine.protocol.status import Status

SLEEPING = """
    # %% First
    x = 1
    # %% Asleep
    import time
    print("good night")
    time.sleep(1e6)
    # %% Third
    print("third", x)
"""


async def test_a_cell_asleep_in_c_is_left_behind_by_the_key_that_the_screen_names(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, SLEEPING), size=(120, 40)) as player:
        await player.press("n", "space")
        await player.until(lambda: "good night" in player.output, "the step to fall asleep")

        await player.press("s")
        await player.until(lambda: player.playback.status is Status.STUCK, "the step to be stuck")
        await player.reads("in code that cannot be interrupted; s starts afresh")
        await player.reads("s start afresh")
        await player.press("s")

        await player.has_ended(Outcome.STOPPED)
        assert "good night" in player.output
        await player.press("p")
        await player.run_step()


async def test_another_run_asked_for_leaves_a_stuck_cell_behind(folder: Path) -> None:
    async with opened(write_lesson(folder, SLEEPING)) as player:
        await player.press("n", "space")
        await player.until(
            lambda: "good night" in player.output or player.playback.running == 1, ""
        )
        await player.press("s")
        await player.until(lambda: player.playback.status is Status.STUCK, "the step to be stuck")

        await player.press("p", "space")

        await player.has_ended()
        assert player.playback.outcomes == [Outcome.DONE, None, None]


async def test_the_app_closes_while_a_cell_is_asleep_in_c(folder: Path) -> None:
    async with opened(write_lesson(folder, SLEEPING)) as player:
        await player.press("n", "space")
        await player.until(lambda: player.playback.running == 1, "the step to run")

        await player.press("escape")

        await wait_for_list(player.pilot)


async def test_memory_that_runs_out_is_said_with_how_much_was_asked(folder: Path) -> None:
    asking = """
        # %% Too much
        import torch
        torch.empty(10**15)
        # %% Enough
        print("enough")
    """
    async with opened(write_lesson(folder, asking)) as player:
        await player.press("space")

        await player.has_ended(Outcome.FAILED)

        await player.reads("There is not enough memory: the code asked for 3.55 PiB.")
        await player.reads("is free again.")


async def test_the_player_outlives_what_a_cell_does_to_the_limits_of_python(folder: Path) -> None:
    limiting = """
        # %% Low
        import sys, time
        sys.setrecursionlimit(40)
        time.sleep(0.5)
        print("low")
    """
    async with opened(write_lesson(folder, limiting)) as player:
        await player.press("space")

        await player.until(lambda: player.record.outcome, "the step to end")
        await player.press("4", "1", "2")
        await player.reads("1/1")
