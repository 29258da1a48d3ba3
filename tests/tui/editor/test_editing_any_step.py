"""Any step's code is the learner's to change: written, run, compared, kept and brought back."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from driving import SIZES, opened, opened_list, settle, text_of, wait_for_text, write_lesson
from trying import EDIT, EDITED, OWN, TRYING, go_to_falling, write_another_rate

from tui.dialogs.difference import DifferenceScreen
from tui.dialogs.help import HelpScreen


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, TRYING)


async def test_a_step_that_is_no_exercise_is_written_in_and_run(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await player.run_step()
        before = player.record

        await player.press("e", "end", "backspace", "2", "5", "f5")
        await player.until(lambda: player.record is not before, "the step to begin")
        await player.has_ended()

        await player.reads("newest, at 3", "left 0.125", "Your code ran")
        assert player.screen.focused is None


async def test_the_curve_is_of_what_was_written(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await write_another_rate(player)

        await player.run_step()
        await player.press("3")

        await player.reads("newest, at 3", "cost 0.125")


async def test_a_run_of_an_edit_begins_before_its_step_and_repeats_none(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await player.run_step()

        await write_another_rate(player)
        await player.run_step("f5")
        await player.run_step("f5")

        await player.reads("left 0.125")
        assert lesson.with_name("counter").read_text() == "."


async def test_the_steps_after_an_edit_go_on_from_what_it_left(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await write_another_rate(player)
        await player.run_step()

        await player.press("n")
        await player.shows_step(2)
        await player.run_step()

        await player.press("4")
        await player.reads("after 0.125")


async def test_one_key_twice_brings_the_lessons_code_back_and_undo_the_edit(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await write_another_rate(player)

        await player.press("x")
        await player.reads("What you wrote would go")
        assert player.playback.source == EDIT
        await player.press("x")
        assert player.playback.source == OWN
        await player.reads("rate = 0.5")

        await player.press("e", "ctrl+z")
        assert player.playback.source == EDIT


async def test_the_lessons_code_runs_again_once_it_is_back(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await write_another_rate(player)
        await player.run_step()

        await player.press("x", "x")
        await player.run_step()

        await player.press("4")
        await player.reads("left 1.0")
        assert "Your code ran" not in text_of(player.pilot)


async def test_an_edit_of_another_day_is_there_is_seen_and_runs(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await write_another_rate(player)

    async with opened(lesson) as player:
        assert EDITED in player.status_line
        await player.press("2")
        await player.reads("rate = 0.25", "edited, kept")
        await player.run_step()

        await player.press("4")
        await player.reads("left 0.125")


async def test_the_lines_that_were_changed_have_a_sign_in_the_code(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await write_another_rate(player)

        await player.press("2")

        await player.reads("▎rate = 0.25", " cost = start")
        assert "▎cost" not in text_of(player.pilot)


async def test_a_step_that_was_changed_has_its_own_mark_until_its_code_is_back(
    lesson: Path,
) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        assert EDITED not in player.status_line

        await write_another_rate(player)
        await player.until(lambda: EDITED in player.status_line, "the mark")
        await player.press("t")
        await player.reads(f"{EDITED}  2  Falling")
        await player.press("escape", "x", "x")

        await player.until(lambda: EDITED not in player.status_line, "the mark to go")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_edit_is_shown_against_the_lessons_code(
    lesson: Path, size: tuple[int, int]
) -> None:
    async with opened(lesson, size) as player:
        await go_to_falling(player)
        await player.press("d")
        await player.reads("This is the lesson's code")
        await write_another_rate(player)

        await player.press("d")

        await player.reads("Your edit against the lesson's code", "- rate = 0.5", "+ rate = 0.25")
        await player.press("escape")
        assert not isinstance(player.pilot.app.screen, DifferenceScreen)


async def test_the_learners_own_editor_writes_in_any_step(
    lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "editor.py"
    program.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.write_text(path.read_text().replace('0.5', '0.25'))\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(program)]))
    async with opened(lesson) as player:
        await go_to_falling(player)
        monkeypatch.setattr(player.pilot.app, "suspend", nullcontext)

        await player.press("E")

        await player.reads("rate = 0.25", "edited, kept")
        assert player.playback.source.rstrip() == EDIT


async def test_a_changed_step_is_no_exercise(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await write_another_rate(player)

        await player.press("i")
        await player.reads("This step is no exercise.")
        player.pilot.app.clear_notifications()
        await player.press("v")
        await player.reads("This step is no exercise.")

        await player.run_step()
        assert 1 in player.playback.bookmark.done


async def test_the_list_counts_a_changed_step_that_has_run_as_done(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await write_another_rate(player)
        await player.run_step()

    async with opened_list(lesson.parent) as pilot:
        await wait_for_text(pilot, "2/3")


async def test_it_can_be_found_in_bar_palette_and_help(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await player.reads("e edit")

        await player.press("ctrl+p", *"write in the code")
        await player.reads("Write in the code")
        await player.press("escape", "2", "question_mark")

        await player.until(lambda: isinstance(player.pilot.app.screen, HelpScreen), "the help")
        await player.reads("Code and exercises", "Bring the code back as it was")


async def test_a_step_without_code_says_so(folder: Path) -> None:
    text = "# %% One\na = 1\n# %% [markdown]\n# ## The end\n# That is all.\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("n")
        await player.shows_step(1)

        await player.press("e")

        await player.reads("This step has no code.")
        assert player.screen.focused is None


async def test_the_editor_stays_while_another_window_has_the_keys(lesson: Path) -> None:
    async with opened(lesson) as player:
        await go_to_falling(player)
        await player.press("e")
        app = player.pilot.app

        app.app_focus = False
        await settle(player.pilot)
        app.app_focus = True
        await settle(player.pilot)
        await player.press("1")

        assert player.playback.source == f"1{OWN}"


async def test_it_is_all_said_in_korean_too(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    async with opened(lesson, (120, 40)) as player:
        await go_to_falling(player)
        await player.press("d")
        await player.reads("레슨 코드 그대로입니다.")
        await write_another_rate(player)
        await player.reads("편집함, 저장됨")
        await player.run_step()
        await player.reads("편집한 코드를 실행했습니다.")

        await player.press("d")

        await player.reads("레슨 코드와 달라진 곳")
