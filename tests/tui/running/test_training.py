"""Training under the hands: run, pause, single iterations, speed, stop, run again."""

from __future__ import annotations

from pathlib import Path

from driving import ENDLESS, HALVING, opened, write_lesson

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status

NESTED = """
    # %% Nested watch="cost"
    for epoch in range(4):
        for batch in range(3):
            cost = 10.0 * epoch + batch
"""


async def test_one_iteration_moves_the_bar_and_the_curve_by_exactly_one(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("3", "full_stop")
        await player.is_at(1)
        assert "1/200" in player.bars
        assert "newest, at 1  cost 32" in player.curve

        await player.press("full_stop")
        await player.is_at(2)

        assert "2/200" in player.bars
        assert "newest, at 2  cost 16" in player.curve


async def test_several_presses_go_as_many_iterations_on(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("full_stop")
        await player.is_at(1)

        await player.press(*["full_stop"] * 5)

        await player.is_at(6)


async def test_paused_means_that_nothing_on_screen_moves(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS), (120, 40)) as player:
        await player.press("space")
        await player.is_running()
        await player.press("space")
        await player.is_paused()
        await player.fills_its_panes()
        looks: list[tuple[str, str, int]] = []

        def is_still() -> bool:
            # The curve is drawn once more where its pane has come to its size only now.
            looks.append((player.curve, player.bars, player.position))
            return len(looks) > 20 and len({*looks[-20:]}) == 1

        await player.until(is_still, "twenty looks that are the same")
        assert {position for _, _, position in looks} == {player.position}


async def test_an_outer_iteration_ends_a_whole_epoch(folder: Path) -> None:
    async with opened(write_lesson(folder, NESTED)) as player:
        await player.press("greater_than_sign")
        await player.is_at(3)
        assert "1/4" in player.bars

        await player.press("greater_than_sign")
        await player.is_at(6)

        assert "2/4" in player.bars


async def test_nested_loops_show_as_nested_bars(folder: Path) -> None:
    async with opened(write_lesson(folder, NESTED)) as player:
        await player.press("full_stop")
        await player.is_at(1)
        await player.press(*["full_stop"] * 3)
        await player.is_at(4)

        outer, inner = player.bars.splitlines()

        assert outer.startswith("epoch")
        assert inner.startswith("  batch")
        assert "1/4" in outer
        assert "1/3" in inner


async def test_a_loop_of_unknown_length_counts(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS)) as player:
        await player.press("full_stop")
        await player.is_at(1)

        await player.press("full_stop")
        await player.is_at(2)

        assert "while" in player.bars
        assert " 2 " in player.bars
        assert "%" not in player.bars


async def test_the_first_long_iteration_shows_that_it_is_alive(folder: Path) -> None:
    lesson = """
        # %% Long
        import time
        def compute():
            while True:
                time.sleep(0.01)
        for epoch in range(2):
            compute()
    """
    async with opened(write_lesson(folder, lesson)) as player:
        await player.press("space")
        await player.until(lambda: "epoch" in player.bars, "a bar for the loop")

        first = player.bars

        await player.until(lambda: player.bars != first, "the bar to show that time passes")
        assert player.playback.status is Status.RUNNING


async def test_space_runs_pauses_and_resumes_and_the_bar_of_actions_says_which(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, ENDLESS)) as player:
        await player.reads("space run")

        await player.press("space")
        await player.is_running()
        await player.reads("space pause")
        await player.press("space")
        await player.is_paused()
        await player.reads("space resume")
        await player.press("space")

        await player.until(lambda: player.playback.status is Status.RUNNING, "it to run on")
        await player.reads("space pause")


async def test_stop_ends_the_training_and_keeps_its_curve(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS)) as player:
        await player.press("3", "space")
        await player.is_running()

        await player.press("s")

        await player.has_ended(Outcome.STOPPED)
        await player.reads("stopped", "newest, at")
        assert "Traceback" not in player.output


async def test_ctrl_c_stops_the_training_and_never_the_session(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS)) as player:
        await player.press("space")
        await player.is_running()

        await player.press("ctrl+c")

        await player.has_ended(Outcome.STOPPED)
        await player.press("full_stop")
        await player.is_at(1)


async def test_a_cell_without_loops_is_stopped_too(folder: Path) -> None:
    lesson = "# %% Deep\ndef fall(depth):\n    return depth if depth < 0 else fall(depth % 50)\n"
    text = f"{lesson}any(fall(-1) > 0 for _ in iter(int, 1))\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("space")
        await player.until(lambda: player.playback.status is Status.RUNNING, "the cell to run")

        await player.press("s")

        await player.has_ended(Outcome.STOPPED)


async def test_the_curve_stays_when_training_ends(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("3")

        await player.run_step()

        await player.reads("done", "newest, at 200", "200/200")


async def test_a_low_speed_holds_the_training_back_and_full_speed_lets_it_go(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, HALVING.replace("200", "100_000"))) as player:
        await player.press(*["minus"] * 7)
        await player.reads("at most 1 it/s")
        await player.press("full_stop")
        await player.is_at(1)
        await player.press("space")
        await player.until(lambda: player.playback.status is Status.RUNNING, "it to run")
        assert player.record.outcome is None

        await player.press("f")

        await player.has_ended()
        assert "at most" not in player.status_line


async def test_speed_keys_go_from_full_speed_down_and_back(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("minus")
        await player.reads("at most 30 it/s")
        await player.press("minus")
        await player.reads("at most 10 it/s")
        await player.press("plus")
        await player.reads("at most 30 it/s")
        await player.press("plus")
        await player.reads("at most 100 it/s")

        await player.press("equals_sign", "equals_sign")

        await player.until(lambda: "at most" not in player.status_line, "full speed")


async def test_a_speed_ends_with_its_step(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING.replace("200", "3"))) as player:
        await player.press("minus")
        await player.reads("at most 30 it/s")

        await player.run_step()

        await player.until(lambda: "at most" not in player.status_line, "the speed to end")
        await player.press("minus")
        await player.reads("at most 30 it/s")
