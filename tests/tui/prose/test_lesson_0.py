"""Lesson 0 from the list to its end, as each of a keyboard and a mouse can play it alone."""

from __future__ import annotations

import pytest
from driving import (
    LESSON_0,
    LESSONS,
    TENSOR_TRAINING,
    Player,
    click_on,
    opened,
    opened_list,
    text_of,
    wait_for_player,
)

from engine.protocol.outcomes import Outcome
from tui.widgets.strip_pane import StripPane

GOLDEN = (
    "Epoch 100/100 hypothesis: tensor([152.7695, 183.6982, 180.9592, 197.0628, 140.1332])"
    " Cost: 1.564298"
)
TITLE = "Gradient descent and linear regression"


def golden_prints(player: Player) -> int:
    """How often the output pane shows the golden line, wherever the pane broke it."""
    return "".join(player.output.split()).count("".join(GOLDEN.split()))


async def test_lesson_0_is_played_to_its_end_by_keyboard_alone() -> None:
    async with opened_list(LESSONS, (120, 40)) as pilot:
        await pilot.press("enter")
        player = await wait_for_player(pilot)
        await player.is_ready()

        for index in range(len(player.playback.lesson.steps) - 1):
            await player.shows_step(index)
            await player.press("4", "space")
            while player.is_asked:
                is_number = "a number, then enter" in text_of(pilot)
                await player.press(*(("1", "enter") if is_number else ("1",)))
            await player.has_ended()
            if index == TENSOR_TRAINING:
                await player.until(lambda: golden_prints(player) == 1, "the golden line, once")
            await player.press("n")

        await player.shows_step(len(player.playback.lesson.steps) - 1)
        await player.press("1")
        await player.reads("What you have learnt")
        assert set(player.playback.outcomes[:-1]) == {Outcome.DONE}


async def test_lesson_0_is_played_to_its_end_by_mouse_alone() -> None:
    async with opened_list(LESSONS) as pilot:
        await click_on(pilot, TITLE)
        player = await wait_for_player(pilot)
        await player.is_ready()

        for index in range(len(player.playback.lesson.steps) - 1):
            await player.shows_step(index)
            await player.click("4 Output")
            await player.click("f5 run" if player.playback.step.exercise else "space run")
            while player.is_asked:
                is_number = "a number, then enter" in text_of(pilot)
                await player.click("esc skip" if is_number else "› 1  ")
            await player.has_ended()
            if index == TENSOR_TRAINING:
                await player.until(lambda: golden_prints(player) == 1, "the golden line, once")
            if player.playback.step.exercise:
                await player.click("esc done")
            await player.click("n next")

        await player.click("1 Text")
        await player.reads("What you have learnt")
        assert set(player.playback.outcomes[:-1]) == {Outcome.DONE}


async def test_run_all_runs_every_step_of_lesson_0() -> None:
    async with opened(LESSON_0) as player:
        await player.press("a")
        last = len(player.playback.lesson.steps) - 2
        await player.until(
            lambda: player.playback.record_of(last).outcome is not None, "the last step with code"
        )

        await player.is_ready()

        assert player.playback.outcomes == [Outcome.DONE] * (last + 2)
        assert GOLDEN in player.playback.record_of(TENSOR_TRAINING).output.lines


async def test_a_wide_terminal_shows_all_six_panes_at_once() -> None:
    async with opened(LESSON_0, (200, 60)) as player:
        for _ in range(TENSOR_TRAINING):
            await player.press("n")

        await player.run_step()

        await player.reads(
            "Training with plain tensors",
            "hypothesis = x_train.matmul(W) + b",
            "newest, at 100  cost 1.564298",
            "Epoch 90/100 hypothesis",
            "W  [3, 1]  requires_grad",
            "cost 1.56",
        )


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=str)
async def test_a_pane_has_a_scrollbar_only_where_not_all_of_it_is_in_sight(
    size: tuple[int, int],
) -> None:
    async with opened(LESSON_0, size) as player:
        await player.press(*["n"] * TENSOR_TRAINING, "full_stop")
        await player.skip_questions()
        await player.is_at(1)

        for key in "23456":
            await player.press(key)
            await player.fills_its_panes()
            shown = [pane for pane in player.panes.query(StripPane) if pane.display]
            barred = {pane.id: pane.show_vertical_scrollbar for pane in shown}

            assert barred == {
                pane.id: pane.virtual_size.height > pane.size.height for pane in shown
            }


async def test_restarting_the_training_gives_the_golden_numbers_once_more() -> None:
    async with opened(LESSON_0) as player:
        for _ in range(TENSOR_TRAINING):
            await player.press("n")
        await player.press("4")
        await player.run_step()

        await player.run_step("r")

        assert golden_prints(player) == 1


async def test_a_step_that_draws_shows_its_drawing_of_this_very_iteration() -> None:
    async with opened(LESSON_0) as player:
        await player.press("n", "n", "6", "full_stop")
        await player.skip_questions()
        await player.is_at(1)
        first = player.pane("view").text

        await player.press("full_stop")
        await player.is_at(2)

        assert "epoch 1: from w = -1.500" in first
        assert "epoch 2: from w = " in player.pane("view").text
