"""Keys act in the order in which they are typed, also many at once, whatever each of them means."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from driving import opened, opened_list, settle, write_lesson
from emulation import Screen
from real_terminal import RealApp
from textual.pilot import Pilot
from textual.widgets import Input

from tui.dialogs.help import HelpScreen
from tui.lessons.filter_input import FilterInput
from tui.lessons.screen import LessonsScreen
from tui.terminal.typed import KeyParser

EXERCISE = """
    # ---
    # tutorch:
    #   title: Rates
    # ---

    # %% [markdown]
    # ## Rate
    # Choose one.

    # %% Rate tags=["exercise"]
    rate = 1

    # %% [markdown] tags=["hint"]
    # Any.

    # %% tags=["solution"]
    rate = 2

    # %% tags=["check"]
    assert rate

    # %% After
    print("after", rate)
"""
DRAWN = """
    # ---
    # tutorch:
    #   title: Drawn
    # ---

    # %% Canvas canvas="digit"
    import torch
    digit = torch.zeros(8, 8)
"""
BACKSPACE, ESCAPE, ENTER, CTRL_F = "\x7f", "\x1b", "\r", "\x06"
END, LEFT, RIGHT = "\x1b[F", "\x1b[D", "\x1b[C"


async def burst(pilot: Pilot[None], typed: str, pause: float = 0.0) -> None:
    """Type through the parser that reads a terminal, `pause` seconds between two keys."""
    driver = pilot.app._driver
    assert driver is not None
    parser = KeyParser()
    for message in [*parser.feed(typed), *parser.feed("")]:
        driver.process_message(message)
        if pause:
            await asyncio.sleep(pause)
    await settle(pilot)


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, EXERCISE)


@pytest.mark.parametrize("pause", [0.0, 0.005, 0.02])
async def test_text_and_deletions_keep_their_order(lesson: Path, pause: float) -> None:
    async with opened(lesson) as player:
        await player.press("e", "end")

        await burst(player.pilot, "3e-5abcd" + BACKSPACE * 4 + "wxyz", pause)

        assert player.playback.source == "rate = 13e-5wxyz"


@pytest.mark.parametrize("pause", [0.0, 0.005, 0.02])
def test_a_real_terminal_may_send_keys_as_fast_as_it_likes(lesson: Path, pause: float) -> None:
    with RealApp(lesson, columns=80, rows=24) as app:
        app.reads("1/2")
        screen = Screen(80, 24)

        for key in ["e", END, *"3e-5abcd", *BACKSPACE * 4, *"wxyz", ESCAPE]:
            app.press(key)
            time.sleep(pause)

        def shows_it() -> bool:
            nonlocal screen
            screen = Screen(80, 24)
            screen.feed(app.output)
            return "rate = 13e-5wxyz" in screen.text

        app.wait_until(shows_it)


async def test_the_key_that_opens_the_editor_is_not_overtaken(lesson: Path) -> None:
    async with opened(lesson) as player:
        await burst(player.pilot, "e" + END + "aqn")

        assert player.playback.source == "rate = 1aqn"


async def test_moving_and_korean_text_keep_their_order(lesson: Path) -> None:
    async with opened(lesson) as player:
        await burst(player.pilot, "e" + END + "  # 학율" + LEFT + "습" + END + BACKSPACE + "률")

        assert player.playback.source == "rate = 1  # 학습률"


async def test_what_is_found_is_typed_over(lesson: Path) -> None:
    async with opened(lesson) as player:
        await burst(player.pilot, "e" + CTRL_F + "raxx" + BACKSPACE * 2 + "te" + ESCAPE + "x")

        assert player.playback.source == "x = 1"


async def test_the_field_to_find_in_closes_before_the_next_key(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("e", "ctrl+f", *"rate")

        await burst(player.pilot, ESCAPE + "xy")

        assert player.playback.source == "xy = 1"


async def test_alt_goes_by_words_in_the_editor_and_is_escape_elsewhere(lesson: Path) -> None:
    async with opened(lesson) as player:
        playback = player.playback

        await burst(player.pilot, "e" + END + ESCAPE + "b0" + ESCAPE * 2 + "b")

        assert playback.source == "rate = 01"
        assert isinstance(player.pilot.app.screen, LessonsScreen)


async def test_typing_filters_before_the_next_key_moves(folder: Path) -> None:
    for name in ("adam", "linear", "logistic", "softmax"):
        write_lesson(folder, f"# %% [markdown]\n# # {name}\n# %% One\na = 1\n", f"{name}.py")
    async with opened_list(folder) as pilot:
        await burst(pilot, "/xx" + BACKSPACE * 2 + "li")

        assert pilot.app.screen.query_one(FilterInput).value == "li"


async def test_a_filter_that_was_left_takes_commands(folder: Path) -> None:
    write_lesson(folder, "# %% One\na = 1\n")
    async with opened_list(folder) as pilot:
        await burst(pilot, "/x" + ESCAPE + "?")

        assert isinstance(pilot.app.screen, HelpScreen)


async def test_a_search_in_the_help_takes_all_that_follows_its_key(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("question_mark")

        await burst(player.pilot, "/curve")

        assert player.pilot.app.screen.query_one(Input).value == "curve"


async def test_the_pen_moves_as_it_is_told(folder: Path) -> None:
    async with opened(write_lesson(folder, DRAWN)) as player:
        await player.run_step()

        await burst(player.pilot, "b " + RIGHT * 2 + " " + RIGHT + ESCAPE + "n")

        pixels = player.panes.canvas.pixels
        assert pixels is not None
        assert (pixels > 0.9).sum(1).max() == 3
        assert player.screen.focused is None
