"""What is written in an exercise: how it is kept, taken back, and written in another editor."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from driving import SIZES, opened, text_of, write_lesson
from exercising import DOUBLE, is_judged, write

from tui.terminal.external_editor import NoEditor, edited_outside


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, DOUBLE)


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
