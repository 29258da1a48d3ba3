"""Searching in the active pane: what is lit, counted and brought into sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Player, opened, settle, text_of, write_lesson
from rich.color import Color
from rich.segment import Segment
from textual.widgets import Input

from tui.rendering.palette import DARK

WORDS = """
    # ---
    # tutorch:
    #   title: Words
    # ---

    # %% [markdown]
    # The **cost** falls. Costs 비용 fall.
    #
    # - Cost again
    #
    # ```python
    # cost = 1
    # ```
    # %% Words
    cost = 64.0  # Cost
    for line in range(100):
        print(f"line {line} 비용 " + "far " * 30 + "end")
"""


async def search(player: Player, *letters: str) -> None:
    await player.press("slash")
    await player.until(lambda: isinstance(player.pilot.app.focused, Input), "the field to type in")
    await player.press(*letters)


def grounds(player: Player, colour: str) -> list[str]:
    """The texts on the screen that stand on a ground of this colour."""
    strips = player.screen._compositor.render_strips()
    return [
        segment.text
        for strip in strips
        for segment in strip
        if _ground(segment) == Color.parse(colour).get_truecolor()
    ]


def _ground(segment: Segment) -> object:
    style = segment.style
    return style.bgcolor.get_truecolor() if style is not None and style.bgcolor else None


def lit(player: Player) -> list[str]:
    return grounds(player, DARK.warning)


def found(player: Player) -> list[str]:
    return grounds(player, DARK.accent)


async def test_prose_is_searched_in_all_its_parts(folder: Path) -> None:
    async with opened(write_lesson(folder, WORDS)) as player:
        await search(player, *"cost")

        await player.reads("1 of 4")
        assert found(player) == ["cost"]
        assert lit(player) == ["Cost", "Cost", "cost"]


async def test_a_capital_letter_is_meant(folder: Path) -> None:
    async with opened(write_lesson(folder, WORDS)) as player:
        await search(player, *"Cost")

        await player.reads("1 of 2")


async def test_enter_and_f3_go_on_and_with_shift_back(folder: Path) -> None:
    async with opened(write_lesson(folder, WORDS)) as player:
        await search(player, *"cost")

        await player.press("enter")
        await player.reads("2 of 4")
        await player.press("f3")
        await player.reads("3 of 4")
        await player.press("shift+enter")
        await player.reads("2 of 4")
        await player.press("shift+f3", "shift+f3")

        await player.reads("4 of 4")


async def test_escape_puts_the_lights_out_and_the_keys_are_the_players(folder: Path) -> None:
    async with opened(write_lesson(folder, WORDS)) as player:
        await search(player, *"cost")
        await player.reads("1 of 4")

        await player.press("escape")

        assert "of 4" not in text_of(player.pilot)
        assert lit(player) == found(player) == []
        await player.press("2")
        assert player.panes.active == "code"


async def test_code_is_searched_without_its_numbers(folder: Path) -> None:
    async with opened(write_lesson(folder, WORDS)) as player:
        await player.press("2")
        await search(player, *"64")

        await player.reads("1 of 1")
        assert found(player) == ["64"]


@pytest.fixture
def written(folder: Path) -> Path:
    return write_lesson(folder, WORDS)


async def test_output_is_searched_from_where_the_reader_is(written: Path) -> None:
    async with opened(written) as player:
        await player.press("4")
        await player.run_step()
        player.panes.output.scroll_to(y=0, animate=False)
        await settle(player.pilot)

        await search(player, *"비용")
        await player.reads("1 of 100")
        await player.press("backspace", "backspace", *"line 70")

        await player.reads("1 of 1", "line 70 비용")
        assert found(player) == ["line 70"]


async def test_words_that_are_broken_between_two_rows_are_found_and_lit(written: Path) -> None:
    async with opened(written) as player:
        await player.press("4")
        await player.run_step()
        first = "line 99 비용 " + "far " * 30 + "end"

        await search(player)
        player.screen.query_one("#finder Input", Input).value = first

        await player.reads("1 of 1")
        assert "".join(found(player)).split() == first.split()
        assert len(found(player)) > 1


async def test_where_it_was_found_is_still_in_sight_once_the_field_is_closed(
    written: Path,
) -> None:
    async with opened(written) as player:
        await player.press("4")
        await player.run_step()
        await search(player, *"line 7 ")
        await player.reads("line 7 비용")

        await player.press("escape")

        await player.reads("line 7 비용")


async def test_the_pane_that_is_chosen_meanwhile_is_searched(written: Path) -> None:
    async with opened(written, (120, 40)) as player:
        await search(player, *"cost")
        await player.reads("1 of 4")

        await player.pilot.click(player.panes.code)

        await player.reads("1 of 2")


async def test_output_that_comes_meanwhile_is_counted(folder: Path) -> None:
    text = "# %%\nfor line in range(9):\n    print('line', line)\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("4", "full_stop")
        await player.is_paused()
        await search(player, *"line")
        await player.reads("1 of 1")

        player.playback.session.resume()

        await player.reads("1 of 9")


async def test_what_is_not_there_is_said(folder: Path) -> None:
    async with opened(write_lesson(folder, WORDS)) as player:
        await search(player, *"loss")

        await player.reads("not found")


async def test_a_curve_has_no_words_to_search(folder: Path) -> None:
    lesson = '# %% watch="cost"\ncost = 1\nfor step in range(3):\n    cost = cost / 2\n'
    async with opened(write_lesson(folder, lesson)) as player:
        await player.press("3", "slash")

        await player.reads("Text, code, output and tensors")
        assert player.pilot.app.focused is None


async def test_in_an_exercise_the_keys_come_back_to_the_player(folder: Path) -> None:
    exercise = """
        # ---
        # tutorch:
        #   title: Found
        # ---
        # %% Found tags=["exercise"]
        cost = 1
        # %% tags=["solution"]
        cost = 2
        # %% tags=["check"]
        assert cost
    """
    async with opened(write_lesson(folder, exercise)) as player:
        await player.press("2")
        await search(player, *"cost")
        await player.reads("1 of 1")

        await player.press("escape")

        assert player.pilot.app.focused is None
