"""Every screen over the player says which keys it has, as the player itself does."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from driving import (
    HALVING,
    LESSON_0,
    opened,
    opened_list,
    press,
    wait_for_text,
    write_lesson,
)
from opening_tensors import LESSON as TENSORS
from opening_tensors import open_first
from textual.geometry import Size

from tui.dialogs.help import HelpScreen
from tui.dialogs.key_table import KeyTable
from tui.dialogs.message import MessageScreen
from tui.dialogs.steps import StepsScreen
from tui.dialogs.tensor import TensorScreen

# The key that opens each dialog, and what its help says of one of its keys.
DIALOGS = {
    "t": "Go to this step; typing",
    "T": "Show or hide this tensor;",
    "W": "Save it so",
    "B": "Go back into this run",
}


async def test_help_over_a_dialog_shows_the_keys_of_that_dialog(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (120, 40)) as player:
        await player.run_step()
        for (opens, sentence), key in product(DIALOGS.items(), ("question_mark", "f1")):
            await player.press(opens)
            dialog = player.pilot.app.screen

            await player.press(key)

            await player.reads("Keys", sentence)
            await player.press("escape")
            assert player.pilot.app.screen is dialog, opens
            await player.press("escape")
            assert player.pilot.app.screen is player.screen, opens


async def test_a_message_has_help_too(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        app = player.pilot.app
        await app.push_screen(MessageScreen("A title", "Some words", app.look))

        await player.press("question_mark")

        await player.reads("Keys", "Scroll down", "Close it")


async def test_an_opened_tensor_has_help_and_the_palette(folder: Path) -> None:
    async with opened(write_lesson(folder, TENSORS), (120, 50)) as player:
        await open_first(player)
        await player.reads("esc close", "? more")

        await player.press("question_mark")
        await player.reads("Keys", "A screen to the right", "Lay out other dimensions")
        await player.press("escape")

        await player.press("ctrl+p")
        await player.reads("Show what made it: grad_fn")
        await player.press("escape")
        assert isinstance(player.pilot.app.screen, TensorScreen)


async def test_the_key_of_the_help_closes_it_and_opens_no_other(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.press("question_mark")
        assert isinstance(player.pilot.app.screen, HelpScreen)

        await player.press("question_mark")

        assert player.pilot.app.screen is player.screen


async def test_the_help_is_laid_out_at_once_for_the_room_there_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: set[int] = set()
    measured = KeyTable.get_content_height

    def measure(table: KeyTable, container: Size, viewport: Size, width: int) -> int:
        widths.add(width)
        return measured(table, container, viewport, width)

    monkeypatch.setattr(KeyTable, "get_content_height", measure)
    async with opened_list(folder, (120, 40)) as pilot:
        await press(pilot, "question_mark")
        await wait_for_text(pilot, "Open the lesson")

    assert min(widths) > 100, widths


async def test_an_opened_tensor_follows_the_language(folder: Path) -> None:
    async with opened(write_lesson(folder, TENSORS)) as player:
        await open_first(player)
        await player.press("ctrl+o")

        await player.reads("값 7,200개  nan 0  inf 0", "esc 닫기")


async def test_typing_filters_the_steps() -> None:
    async with opened(LESSON_0) as player:
        title = player.playback.lesson.steps[2].title_in("en")
        await player.press("t", *(key_of(character) for character in title))

        await press(player.pilot, "enter")

        await player.shows_step(2)


async def test_a_number_finds_its_step_and_what_no_title_has_finds_none() -> None:
    async with opened(LESSON_0) as player:
        await player.press("t", *"zzz")
        await player.reads("No step has this in its title.")
        await player.press("enter")
        assert isinstance(player.pilot.app.screen, StepsScreen)

        await player.press(*["backspace"] * 3, "4", "enter")

        await player.shows_step(3)


def key_of(character: str) -> str:
    return {" ": "space", ",": "comma", ":": "colon", "'": "apostrophe", "-": "minus"}.get(
        character, character
    )
