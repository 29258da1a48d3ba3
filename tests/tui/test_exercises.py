"""Exercises in the player: written, run, judged, compared, helped with, and kept."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from driving import Player, opened, settle, text_of, write_lesson

from engine.protocol.events import Outcome
from tui.screens.difference import DifferenceScreen, changed_lines
from tui.terminal.external_editor import NoEditor, edited_outside
from tui.widgets.status_bar import StatusBar

DOUBLE = """
    # ---
    # tutorch:
    #   title: Twice
    # ---

    # %% [markdown]
    # ## Twice
    # Make it twice as much.

    # %% Twice tags=["exercise"]
    doubled = 3

    # %% [markdown] tags=["hint"]
    # Think of a sum.

    # %% [markdown] tags=["hint"]
    # It is `3 + 3`.

    # %% tags=["solution"]
    doubled = 3 * 2

    # %% tags=["check"]
    assert doubled == 6, f"6이어야 하는데 {doubled}입니다"

    # %% After
    print("after", doubled)
"""
TWO_CHECKS = """
    # ---
    # tutorch:
    #   title: Two checks
    # ---

    # %% Twice tags=["exercise"]
    doubled = 3

    # %% tags=["solution"]
    doubled = 3 * 2

    # %% tags=["check"]
    assert doubled == 6, f"doubled must be 6, which is 3 and 3; yours is {doubled}"
    assert doubled > 0, "doubled must be above 0"

    # %% After
    print("after", doubled)

    # %% Later
    print("later", doubled)
"""
SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, DOUBLE)


async def write(player: Player, text: str) -> None:
    """Type at the end of the only line."""
    await player.press("e", "end")
    await player.press(*text)


async def is_judged(player: Player) -> None:
    await player.until(lambda: player.record.attempt is not None, "a verdict")
    await player.is_ready()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_is_typed_is_run_and_judged(lesson: Path, size: tuple[int, int]) -> None:
    async with opened(lesson, size) as player:
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


async def test_hints_come_one_at_a_time(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("i")
        await player.reads("Hint 1 of 2", "Think of a sum.")
        assert "3 + 3" not in text_of(player.pilot)

        await player.press("i")
        await player.reads("Hint 2 of 2", "It is 3 + 3.")
        await player.press("i")

        await player.reads("There are no more hints.")


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


async def test_one_key_twice_brings_the_starter_back_and_undo_the_edit(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, "+3")
        await player.press("escape", "x")
        assert player.playback.work.edit is not None
        await player.press("x")
        assert player.playback.work.edit is None
        await player.reads("doubled = 3")

        await player.press("e", "ctrl+z")

        assert player.playback.source == "doubled = 3+3"


async def test_an_edit_survives_leaving_the_app(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, "+3")

    async with opened(lesson) as player:
        await player.press("2")
        await player.reads("doubled = 3+3")
        await player.press("f5")

        await is_judged(player)
        await player.reads("Every check passes.")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_was_written_is_said_to_be_kept(lesson: Path, size: tuple[int, int]) -> None:
    async with opened(lesson, size) as player:
        await player.press("2")
        untouched = text_of(player.pilot)
        await write(player, "+3")

        await player.reads("doubled = 3+3", "kept")
        assert "kept" not in untouched


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_was_written_and_cannot_be_kept_is_not_said_to_be(
    lesson: Path, state_home: Path, size: tuple[int, int]
) -> None:
    (state_home / "tutorch").write_text("a file where the folder should be", encoding="utf-8")
    async with opened(lesson, size) as player:
        await write(player, "+3")

        await player.reads("doubled = 3+3")
        assert " kept " not in text_of(player.pilot).replace("is kept now", "")


async def test_an_undone_edit_is_no_edit_to_keep(lesson: Path) -> None:
    async with opened(lesson) as player:
        await write(player, "9")
        await player.reads("kept")

        await player.press("ctrl+z")

        await player.until(lambda: "kept" not in text_of(player.pilot), "the word to go")
        assert player.playback.work.edit is None


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_while_the_editor_has_the_keys_the_bar_says_how_to_take_them_back(
    lesson: Path, size: tuple[int, int]
) -> None:
    async with opened(lesson, size) as player:
        await player.reads("e edit")
        await player.press("e")
        await player.reads("esc done")
        assert "e edit" not in text_of(player.pilot)

        await player.click("esc done")

        await player.reads("e edit")
        assert player.screen.focused is None


async def test_the_keys_of_exercises_stand_in_the_bar_of_an_exercise_only(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.reads("i hint")

        await player.press("n")
        await player.shows_step(1)

        assert "i hint" not in text_of(player.pilot)
        await player.press("i")
        await player.reads("This step is no exercise.")


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An editor that puts `+3` after what it is given."""
    program = tmp_path / "editor.py"
    program.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.write_text(path.read_text().rstrip() + '+3\\n')\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(program)]))


