"""Numbers in the code that the learner turns in a pause, and in a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from dialled import ENDLESS, OPTIMIZERS, TRAINING, choose, is_told, paused, value_of
from driving import (
    LESSON_0,
    LESSONS,
    TENSOR_TRAINING,
    opened,
    write_lesson,
)

from engine.protocol.places import Place
from engine.protocol.status import Status
from tui.player.standing import changes_in_run


async def test_in_a_pause_the_value_changes_with_the_code(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press("number_sign", "right_curly_bracket")

        await is_told(player, "0.5 → 1.0: the run has it from iteration 2 on")
        assert await value_of(player, "rate") == "1.0"
        assert "rate = 1.0" in player.playback.source
        assert "rate 0.5 → 1.0  at iteration 1" in player.record.output.lines
        await player.reads("▶")
        await player.press("full_stop")
        await player.is_at(2)
        assert await value_of(player, "cost") == "32.0"


async def test_in_a_run_the_value_changes_at_the_next_iteration_and_the_run_goes_on(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, ENDLESS), (120, 40)) as player:
        await player.press("space")
        await player.is_running()

        await player.press("number_sign", "right_curly_bracket")

        await is_told(player, "0.1 → 0.2: the run has it from iteration")
        assert player.playback.status is Status.RUNNING
        await player.reads("cost 0.200000")
        (change,) = changes_in_run(player.playback)
        # Of quick turns the last one counts.
        await player.press(*["right_curly_bracket"] * 4)
        await player.reads("cost 5.000000")
        assert "rate = 5.0" in player.playback.source
        assert changes_in_run(player.playback)[-1].after == "5.0"
        await player.press("space")
        await player.is_paused()
        series = player.record.frame
        assert series is not None
        assert change.place.position < series.position


async def test_the_curve_is_marked_where_a_change_was_asked_for(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press(*["full_stop"] * 4)
        await player.is_at(5)
        assert await value_of(player, "rate = 0.25") == ""
        await player.press(*["full_stop"] * 4)
        await player.is_at(9)

        assert "┊rate=0.25" in player.curve


async def test_what_is_asked_and_changes_nothing_is_not_marked(folder: Path) -> None:
    async with paused(folder) as player:
        await value_of(player, "rate")

        assert changes_in_run(player.playback) == ()


async def test_gone_back_before_a_change_it_is_no_more_of_the_run(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press(*["full_stop"] * 4)
        await player.is_at(5)
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it from iteration 6 on")
        await player.press("full_stop")
        await player.is_at(6)

        await player.press("comma", "comma")
        await player.is_at(4)
        assert await value_of(player, "cost") == "4.0"
        await player.press("comma")
        await player.is_at(3)

        assert changes_in_run(player.playback) == ()
        assert await value_of(player, "rate") == "0.5"
        await player.press("left_curly_bracket")
        await is_told(player, "0.5 → 0.5")


async def test_the_curve_is_marked_where_a_number_was_turned_also_once_it_is_gone_to_again(
    folder: Path,
) -> None:
    async with paused(folder) as player:
        await player.press(*["full_stop"] * 4)
        await player.is_at(5)
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it from iteration 6 on")
        await player.press(*["full_stop"] * 4)
        await player.is_at(9)
        assert "┊rate 0.5→1.0" in player.curve

        player.playback.session.go_to(Place(0, True, 3))
        await player.is_at(3)
        assert "┊" not in player.curve

        player.playback.session.go_to(Place(0, True, 8))
        await player.is_at(8)

        assert await value_of(player, "rate") == "1.0"
        assert "┊rate 0.5→1.0" in player.curve


async def test_a_run_that_is_gone_into_brings_its_code_to_the_dials(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING), (120, 40)) as player:
        await player.run_step()
        first = player.playback.session.run
        await player.press("number_sign", "left_curly_bracket")
        await player.run_step()

        player.playback.session.go_to(Place(0, True, 3), first)
        await player.is_at(3)
        await player.reads("rate = 0.5")
        await player.press("number_sign", "right_curly_bracket")

        await is_told(player, "0.5 → 1.0: the run has it from iteration 4 on")
        assert player.playback.source.startswith("rate = 1.0\ncost = 64.0\n")


async def test_a_step_after_goes_on_from_the_turned_run_and_the_next_run_is_of_the_turned_code(
    folder: Path,
) -> None:
    async with paused(folder) as player:
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it")
        await player.press("space")
        await player.has_ended()
        await player.press("n")
        await player.shows_step(1)
        await player.run_step()

        assert "after 32.0" in player.record.output.lines
        await player.press("p")
        await player.shows_step(0)
        await player.run_step()
        assert "left 64.0" in player.record.output.lines
        assert changes_in_run(player.playback) == ()


async def test_a_name_that_several_optimizers_were_given_changes_in_all(folder: Path) -> None:
    async with paused(folder, OPTIMIZERS) as player:
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "0.1 → 0.2: the run has it")

        entries = '[one.param_groups[0]["lr"] for one in (sgd, adam, fixed)], lr'
        assert await value_of(player, entries) == "([0.2, 0.2, 0.003], 0.2)"


async def test_one_of_adams_betas_is_turned(folder: Path) -> None:
    async with paused(folder, OPTIMIZERS) as player:
        await choose(player, "0.9")
        await player.press("right_curly_bracket")
        await is_told(player, "0.9 → 0.95: the run has it")

        assert await value_of(player, 'adam.param_groups[0]["betas"]') == "(0.95, 0.999)"


async def test_what_has_another_value_by_now_stays_and_that_is_said(folder: Path) -> None:
    async with paused(folder, OPTIMIZERS) as player:
        await choose(player, "0.3")
        await player.press("right_curly_bracket")

        await is_told(player, "The run has [0.003] here by now")
        assert await value_of(player, 'fixed.param_groups[0]["lr"]') == "0.003"
        assert "lr=0.5" in player.playback.source
        assert changes_in_run(player.playback) == ()


@pytest.mark.parametrize("text", ["0.25", "200"])
async def test_what_no_value_has_counts_from_the_next_run_on(folder: Path, text: str) -> None:
    async with paused(folder, OPTIMIZERS) as player:
        await choose(player, text)
        await player.press("right_curly_bracket")

        await is_told(player, "This run keeps the number that it began with: it counts from")
        assert changes_in_run(player.playback) == ()
        assert player.playback.work.edit is not None


# In the lessons


async def test_the_rate_of_lesson_0_is_turned_while_it_trains(state_home: Path) -> None:
    async with opened(LESSON_0, (120, 40)) as player:
        for _ in range(TENSOR_TRAINING):
            await player.press("n")
        await player.shows_step(TENSOR_TRAINING)
        await player.press("full_stop")
        await player.skip_questions()
        await player.is_at(1)

        await player.press("number_sign", "left_curly_bracket")

        await is_told(player, "1e-5 → 5e-6: the run has it from iteration 2 on")
        assert await value_of(player, 'optimizer.param_groups[0]["lr"]') == "5e-06"


async def test_the_rate_of_lesson_5_is_turned_while_it_trains(state_home: Path) -> None:
    async with opened(LESSONS / "05_optimizers.py", (120, 40)) as player:
        await player.press("n")
        await player.shows_step(1)
        await player.press("full_stop")
        await player.skip_questions()
        await player.is_at(1)

        await player.press("number_sign", "0", "full_stop", "1", "1", "enter")

        await is_told(player, "0.09 → 0.11: the run has it from iteration 2 on")
        assert await value_of(player, 'optimizer.param_groups[0]["lr"]') == "0.11"
