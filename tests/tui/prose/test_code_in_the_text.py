"""Code in the text, as the solution is: all of it can be read, taken along and found."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Player, opened, text_of, write_lesson
from reaching import EXERCISE

from tui.prose.code_fence import CodeText

LONG = "doubled = sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, -165])"
LESSON = EXERCISE.replace("doubled = 6\n", f"{LONG}\n", 1)


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, LESSON)


async def shows_solution(player: Player) -> CodeText:
    await player.press("v", "v")
    await player.reads("Solution", "doubled = sum")
    return player.panes.prose.query_one("#help CodeText", CodeText)


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_a_line_that_is_too_long_goes_on_in_the_next_row(lesson: Path, width: int) -> None:
    async with opened(lesson, (width, 40)) as player:
        await shows_solution(player)

        await player.reads("-165])", "    ↪ " if width < 120 else "↪ ")
        shown = "".join(text_of(player.pilot).split())
        assert all(f"{number}," in shown for number in range(1, 20))


async def test_what_is_selected_of_it_is_not_broken(lesson: Path) -> None:
    async with opened(lesson, (60, 40)) as player:
        code = await shows_solution(player)
        await player.pilot.mouse_down(code, offset=(0, 0))
        await player.pilot.hover(code, offset=(50, 3))
        await player.pilot.mouse_up(code, offset=(50, 3))

        selected = player.screen.get_selected_text()

        assert selected is not None
        assert LONG in selected


async def test_words_of_a_further_row_are_found(lesson: Path) -> None:
    async with opened(lesson, (60, 40)) as player:
        code = await shows_solution(player)
        column = LONG.index("-165")

        await player.press("1", "slash", *"-165")

        await player.reads("1 of 1")
        assert code.row_of(column) >= 1
