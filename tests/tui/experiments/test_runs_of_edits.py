"""What comes of a run of an edit: no Python, an error, another run that is under way."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import opened, settle, text_of, write_lesson
from trying import (
    TRYING,
    go_to_falling,
    spoil,
    write_another_rate,
    write_at_the_end_of_the_first_line,
)

from engine.protocol.outcomes import Outcome


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, TRYING)


@pytest.mark.parametrize("key", ["f5", "space"])
async def test_what_is_no_python_is_said_at_its_line_and_nothing_runs(
    lesson: Path, key: str
) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await player.run_step()
        before = player.record
        await spoil(player)

        await player.press(key)

        await player.reads("SyntaxError: invalid syntax", "Nothing ran")
        assert player.record is before
        assert player.record.outcome is Outcome.DONE
        assert "left 1.0" in player.output


async def test_what_is_no_python_is_said_at_its_line_while_a_run_is_paused_too(
    lesson: Path,
) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await player.press("full_stop")
        await player.is_paused()
        await spoil(player)

        await player.press("f5")

        await player.reads("SyntaxError: invalid syntax", "Nothing ran")


async def test_after_what_is_no_python_the_editor_has_the_keys_and_writing_goes_on(
    lesson: Path,
) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await spoil(player)

        await player.press("f5")
        await player.reads("SyntaxError")
        assert player.screen.focused is player.editor
        await player.press("up", "end", "1")

        assert "SyntaxError" not in text_of(player.pilot)
        await player.run_step("f5")
        assert player.screen.focused is None


async def test_an_error_of_an_edit_stands_under_its_line(lesson: Path) -> None:
    async with opened(lesson, (120, 40)) as player:
        await go_to_falling(player)
        await write_at_the_end_of_the_first_line(player, "slash", "0")

        await player.press("space")
        await player.has_ended(Outcome.FAILED)

        lines = text_of(player.pilot).split("\n")
        broken = next(number for number, line in enumerate(lines) if "rate = 0.5/0" in line)
        assert "ZeroDivisionError: float division by zero" in lines[broken + 1]


async def test_where_an_edit_keeps_a_later_step_from_running_one_key_takes_it_back(
    lesson: Path,
) -> None:
    async with opened(lesson, (120, 40)) as player:
        await go_to_falling(player)
        await write_at_the_end_of_the_first_line(player, "slash", "0")
        await player.press("n", "c")
        await player.has_ended(Outcome.FAILED)
        await player.shows_step(1)
        await player.reads("X brings the lesson's code of step 2 back", "X lesson's code, on")

        await player.press("X", "X")

        await player.shows_step(2)
        await player.has_ended()
        assert "after 1.0" in player.output
        assert player.playback.works.of(1).edit is None


async def test_the_keys_are_the_players_again_as_soon_as_an_edit_has_a_run_to_watch(
    folder: Path,
) -> None:
    endless = '# %% Endless watch="cost"\ncost = 1.0\nwhile True:\n    cost = cost / 2\n'
    async with opened(write_lesson(folder, endless)) as player:
        await player.press("e", "end", "5", "f5")
        await player.until(lambda: player.screen.focused is None, "the keys")

        await player.press("space")

        await player.is_paused()
        assert player.playback.source.startswith("cost = 1.05\n")


async def test_a_line_marked_in_what_ran_is_not_marked_in_what_was_written_since(
    lesson: Path,
) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await player.press("full_stop")
        await player.is_at(1)
        await player.press("2")
        await player.reads("▶")

        await player.press("e", "enter", "escape")
        await settle(player.pilot)

        assert "▶" not in text_of(player.pilot)


async def test_what_is_changed_while_its_step_runs_is_for_the_next_run(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await player.press("full_stop")
        await player.is_at(1)

        await write_another_rate(player)
        await player.press("4", "space")
        await player.has_ended()
        await player.reads("left 1.0")

        await player.run_step()
        await player.reads("left 0.125")


async def test_a_function_that_was_changed_is_stepped_in_as_it_is_now(folder: Path) -> None:
    function = """
        # %% Function
        def twice(x):
            return 2 * x
        # %% Call
        y = twice(3)
        z = 1
    """
    async with opened(write_lesson(folder, function)) as player:
        await player.press("e", "down", "end", "space", "plus", "space", "1", "escape")
        await player.run_step()
        await player.press("n", "2", "right_square_bracket")
        await player.is_paused()

        await player.press("right_square_bracket")

        await player.reads("return 2 * x + 1")
