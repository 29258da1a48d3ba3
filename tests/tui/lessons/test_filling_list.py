"""The list of lessons while its folder is still being read."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import (
    PATIENCE,
    listed,
    press,
    settle,
    text_of,
    wait_for_player,
    wait_for_text,
    wait_until,
)
from listing import write_three
from textual.pilot import Pilot

from engine.courses.folders import Entry, list_lessons
from tui.app import TutorchApp
from tui.lessons.lesson_list import LessonList
from tui.lessons.screen import LessonsScreen


class Shelf:
    """Stands in for a folder that is read slowly: a test lets it go on, lesson by lesson."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._allowed = threading.Semaphore(0)

    def iterate(self, _paths: Sequence[Path]) -> Iterator[Entry]:
        for entry in list_lessons(self.folder):
            assert self._allowed.acquire(timeout=PATIENCE)
            yield entry

    def hand_out(self, lessons: int) -> None:
        self._allowed.release(lessons)


@pytest.fixture
def shelf(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Three lessons, none of which has been read."""
    shelf = Shelf(write_three(folder))
    monkeypatch.setattr("tui.lessons.batches.iter_lessons", shelf.iterate)
    monkeypatch.setattr("tui.lessons.batches._SECONDS_TO_FIRST", 0.0)
    monkeypatch.setattr("tui.lessons.batches._SECONDS_BETWEEN", 0.0)
    return shelf


@asynccontextmanager
async def filling(shelf: Shelf) -> AsyncIterator[Pilot[None]]:
    """The app with a list that is not complete."""
    async with TutorchApp(shelf.folder).run_test(notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, LessonsScreen), "the list")
        await settle(pilot)
        yield pilot
    # The event loop does not close before the thread that reads has ended.
    shelf.hand_out(3)


async def lists(pilot: Pilot[None], count: int) -> None:
    await wait_until(pilot, lambda: len(listed(pilot)) == count, f"{count} lessons")


async def test_lessons_are_listed_as_they_are_read(shelf: Shelf) -> None:
    async with filling(shelf) as pilot:
        assert listed(pilot) == []
        shelf.hand_out(2)
        await lists(pilot, 2)
        shelf.hand_out(1)

        await lists(pilot, 3)


async def test_a_lesson_is_opened_while_others_are_read(shelf: Shelf) -> None:
    async with filling(shelf) as pilot:
        shelf.hand_out(1)
        await lists(pilot, 1)

        await press(pilot, "enter")

        player = await wait_for_player(pilot)
        assert player.playback.lesson.path.name == "01_tensors.py"


async def test_the_marked_lesson_stays_marked_while_others_are_read(shelf: Shelf) -> None:
    async with filling(shelf) as pilot:
        shelf.hand_out(2)
        await lists(pilot, 2)
        await press(pilot, "down")
        shelf.hand_out(1)
        await lists(pilot, 3)

        assert pilot.app.screen.query_one(LessonList).highlighted == 1


async def test_the_filter_holds_for_what_is_read_after_it(shelf: Shelf) -> None:
    async with filling(shelf) as pilot:
        shelf.hand_out(1)
        await lists(pilot, 1)
        await press(pilot, "slash")
        await press(pilot, *"soft")
        assert listed(pilot) == []
        assert "No lesson has" not in text_of(pilot)
        shelf.hand_out(2)

        await lists(pilot, 1)
        assert "Softmax" in listed(pilot)[0]


async def test_nothing_found_is_said_once_all_is_read(shelf: Shelf) -> None:
    async with filling(shelf) as pilot:
        await press(pilot, "slash")
        await press(pilot, *"zebra")
        shelf.hand_out(3)

        await wait_for_text(pilot, "No lesson has “zebra”")


async def test_the_list_can_be_left_while_it_is_read(shelf: Shelf) -> None:
    async with filling(shelf) as pilot:
        await press(pilot, "q")

        assert pilot.app._exit
