"""What is asked once before it happens, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import HALVING, opened, write_lesson

from tui.keys.second_thoughts import SecondThoughts


def test_the_same_key_again_is_the_answer_yes() -> None:
    thoughts = SecondThoughts()

    assert not thoughts.are_none("restart", 1.0)
    assert thoughts.are_none("restart", 2.0)
    assert not thoughts.are_none("restart", 3.0)


def test_another_key_is_no_answer() -> None:
    thoughts = SecondThoughts()
    thoughts.are_none("restart", 1.0)

    assert not thoughts.are_none("solution", 2.0)
    assert not thoughts.are_none("restart", 3.0)


def test_a_key_long_after_the_question_is_asked_again() -> None:
    thoughts = SecondThoughts()
    thoughts.are_none("restart", 1.0)

    assert not thoughts.are_none("restart", 60.0)


@pytest.mark.parametrize("key", ["r", "R"])
async def test_much_work_goes_only_when_its_key_is_pressed_twice(folder: Path, key: str) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.run_step()
        done = player.record
        done.seconds = 12.0

        await player.press(key)

        assert player.record is done
        (asked,) = player.pilot.app._notifications
        assert asked.message == f"12 s of work in all steps would go: {key} once more."

        await player.press(key)

        await player.until(lambda: player.record is not done, "the step to be begun again")


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_training_that_has_gone_on_for_long_ends_only_when_its_key_is_pressed_twice(
    folder: Path, key: str
) -> None:
    two = HALVING + "    # %% Endless\n    while True:\n        cost = 1.0\n"
    async with opened(write_lesson(folder, two)) as player:
        await player.run_step()
        player.record.seconds = 12.0
        await player.press("n", "space")
        await player.until(lambda: player.playback.running == 1, "the endless step")

        await player.press(key)
        await player.reads("s of work in all steps: q once more.")
        assert player.pilot.app.is_running

        await player.press(key)
        await player.until(lambda: not player.pilot.app.is_running, "the app to end")


async def test_the_player_is_left_unasked_where_nothing_runs(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.run_step()
        player.record.seconds = 12.0

        await player.press("q")

        await player.until(lambda: not player.pilot.app.is_running, "the app to end")


async def test_little_work_goes_unasked(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.run_step()
        done = player.record

        await player.press("r")

        await player.until(lambda: player.record is not done, "the step to be begun again")
        assert not player.pilot.app._notifications