@pytest.mark.usefixtures("outside")
async def test_the_learners_own_editor_writes_too(
    lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(lesson) as player:
        monkeypatch.setattr(player.pilot.app, "suspend", nullcontext)

        await player.press("E")

        await player.reads("doubled = 3+3")
        assert player.playback.source == "doubled = 3+3"


@pytest.mark.parametrize(
    ("editor", "reason"),
    [("", "EDITOR is not set"), ("no-such-editor", "did not edit"), ("false", "did not edit")],
)
def test_an_editor_that_does_not_work_is_said(
    monkeypatch: pytest.MonkeyPatch, editor: str, reason: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)

    with pytest.raises(NoEditor, match=reason):
        edited_outside("doubled = 3")


async def test_nothing_but_the_edit_key_moves_the_focus_into_the_editor(lesson: Path) -> None:
    async with opened(lesson, size=(80, 24)) as player:
        await player.press("2", "1", "2", "question_mark", "escape", "2")
        focused_before = player.screen.focused
        await player.press("e")

        assert focused_before is None
        assert player.screen.focused is player.editor


# What came of the checks


@pytest.fixture
def two_checks(folder: Path) -> Path:
    return write_lesson(folder, TWO_CHECKS)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_check_is_listed_beside_the_code(
    two_checks: Path, size: tuple[int, int]
) -> None:
    async with opened(two_checks, size) as player:
        await player.press("f5")
        await is_judged(player)
        await player.until(lambda: player.pilot.app.focused is player.editor, "the keys")

        await player.reads("✗ doubled must be 6", "✓ doubled must be above 0", "doubled = 3")


async def test_how_many_checks_hold_stands_in_red_in_the_status(two_checks: Path) -> None:
    async with opened(two_checks) as player:
        await player.press("f5")
        await is_judged(player)
        await player.until(lambda: "✗ 1 of 2 checks" in player.status_line, "the count")

        (strip,) = player.screen.query_one(StatusBar)._strips
        counted = next(part for part in strip if "1 of 2 checks" in part.text)
        assert counted.style is not None
        assert counted.style.color is not None
        assert counted.style.color.get_truecolor().hex == player.pilot.app.look.palette.bad


async def test_ascii_tells_checks_apart_too(two_checks: Path) -> None:
    async with opened(two_checks, in_ascii=True) as player:
        await player.press("f5")
        await is_judged(player)

        await player.reads("x 1 of 2 checks", "x doubled must be 6", "+ doubled must be above 0")


async def test_korean_counts_the_checks(two_checks: Path) -> None:
    async with opened(two_checks) as player:
        await player.press("ctrl+o", "f5")
        await is_judged(player)

        await player.reads("✗ 검사 2개 중 1개 통과")


async def test_all_checks_that_pass_are_listed_and_counted(two_checks: Path) -> None:
    async with opened(two_checks, (120, 40)) as player:
        await write(player, "+3")
        await player.press("f5")
        await is_judged(player)

        await player.reads("✓ 2 of 2 checks", "✓ doubled must be 6, which is 3 and 3")
        await player.reads("✓ Every check passes. n goes on")


async def test_joy_takes_no_room_and_no_keys_and_ends(two_checks: Path) -> None:
    async with opened(two_checks, (120, 40)) as player:
        pane, status = player.panes.exercise, player.screen.query_one(StatusBar)
        before = [pane.region, pane.content_region, status.region]

        pane.celebrate()
        status.celebrate()
        await settle(player.pilot)

        assert [pane.region, pane.content_region, status.region] == before
        assert player.screen.focused is None
        await player.until(lambda: status.sweep == 1 and not pane.has_class("-solved"), "its end")


async def test_without_animations_joy_stands_still(two_checks: Path) -> None:
    async with opened(two_checks) as player:
        player.pilot.app.animation_level = "none"
        pane, status = player.panes.exercise, player.screen.query_one(StatusBar)

        pane.celebrate()
        status.celebrate()

        assert not pane.has_class("-solved")
        await player.until(lambda: status.sweep == 1, "no light")


async def raise_in_the_first_step(player: Player) -> None:
    """Write what raises, and run the last step, which comes after it."""
    await write(player, "+oops")
    await player.press("escape", "n", "n")
    await player.shows_step(2)
    await player.press("space")
    await player.has_ended(Outcome.FAILED)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_step_that_cannot_run_names_the_one_before_it_that_raised(
    two_checks: Path, size: tuple[int, int]
) -> None:
    async with opened(two_checks, size) as player:
        await raise_in_the_first_step(player)

        await player.shows_step(0)
        await player.reads("Step 3 has not run: step 1 comes before it, and", "NameError")
        await player.reads("X brings the starter of step 1 back", "X starter, on")


async def test_a_key_brings_the_starter_back_and_runs_the_step_that_was_wanted(
    two_checks: Path,
) -> None:
    async with opened(two_checks) as player:
        await raise_in_the_first_step(player)

        await player.press("X")
        assert player.playback.work.edit is not None
        await player.press("X")

        await player.shows_step(2)
        await player.has_ended()
        assert player.playback.work_of(0).edit is None
        await player.reads("later 3")


async def test_a_step_that_raises_on_its_own_keeps_nothing_from_running(two_checks: Path) -> None:
    async with opened(two_checks) as player:
        await write(player, "+oops")
        await player.press("f5")
        await player.has_ended(Outcome.FAILED)
        await player.press("escape", "X")

        await player.reads("No step waits for this one.")
        assert "has not run" not in text_of(player.pilot)
