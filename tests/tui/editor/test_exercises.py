"""Exercises in the player: written, run and judged, and what helps with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import opened, text_of, write_lesson
from exercising import DOUBLE, is_judged, write
from textual.widgets._toast import Toast

from engine.protocol.outcomes import Outcome
from tui.dialogs.difference import DifferenceScreen
from tui.foot.loop_bars import LoopBars
from tui.rendering.difference import changed_lines

WITHOUT_TEXT = """
    # ---
    # tutorch:
    #   title: No text
    # ---
    # %% tags=["exercise"]
    a = 0
    # %% tags=["solution"]
    a = 1
    # %% tags=["check"]
    assert a == 1
"""


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, DOUBLE)


async def test_what_is_typed_is_run_and_judged(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, "+3")

        await player.press("f5")

        await is_judged(player)
        await player.reads("Every check passes.")
        assert player.playback.work.passed


async def test_the_starter_fails_in_the_words_of_its_check(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("f5")

        await is_judged(player)
        await player.reads("6이어야 하는데 3입니다")


async def test_an_exercise_is_done_when_its_checks_pass_and_not_before(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("f5")
        await is_judged(player)
        await player.until(lambda: "◇○" in player.status_line, "the mark of an open exercise")
        done_in_vain = set(player.playback.bookmark.done)
        await player.until(lambda: player.pilot.app.focused is player.editor, "the keys")
        await player.press("end", *"+3")

        await player.press("f5")

        await player.until(lambda: "●○" in player.status_line, "the mark of a solved exercise")
        assert 0 in player.playback.bookmark.done
        assert not done_in_vain


async def test_ctrl_enter_runs_too_while_typing(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, "+3")

        await player.press("ctrl+enter")

        await is_judged(player)
        assert player.playback.source == "doubled = 3+3"


async def test_an_exercise_is_done_by_mouse_and_typing(lesson: Path) -> None:
    async with opened(lesson, (120, 40)) as player:
        await player.click("doubled = 3")
        await player.press("end")
        await player.press(*"*2")

        await player.click("f5 run")

        await is_judged(player)
        await player.reads("Every check passes.")


async def test_letters_are_text_while_typing_and_keys_after_escape(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, " #qn")
        assert player.playback.source == "doubled = 3 #qn"

        await player.press("escape", "n")

        await player.shows_step(1)


async def test_later_steps_run_after_what_was_written(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, "9")
        await player.press("escape", "n", "4")

        await player.run_step()

        await player.reads("after 39")


async def test_an_error_points_into_the_learners_lines(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("e", "end", "enter", "enter", *"틀림")
        await player.press("f5")

        await player.has_ended(Outcome.FAILED)

        first = player.playback.step.cell
        assert first is not None
        assert player.record.error_line == first.line + 2
        assert "    틀림" in player.output


async def test_a_hint_that_there_is_not_makes_no_room_for_an_empty_text(folder: Path) -> None:
    async with opened(write_lesson(folder, WITHOUT_TEXT)) as player:
        await player.press("i")

        await player.reads("There are no more hints.")
        assert "prose" not in player.panes.names


async def test_hints_come_one_at_a_time(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("i")
        await player.reads("Hint 1 of 2", "Think of a sum.")
        assert "3 + 3" not in text_of(player.pilot)

        await player.press("i")
        await player.reads("Hint 2 of 2", "It is 3 + 3.")
        await player.press("i")

        await player.reads("There are no more hints.")

        loops = player.screen.query_one(LoopBars)
        said = player.screen.query_one(Toast)
        await player.until(lambda: said.region.bottom == loops.region.bottom, "an empty row for it")
        await player.press("4")
        await player.until(lambda: not player.pilot.app._notifications, "what was read to go")


async def test_a_long_solution_is_shown_from_its_first_line(folder: Path) -> None:
    lines = "\n    ".join(f"line_{number} = {number}" for number in range(60))
    solution = f"doubled = 3 * 2\n    {lines}"
    lesson = write_lesson(folder, DOUBLE.replace("doubled = 3 * 2", solution))
    async with opened(lesson) as player:
        await player.press("v", "v")

        await player.reads("doubled = 3 * 2")
        assert "line_0 = 0" in text_of(player.pilot)
        assert "line_59" not in text_of(player.pilot)


async def test_the_solution_is_shown_once_asked_and_remembered(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("v")
        assert not player.playback.work.solution_shown
        (asked,) = player.pilot.app._notifications
        assert asked.message == "v once more shows the solution."

        await player.press("v")
        await player.reads("Solution", "doubled = 3 * 2")

    async with opened(lesson) as player:
        assert player.playback.work.solution_shown
        await player.reads("doubled = 3 * 2")


async def test_the_difference_to_the_starter_is_shown(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("d")
        await player.reads("This is the starter")
        await write(player, "+3")

        await player.press("escape", "d")

        assert isinstance(player.pilot.app.screen, DifferenceScreen)
        await player.reads("- doubled = 3", "+ doubled = 3+3")


def test_a_difference_keeps_the_lines_that_are_the_same() -> None:
    assert changed_lines("one\n  둘\n", "one\n  셋\n") == ["  one", "-   둘", "+   셋", " "]
