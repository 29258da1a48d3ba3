"""Dialogs over the player and the list: whose keys are named, and what is still said."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import (
    ENDLESS,
    HALVING,
    LESSON_0,
    opened,
    opened_list,
    press,
    text_of,
    wait_for_text,
    write_lesson,
)
from reaching import EXERCISE


@pytest.fixture
def halving(folder: Path) -> Path:
    return write_lesson(folder, HALVING)


@pytest.mark.parametrize(
    ("key", "title"), [("T", "Tensors to show"), ("t", "Steps"), ("question_mark", "Keys")]
)
async def test_under_a_dialog_no_key_of_the_player_is_named(
    halving: Path, key: str, title: str
) -> None:
    async with opened(halving) as player:
        await player.reads("space run")

        await player.press(key)

        await player.reads(title, "esc closes")
        await player.until(lambda: "space run" not in text_of(player.pilot), "the bar to be empty")
        await player.press("escape")
        await player.reads("space run")


async def test_the_palette_over_the_player_leaves_the_bar_empty(halving: Path) -> None:
    async with opened(halving) as player:
        await player.press("ctrl+p")

        await player.until(lambda: "? more" not in text_of(player.pilot), "the bar to be empty")


async def test_under_a_dialog_no_key_of_the_list_is_named(folder: Path) -> None:
    async with opened_list(folder) as pilot:
        await press(pilot, "question_mark")

        assert "/ filter  ^o" not in text_of(pilot)
        await press(pilot, "escape")
        assert "/ filter  ^o" in text_of(pilot)


async def test_space_goes_to_a_step_as_enter_does() -> None:
    async with opened(LESSON_0) as player:
        await player.press("t", "down", "space")

        await player.shows_step(1)


async def test_the_help_of_the_player_explains_the_marks_of_the_steps(halving: Path) -> None:
    async with opened(halving, (120, 150)) as player:
        await player.press("question_mark")

        await player.reads(
            "Marks",
            "○          A step that has not run",
            "◔          A step that runs or is paused",
            "●          A step that has run to its end",
            "◎          A step run another time",
            "◐          A step that was stopped",
            "✗          A step that failed",
            "◇          An exercise to be solved",
            "•          A pane with something new in it",
        )


async def test_a_mark_is_found_in_the_help_by_what_it_means(halving: Path) -> None:
    async with opened(halving) as player:
        await player.press("question_mark", "slash", *"solved")

        await player.reads("◇             An exercise to be solved")


async def test_what_asks_for_a_key_once_more_goes_with_the_answer(folder: Path) -> None:
    async with opened(write_lesson(folder, EXERCISE)) as player:
        await player.press("v")
        await player.reads("v once more shows the solution.")

        await player.press("v")

        await player.until(
            lambda: "once more shows" not in text_of(player.pilot), "the question to go"
        )
        assert player.playback.work.solution_shown


async def test_the_solution_of_one_step_is_not_shown_for_a_key_in_another(folder: Path) -> None:
    second = EXERCISE.partition("# ---\n    # %%")[2]
    lesson = write_lesson(folder, f"{EXERCISE}\n    # %%{second}")
    async with opened(lesson) as player:
        await player.press("v", "n", "n", "v")

        assert player.playback.step.exercise is not None
        assert not player.playback.work.solution_shown


async def test_the_same_words_are_said_once(halving: Path) -> None:
    async with opened(halving, (120, 40)) as player:
        await player.press("p", "p", "p")

        await player.reads("This is the first step.")
        assert text_of(player.pilot).count("This is the first step.") == 1


async def test_what_the_list_says_does_not_follow_into_a_lesson(halving: Path) -> None:
    async with opened_list(halving.parent) as pilot:
        await press(pilot, "escape")
        await wait_for_text(pilot, "All lessons are shown; q leaves.")

        await press(pilot, "enter")

        await wait_for_text(pilot, "space run")
        assert "All lessons are shown" not in text_of(pilot)


async def test_what_is_said_while_training_covers_neither_loops_nor_keys(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS), (80, 24)) as player:
        await player.press("space")
        await player.reads("space pause", "it/s")

        await player.press("f")

        await player.reads("This is full speed.", "space pause", "it/s")
        assert (
            "This is full speed."
            in text_of(player.pilot).split("\n")[player.panes.region.bottom - 1]
        )
