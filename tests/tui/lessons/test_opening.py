"""What is seen between the choice of a lesson and its player, and what keys mean in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import (
    HALVING,
    PATIENCE,
    press,
    settle,
    text_of,
    wait_for_list,
    wait_for_player,
    wait_for_text,
    write_lesson,
)
from textual.await_complete import AwaitComplete
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from engine.lesson.model import Lesson
from engine.reading import reader
from tui.app import TutorchApp
from tui.dialogs.message import MessageScreen
from tui.screens.opening import OpeningScreen

TWO = """
    # %% One
    a = 1
    # %% Two
    b = 2
"""

THREE = f"""{TWO}
    # %% Three
    c = 3
"""


@pytest.fixture
def may_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Lessons are read once this is set."""
    event, read = threading.Event(), reader.read_lesson

    def read_slowly(path: Path) -> Lesson:
        assert event.wait(PATIENCE)
        return read(path)

    monkeypatch.setattr("engine.reading.reader.read_lesson", read_slowly)
    yield event
    event.set()


def stands_opening(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, OpeningScreen)


async def test_a_lesson_given_at_the_start_is_opening_at_once(
    folder: Path, may_read: threading.Event
) -> None:
    lesson = write_lesson(folder, TWO)

    async with TutorchApp(folder, lesson).run_test() as pilot:
        await pilot.pause(0)

        assert stands_opening(pilot)
        assert "lesson.py: opening" in text_of(pilot)
        may_read.set()
        await wait_for_player(pilot)


async def test_keys_pressed_meanwhile_are_the_players_each_once_those_before_are_done(
    folder: Path, may_read: threading.Event
) -> None:
    lesson = write_lesson(folder, THREE)
    async with TutorchApp(folder, lesson).run_test() as pilot:
        # The third step is the one after that of the list's second row.
        await press(pilot, "t", "2", "enter", "n")
        may_read.set()

        player = await wait_for_player(pilot)

        await player.shows_step(2)


async def test_keys_pressed_while_the_player_is_put_up_come_after_those_pressed_before(
    folder: Path, may_read: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = write_lesson(folder, THREE)
    app = TutorchApp(folder, lesson)
    switch_screen = app.switch_screen

    def switch(screen: Screen[None]) -> AwaitComplete:
        switched = switch_screen(screen)
        app.post_message(Key("p", "p"))
        return switched

    monkeypatch.setattr(app, "switch_screen", switch)
    async with app.run_test() as pilot:
        await press(pilot, "n", "n")
        may_read.set()

        player = await wait_for_player(pilot)

        await player.shows_step(1)
        assert "This is the first step." not in text_of(pilot)


async def test_keys_pressed_meanwhile_do_not_close_what_says_why_it_cannot_be_read(
    folder: Path, may_read: threading.Event
) -> None:
    lesson = write_lesson(folder, "# ---\n# tutorch:\n#   titel: A\n# ---\n# %%\na = 1\n")
    async with TutorchApp(folder, lesson).run_test() as pilot:
        await press(pilot, "space")
        may_read.set()

        await wait_for_text(pilot, "This lesson cannot be read")
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)

        assert isinstance(pilot.app.screen, MessageScreen)


async def test_keys_pressed_before_a_file_is_asked_about_are_no_keys_of_its_player(
    folder: Path, tmp_path: Path, may_read: threading.Event
) -> None:
    theirs = tmp_path / "downloads"
    theirs.mkdir()
    lesson = write_lesson(theirs, TWO)
    async with TutorchApp(folder, lesson).run_test() as pilot:
        await press(pilot, "n")
        may_read.set()
        await wait_for_text(pilot, "May this file run?")
        await press(pilot, "y")

        player = await wait_for_player(pilot)
        await player.is_ready()

        assert player.playback.shown == 0


async def test_escape_goes_back_to_the_list_and_no_player_comes(
    folder: Path, may_read: threading.Event
) -> None:
    lesson = write_lesson(folder, HALVING)
    async with TutorchApp(folder, lesson).run_test() as pilot:
        await press(pilot, "escape")
        may_read.set()

        await wait_for_list(pilot)
        await pilot.app.workers.wait_for_complete()

        assert not stands_opening(pilot)
        await wait_for_list(pilot)
