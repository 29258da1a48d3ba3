"""What the list of lessons tells of what was done in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import (
    HALVING,
    listed,
    opened,
    opened_list,
    press,
    text_of,
    wait_for_list,
    wait_for_player,
    wait_for_text,
    wait_until,
    write_lesson,
)
from listing import write_three
from textual.pilot import Pilot

from tui.lessons.lesson_list import CONTINUE, LessonList
from tui.lessons.screen import LessonsScreen


def marked(pilot: Pilot[None]) -> str | None:
    """The file of the lesson that is marked in the list."""
    option = pilot.app.screen.query_one(LessonList).highlighted_option
    return None if option is None else option.id


@pytest.fixture
def three(folder: Path) -> Path:
    return write_three(folder)


async def test_the_list_shows_how_far_each_lesson_is(counting: Path) -> None:
    write_lesson(counting.parent, HALVING, "never_opened.py")
    async with opened(counting) as player:
        await player.run_step()

    async with opened_list(counting.parent) as pilot:
        await wait_for_text(pilot, "The end  ▕██      ▏ 1/4")
        assert not any("/" in text for text in listed(pilot) if "never_opened" in text)


async def test_a_lesson_that_is_done_is_ticked(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.run_step()

    async with opened_list(folder) as pilot:
        await wait_for_text(pilot, "1/1 ✓")


async def test_a_lesson_that_is_done_has_no_tick_in_ascii(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.run_step()

    async with opened_list(folder, in_ascii=True) as pilot:
        await wait_for_text(pilot, "1/1")
        assert "✓" not in text_of(pilot)


async def test_the_list_is_up_to_date_when_the_learner_goes_back_to_it(counting: Path) -> None:
    async with opened_list(counting.parent) as pilot:
        await press(pilot, "enter")
        player = await wait_for_player(pilot)
        await player.is_ready()
        await player.run_step()

        await player.press("escape")

        await wait_until(pilot, lambda: isinstance(pilot.app.screen, LessonsScreen), "the list")
        await wait_for_text(pilot, "1/4")


async def test_the_list_offers_the_lesson_of_the_last_time_first(counting: Path) -> None:
    for name in ("a.py", "z.py"):
        write_lesson(counting.parent, HALVING, name)
    async with opened(counting):
        pass

    async with opened_list(counting.parent) as pilot:
        assert marked(pilot) == CONTINUE
        assert listed(pilot)[0] == "Continue: The end, step 1"


async def test_the_first_row_continues_where_the_learner_was(folder: Path) -> None:
    write_lesson(folder, HALVING, "05_first.py")
    write_lesson(folder, "# %% One\n1\n# %% Two\n2\n", "06_second.py")
    async with opened_list(folder) as pilot:
        await press(pilot, "j", "enter")
        player = await wait_for_player(pilot)
        await player.press("n")
        await player.shows_step(1)

    async with opened_list(folder) as pilot:
        assert listed(pilot)[0] == "Continue: lesson 6, step 2"
        await press(pilot, "enter")

        player = await wait_for_player(pilot)
        assert player.playback.lesson.path.name == "06_second.py"
        await player.shows_step(1)


async def test_the_lesson_just_left_is_marked(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "j", "j", "enter")
        await wait_for_player(pilot)
        await press(pilot, "escape")
        await wait_for_list(pilot)

        option = pilot.app.screen.query_one(LessonList).highlighted_option

        assert option is not None
        assert option.id == str(three / "03_softmax.py")


async def test_nothing_is_continued_before_a_lesson_was_played(three: Path) -> None:
    async with opened_list(three) as pilot:
        assert "Continue" not in text_of(pilot)
