"""Questions in the text: asked before the run that answers them, and answered or left."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import CHOICE, PREDICTIONS
from driving import SIZES, opened, text_of, write_lesson


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_question_stands_at_the_end_of_the_text_before_any_key(
    folder: Path, size: tuple[int, int]
) -> None:
    async with opened(write_lesson(folder, CHOICE), size) as player:
        await player.reads("Adding", "What is 1 + 1?", "1  하나", "2  둘")

        assert not player.is_asked


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_run_gives_its_question_the_keys_with_text_and_code_in_sight(
    folder: Path, size: tuple[int, int]
) -> None:
    async with opened(write_lesson(folder, CHOICE), size) as player:
        await player.press("space")
        await player.until(lambda: player.is_asked, "the question")

        await player.reads("Adding", "What is 1 + 1?", "print(1 + 1)", "enter answer")
        assert player.record.outcome is None


async def test_a_question_comes_into_sight_where_the_text_is_longer_than_the_screen(
    folder: Path,
) -> None:
    long = CHOICE.replace("# ## Adding", "# ## Adding\n" + "    #\n    # Many words.\n" * 30)
    async with opened(write_lesson(folder, long)) as player:
        assert "What is 1 + 1?" not in text_of(player.pilot)
        await player.press("2", "space")

        await player.reads("Many words.", "What is 1 + 1?", "2  둘")


async def test_run_asks_first_and_runs_after_the_answer(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.press("space")
        await player.answer("2")

        await player.has_ended()
        await player.reads("✓ Right. One and one more.")
        # Who answers by a number may press enter too.
        await player.press("enter")
        await player.reads("Enter opens a tensor in its pane, 5")


async def test_a_choice_is_made_by_arrows_and_enter(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.press("space")
        await player.answer("down", "enter")

        await player.has_ended()
        assert player.playback.work.answers == {0: 1}


async def test_a_choice_is_made_by_mouse_alone(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.click("space run")
        await player.until(lambda: player.is_asked, "the question")
        await player.click("둘")

        await player.has_ended()
        assert player.playback.work.answers == {0: 1}


async def test_a_question_may_be_answered_before_the_run_and_is_not_asked_by_it(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.click("둘")
        await player.reads("You said: 둘. The run will tell.")
        assert player.record.outcome is None
        assert not player.is_asked

        await player.press("space")

        await player.has_ended()
        await player.reads("✓ Right.")


async def test_a_key_gives_a_question_the_keys_without_a_run_and_once_more_to_change_the_answer(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.press("A")
        await player.answer("1")

        await player.reads("You said: 하나. The run will tell.")
        assert not player.is_asked
        assert player.record.outcome is None

        await player.press("A")
        await player.answer("2")
        await player.reads("You said: 둘.")
        assert player.playback.work.answers == {0: 1}


@pytest.mark.parametrize("key", ["space", "f5"])
async def test_a_question_once_skipped_is_asked_again_by_its_own_key_only(
    folder: Path, key: str
) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.press("space")
        await player.answer("escape")
        await player.has_ended()
        assert player.playback.work.answers == {}
        first = player.record

        await player.press(key)

        await player.until(lambda: player.record is not first, "another run")
        await player.has_ended()
        assert not player.is_asked

        await player.press("A")
        await player.until(lambda: player.is_asked, "the question")


async def test_a_skipped_question_is_asked_again_when_the_lesson_is_opened_again(
    folder: Path,
) -> None:
    lesson = write_lesson(folder, CHOICE)
    async with opened(lesson) as player:
        await player.press("space")
        await player.answer("escape")
        await player.has_ended()

    async with opened(lesson) as player:
        await player.press("space")

        await player.until(lambda: player.is_asked, "the question once more")


async def test_turning_the_page_leaves_the_question_and_runs_nothing(folder: Path) -> None:
    text = CHOICE + "\n    # %% After\n    after = 1\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("space")
        await player.until(lambda: player.is_asked, "the question")

        await player.press("n")

        await player.shows_step(1)
        assert not player.is_asked
        assert player.playback.outcomes == [None, None]


async def test_a_question_that_was_answered_is_not_asked_again(folder: Path) -> None:
    lesson = write_lesson(folder, CHOICE)
    async with opened(lesson) as player:
        await player.press("space")
        await player.answer("2")
        await player.has_ended()

    async with opened(lesson) as player:
        await player.press("4", "space")

        await player.has_ended()
        assert not player.is_asked


async def test_one_iteration_asks_first_too(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("full_stop")

        await player.reads("What will the cost be?")
        await player.skip_questions()
        await player.is_at(1)

        await player.press("A")
        await player.reads("Its question can be answered once this run has ended")


async def test_what_is_no_number_is_said(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("space")
        await player.answer("e", "enter")

        await player.reads("'e' is no number; write one such as 0.5 or 1e-3")
        assert player.record.outcome is None
