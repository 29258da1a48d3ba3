"""Courses of others: a folder's list, its sections, and what was opened lately."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import (
    listed,
    press,
    text_of,
    wait_for_list,
    wait_for_player,
    wait_for_text,
    wait_until,
    write_lesson,
)
from listing import headed, write_three
from textual.pilot import Pilot

from tui.app import TutorchApp
from tui.lessons.lesson_list import LessonList


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of three lessons, two of them in a section."""
    course = tmp_path / "my_course"
    (course / "02_nets").mkdir(parents=True)
    write_lesson(course, headed("Tensors", "텐서", 10), "start.py")
    write_lesson(course / "02_nets", headed("Deep nets", "깊은 신경망", 10), "deep.py")
    write_lesson(course / "02_nets", headed("Wide nets", "넓은 신경망", 10), "wide.py")
    return course


@asynccontextmanager
async def opened_shelf(
    own: Path, *paths: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    app = TutorchApp(own, shelf=paths, trusts=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await wait_for_list(pilot)
        yield pilot


def titles(pilot: Pilot[None]) -> list[str]:
    return [text.split("\n")[0].strip().split("  ")[0] for text in listed(pilot)]


def marked(pilot: Pilot[None]) -> str:
    option = pilot.app.screen.query_one(LessonList).highlighted_option
    assert option is not None
    return str(option.prompt).strip().split("  ")[0]


async def presses(pilot: Pilot[None], keys: Sequence[str]) -> list[str]:
    seen = []
    for key in keys:
        await press(pilot, key)
        seen.append(marked(pilot))
    return seen


async def test_a_folder_is_a_course_with_its_sections(folder: Path, course: Path) -> None:
    async with opened_shelf(folder, course) as pilot:
        await wait_for_text(pilot, "my course")

        assert titles(pilot) == ["Tensors", "nets", "Deep nets", "Wide nets"]


async def test_the_keys_pass_over_the_names_of_sections(folder: Path, course: Path) -> None:
    async with opened_shelf(folder, course) as pilot:
        assert marked(pilot) == "Tensors"

        seen = await presses(pilot, ["j", "j", "j", "k", "k", "k", "pagedown", "pageup"])

        assert seen == [
            "Deep nets",
            "Wide nets",
            "Wide nets",
            "Deep nets",
            "Tensors",
            "Tensors",
            "Wide nets",
            "Tensors",
        ]


async def test_the_first_lesson_is_marked_though_a_section_stands_above_it(
    folder: Path, course: Path
) -> None:
    (course / "start.py").unlink()

    async with opened_shelf(folder, course) as pilot:
        assert marked(pilot) == "Deep nets"
        await press(pilot, "enter")

        player = await wait_for_player(pilot)
        assert player.playback.lesson.path.name == "deep.py"


async def test_a_filter_keeps_the_sections_of_what_it_finds(folder: Path, course: Path) -> None:
    async with opened_shelf(folder, course) as pilot:
        await press(pilot, "slash", *"wide")
        assert titles(pilot) == ["nets", "Wide nets"]
        await press(pilot, *[*("backspace",) * 4, *"tensors"])

        assert titles(pilot) == ["Tensors"]


async def test_a_lesson_in_a_section_is_played_and_marked_when_it_is_left(
    folder: Path, course: Path
) -> None:
    async with opened_shelf(folder, course) as pilot:
        await press(pilot, "j", "enter")
        player = await wait_for_player(pilot)
        assert player.playback.lesson.path == course / "02_nets" / "deep.py"
        await press(pilot, "escape")
        await wait_for_list(pilot)

        assert marked(pilot) == "Deep nets"


async def test_escape_leads_from_a_course_to_the_lessons_of_tutorch(
    folder: Path, course: Path
) -> None:
    write_three(folder)
    async with opened_shelf(folder, course) as pilot:
        await press(pilot, "slash", *"wide", "escape")
        assert len(titles(pilot)) == 4
        await press(pilot, "escape")

        await wait_for_text(pilot, "Softmax regression")


async def test_a_course_speaks_its_language_where_none_was_chosen(
    folder: Path, course: Path
) -> None:
    (course / "course.toml").write_text('title = {ko = "나의 강의"}\nlanguage = "ko"\n')

    async with opened_shelf(folder, course) as pilot:
        await wait_for_text(pilot, "나의 강의", "깊은 신경망")


async def test_a_course_leaves_the_language_that_was_chosen(folder: Path, course: Path) -> None:
    (course / "course.toml").write_text('language = "ko"\n')
    async with opened_shelf(folder, course) as pilot:
        await press(pilot, "ctrl+o")
        assert "Deep nets" in text_of(pilot)

    async with opened_shelf(folder, course) as pilot:
        await wait_for_text(pilot, "Deep nets")


async def test_a_mistake_in_the_course_file_is_on_the_screen(folder: Path, course: Path) -> None:
    (course / "course.toml").write_text('title = "Mine"\nordre = []\n')

    async with opened_shelf(folder, course) as pilot:
        await wait_for_text(pilot, "course.toml", "line 2: there is no key 'ordre' here")
        await wait_for_text(pilot, "Tensors")


async def test_several_files_are_listed(folder: Path, course: Path) -> None:
    async with opened_shelf(folder, course / "start.py", course / "02_nets/wide.py") as pilot:
        await wait_for_text(pilot, "start.py, wide.py")

        assert titles(pilot) == ["Tensors", "Wide nets"]


async def test_what_was_opened_lately_stands_under_the_lessons(folder: Path, course: Path) -> None:
    write_three(folder)
    async with opened_shelf(folder, course) as pilot:
        await press(pilot, "j", "enter")
        await wait_for_player(pilot)

    async with TutorchApp(folder).run_test(size=(80, 50)) as pilot:
        await wait_for_list(pilot)
        await wait_until(pilot, lambda: "Opened lately" in titles(pilot), "what was opened")

        assert titles(pilot)[-3:] == ["Opened lately", "Deep nets", "my course/"]
        assert all(text.startswith("   ") for text in listed(pilot)[-2:])
        assert not any(text.endswith("\n") for text in listed(pilot))
        assert titles(pilot)[0].startswith("Continue: Deep nets")


async def test_what_was_opened_is_listed_as_soon_as_it_is_left(folder: Path, course: Path) -> None:
    write_three(folder)
    async with opened_shelf(folder, course, size=(80, 50)) as pilot:
        await press(pilot, "enter")
        await wait_for_player(pilot)
        await press(pilot, "escape")
        await wait_for_list(pilot)
        await press(pilot, "escape")

        await wait_until(pilot, lambda: titles(pilot)[-2:] == ["Tensors", "my course/"], "both")


async def test_a_course_that_was_opened_lately_opens_again(folder: Path, course: Path) -> None:
    write_three(folder)
    async with opened_shelf(folder, course):
        pass

    async with TutorchApp(folder).run_test(size=(80, 50)) as pilot:
        await wait_for_list(pilot)
        await wait_until(pilot, lambda: "my course/" in titles(pilot), "what was opened")
        await press(pilot, "pagedown", "enter")

        await wait_until(pilot, lambda: "Wide nets" in titles(pilot), "the course")


async def test_what_is_gone_is_not_offered(folder: Path, course: Path) -> None:
    write_three(folder)
    async with opened_shelf(folder, course) as pilot:
        await press(pilot, "enter")
        await wait_for_player(pilot)
    (course / "start.py").unlink()

    async with TutorchApp(folder).run_test(size=(80, 50)) as pilot:
        await wait_for_list(pilot)
        await wait_until(pilot, lambda: "my course/" in titles(pilot), "what was opened")

        assert "Tensors" not in titles(pilot)[3:]


async def test_lessons_of_tutorch_are_not_among_what_was_opened_lately(folder: Path) -> None:
    write_three(folder)
    async with TutorchApp(folder).run_test(size=(80, 50)) as pilot:
        await wait_for_list(pilot)
        await press(pilot, "enter")
        await wait_for_player(pilot)
        await press(pilot, "escape")
        await wait_for_list(pilot)

        assert "Opened lately" not in titles(pilot)
