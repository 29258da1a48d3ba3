"""A file that did not come with tutorch runs when the learner has said that it may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import (
    press,
    text_of,
    wait_for_list,
    wait_for_player,
    wait_for_text,
    wait_until,
    write_lesson,
)
from listing import write_three
from textual.pilot import Pilot

from tui.app import TutorchApp
from tui.dialogs.trust import TrustScreen
from tui.lessons.screen import LessonsScreen

RUN = "ran.txt"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A script of somebody else's, which leaves a file behind where it runs."""
    elsewhere = tmp_path / "downloads"
    elsewhere.mkdir()
    return write_lesson(
        elsewhere,
        f"""
        # %% Only
        import os.path
        from subprocess import run
        open({str(elsewhere / RUN)!r}, "w").close()
        print("it has " + "run")
        """,
        "theirs.py",
    )


@asynccontextmanager
async def asked(
    own: Path, lesson: Path, size: tuple[int, int] = (80, 24), **options: bool
) -> AsyncIterator[Pilot[None]]:
    """The app with a lesson, when it asks whether that may run."""
    async with TutorchApp(own, lesson, **options).run_test(size=size, notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TrustScreen), "the question")
        await wait_for_text(pilot, "Imports")
        yield pilot


async def runs(pilot: Pilot[None]) -> None:
    player = await wait_for_player(pilot)
    await player.is_ready()
    await press(pilot, "space")
    await wait_for_text(pilot, "it has run")


async def test_the_question_says_what_the_file_is_and_what_it_imports(
    folder: Path, theirs: Path
) -> None:
    async with asked(folder, theirs) as pilot:
        shown = text_of(pilot)

    assert "May this file run?" in shown
    assert "theirs.py" in shown
    assert "lines: 5, steps: 1" in shown
    assert "os, subprocess" in shown


async def test_it_asks_in_korean_too(
    folder: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    async with TutorchApp(folder, theirs).run_test(size=(60, 20)) as pilot:
        await wait_for_text(pilot, "이 파일을 실행할까요?", "아직 한 줄도")


async def test_y_lets_it_run_and_it_is_not_asked_again(folder: Path, theirs: Path) -> None:
    async with asked(folder, theirs) as pilot:
        await press(pilot, "y")
        await runs(pilot)

    async with TutorchApp(folder, theirs).run_test(size=(80, 24)) as pilot:
        await runs(pilot)


@pytest.mark.parametrize("key", ["escape", "n", "q"])
async def test_other_answers_leave_it_unrun(folder: Path, theirs: Path, key: str) -> None:
    write_three(folder)
    async with asked(folder, theirs) as pilot:
        await press(pilot, key)
        await wait_for_list(pilot)
        assert isinstance(pilot.app.screen, LessonsScreen)

    assert not (theirs.parent / RUN).exists()
    async with asked(folder, theirs):
        pass


async def test_enter_and_space_are_no_answers(folder: Path, theirs: Path) -> None:
    async with asked(folder, theirs) as pilot:
        await press(pilot, "enter", "space", "enter")

        assert isinstance(pilot.app.screen, TrustScreen)


async def test_its_help_names_its_keys_and_is_no_answer(folder: Path, theirs: Path) -> None:
    async with asked(folder, theirs, size=(120, 40)) as pilot:
        await press(pilot, "question_mark")
        await wait_for_text(pilot, "Let the file run", "Leave it unrun", "Scroll down")

        await press(pilot, "escape")

        assert isinstance(pilot.app.screen, TrustScreen)


async def test_a_changed_file_asks_again(folder: Path, theirs: Path) -> None:
    async with asked(folder, theirs) as pilot:
        await press(pilot, "y")
        await wait_for_player(pilot)
    theirs.write_text(theirs.read_text().replace("run", "walk"))

    async with asked(folder, theirs) as pilot:
        assert "May this file run?" in text_of(pilot)


async def test_a_lesson_of_tutorch_plays_at_once(folder: Path) -> None:
    write_three(folder)
    async with TutorchApp(folder, folder / "01_tensors.py").run_test() as pilot:
        await wait_for_player(pilot)


async def test_trust_asks_nothing(folder: Path, theirs: Path) -> None:
    async with TutorchApp(folder, theirs, trusts=True).run_test(size=(80, 24)) as pilot:
        await runs(pilot)


async def test_a_long_question_scrolls_on_a_small_screen(folder: Path, theirs: Path) -> None:
    names = ["json", "math", "random", "socket", "statistics", "string", "textwrap", "urllib"] * 3
    imports = "\n".join(f"import {name}{number}" for number, name in enumerate(names))
    theirs.write_text(f"# %% Many\n{imports}\n!pip install one\n")

    async with asked(folder, theirs, size=(40, 12)) as pilot:
        assert "when it changes" not in text_of(pilot)
        await press(pilot, *["j"] * 60)

        await wait_for_text(pilot, "changes.")
