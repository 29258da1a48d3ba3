"""The list of lessons: what it shows, how `/` filters it, and how one is opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from driving import (
    HALVING,
    click_on,
    listed,
    opened_list,
    press,
    settle,
    text_of,
    wait_for_list,
    wait_for_player,
    wait_for_text,
    wait_until,
    write_lesson,
)
from listing import headed, write_three
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from tui.app import TutorchApp
from tui.dialogs.help import HelpScreen
from tui.dialogs.message import MessageScreen
from tui.lessons.lesson_list import LessonList
from tui.lessons.screen import LessonsScreen
from tui.rendering.widths import cell_width


@pytest.fixture
def three(folder: Path) -> Path:
    return write_three(folder)


async def test_a_lesson_shows_title_minutes_and_summary(three: Path) -> None:
    async with opened_list(three) as pilot:
        await wait_for_text(pilot, "Tensors  10 min", "All about tensors.")


async def test_a_korean_locale_shows_korean_titles(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")

    async with opened_list(three) as pilot:
        await wait_for_text(pilot, "텐서  10분", "텐서의 모든 것.")


async def test_typing_filters_by_title_and_summary(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "slash")
        await press(pilot, *"regression")
        assert len(listed(pilot)) == 2

        await press(pilot, "space", *"soft")

        assert [text.split("\n")[0] for text in listed(pilot)] == ["3  Softmax regression  25 min"]
        # Where letters are text, no key that is one is named.
        await wait_for_text(pilot, "enter open  esc show all  ^p actions  ^q quit  f1 more")

        await press(pilot, "escape")

        await wait_for_text(pilot, "enter open  / filter  ^o 한국어  q quit  ? more")


async def test_typing_korean_filters_too(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "slash")
        await press(pilot, *"회귀")

        assert len(listed(pilot)) == 2


async def test_a_key_that_means_nothing_says_so_and_escape_that_all_lessons_are_shown(
    three: Path,
) -> None:
    async with opened_list(three) as pilot:
        for key in "dxxu":
            pilot.app.post_message(Key(key, key))
        await wait_for_text(pilot, "u does nothing here; ? shows the keys that do something.")
        assert text_of(pilot).count("does nothing here") == 1
        await press(pilot, "ㅂ")
        await wait_for_text(pilot, "The keyboard writes Hangul: switch it to Latin letters")
        await press(pilot, "escape")
        await wait_for_text(pilot, "All lessons are shown; q leaves.")

        assert "u does nothing here" not in text_of(pilot)


async def test_nothing_found_says_so_and_escape_shows_all(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "slash")
        await press(pilot, *"zebra")
        await wait_for_text(pilot, "No lesson has “zebra” in its title or summary. Esc shows all.")
        await wait_for_text(pilot, "\n esc show all  ^p actions  ^q quit  f1 more")

        await press(pilot, "escape")

        assert len(listed(pilot)) == 3
        assert "zebra" not in text_of(pilot)


async def test_enter_with_nothing_found_opens_nothing(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "slash")
        await press(pilot, *"zebra", "enter")

        assert isinstance(pilot.app.screen, LessonsScreen)


async def test_enter_opens_the_lesson_that_the_filter_left(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "slash")
        await press(pilot, *"softmax", "enter")

        player = await wait_for_player(pilot)

        assert player.playback.lesson.path.name == "03_softmax.py"


async def test_arrows_mark_another_lesson(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "down", "down", "down", "up", "enter")

        player = await wait_for_player(pilot)

        assert player.playback.lesson.path.name == "02_logistic.py"


async def test_page_keys_and_g_go_to_the_ends_of_a_short_list(three: Path) -> None:
    async with opened_list(three) as pilot:
        lessons = pilot.app.screen.query_one(LessonList)

        marked = []
        for key in ("pagedown", "pageup", "ctrl+d", "ctrl+u", "G", "g", "end", "home"):
            await press(pilot, key)
            marked.append(lessons.highlighted)

        assert marked == [2, 0] * 4


async def test_a_click_opens_a_lesson(three: Path) -> None:
    async with opened_list(three) as pilot:
        await click_on(pilot, "Logistic regression")

        player = await wait_for_player(pilot)

        assert player.playback.lesson.path.name == "02_logistic.py"


async def test_q_quits_while_nothing_is_typed(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "q")

        assert pilot.app.return_code == 0
        assert not pilot.app.is_running or pilot.app._exit


async def test_letters_move_and_filter_nothing(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "j", "j", "k")

        assert pilot.app.screen.query_one(LessonList).highlighted == 1
        assert len(listed(pilot)) == 3


async def test_after_a_slash_every_letter_is_text(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "slash")
        await press(pilot, "q", "question_mark")

        assert pilot.app.screen.query_one(Input).value == "q?"
        assert not pilot.app._exit


async def test_a_question_mark_shows_the_keys_of_the_list(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "question_mark")

        await wait_for_text(pilot, "Type to filter the list")
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_a_file_that_cannot_be_read_is_a_line_that_says_why(folder: Path) -> None:
    write_lesson(folder, HALVING, "01_good.py")
    write_lesson(folder, "# ---\n# tutorch:\n#   minutes: soon\n# ---\n# %%\n1\n", "02_bad.py")

    async with opened_list(folder) as pilot:
        await wait_for_text(pilot, "02_bad.py", "cannot be read: line", "minutes")
        assert len(listed(pilot)) == 2
        await wait_for_text(pilot, "enter open  / filter")
        await press(pilot, "down")
        await wait_for_text(pilot, "\n / filter  ^o")


async def test_opening_a_file_that_cannot_be_read_shows_why_and_goes_back(folder: Path) -> None:
    write_lesson(folder, "# ---\n# tutorch:\n#   minutes: soon\n# ---\n# %%\n1\n", "bad.py")
    async with opened_list(folder) as pilot:
        await press(pilot, "enter")

        await wait_for_text(pilot, "This lesson cannot be read", "minutes")
        assert isinstance(pilot.app.screen, MessageScreen)
        await press(pilot, "escape")

        await wait_for_list(pilot)


async def test_a_click_closes_a_message(folder: Path) -> None:
    write_lesson(folder, "# ---\n# tutorch:\n#   minutes: soon\n# ---\n# %%\n1\n", "bad.py")
    async with opened_list(folder) as pilot:
        await press(pilot, "enter")
        await wait_for_text(pilot, "This lesson cannot be read")

        await click_on(pilot, "This lesson cannot be read")

        await wait_for_list(pilot)


async def test_an_empty_folder_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)

    async with opened_list(Path("lessons")) as pilot:
        await wait_for_text(pilot, "There is no lesson in lessons.")
        await press(pilot, "enter", "down")


async def test_a_folder_that_is_not_there_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async with opened_list(Path("nowhere")) as pilot:
        await wait_for_text(pilot, "nowhere: the lessons' folder cannot be read")
        await press(pilot, "down", "enter", "a")
        await wait_for_text(pilot, "nowhere: the lessons' folder cannot be read")


async def test_brackets_in_a_title_are_text(folder: Path) -> None:
    write_lesson(folder, headed("'Shapes [3, 1] and [bold]'", "모양", 5))

    async with opened_list(folder) as pilot:
        await wait_for_text(pilot, "Shapes [3, 1] and [bold]")


async def test_leaving_a_lesson_comes_back_to_the_list(three: Path) -> None:
    async with opened_list(three) as pilot:
        await press(pilot, "enter")
        await wait_for_player(pilot)

        await press(pilot, "escape")

        await wait_for_list(pilot)
        await press(pilot, "slash")
        await press(pilot, *"soft")
        await wait_until(pilot, lambda: len(listed(pilot)) == 1, "one lesson")


async def test_one_of_a_hundred_lessons_is_brought_into_sight(folder: Path) -> None:
    for number in range(100):
        write_lesson(folder, headed(f"Lesson {number:02}", "수업", 5), f"{number:02}.py")

    async with opened_list(folder) as pilot:
        await press(pilot, *["pagedown"] * 5)
        await settle(pilot)

        await wait_for_text(pilot, "Lesson 50")


async def test_a_lesson_given_at_the_start_is_opened_over_the_list(three: Path) -> None:
    async with TutorchApp(three, three / "03_softmax.py").run_test() as pilot:
        player = await wait_for_player(pilot)
        assert player.playback.lesson.path.name == "03_softmax.py"

        await press(pilot, "escape")

        await wait_for_list(pilot)


async def test_a_summary_that_is_broken_stays_under_its_title(folder: Path) -> None:
    text = "# ---\n# tutorch:\n#   title: One\n#   summary: {words}\n# ---\n# %%\n1\n"
    write_lesson(folder, text.format(words="무엇이든 " * 30), "01_one.py")
    async with opened_list(folder) as pilot:
        for width in (80, 60, 100):
            await pilot.resize_terminal(width, 24)
            await wait_until(pilot, lambda width=width: _summary_is_even(pilot, width), str(width))


async def test_entries_are_seen_whole_and_the_marked_one_at_every_height(folder: Path) -> None:
    text = "# ---\n# tutorch:\n#   title: Title\n#   summary: {words} end\n# ---\n# %%\n1\n"
    for number in range(12):
        # Of three and of four lines, so that no height fits them all.
        words = "summary " * (18 + number % 2 * 10)
        write_lesson(folder, text.format(words=words), f"{number:02}_one.py")

    async with opened_list(folder) as pilot:
        for height in (24, 15, 21, 13, 24):
            await press(pilot, "G" if height == 24 else "k")
            await pilot.resize_terminal(80, height)
            await settle(pilot)

            rows = [row.strip(" ▁▂▃▄▅▆▇█") for row in text_of(pilot).split("\n")[3:-1]]
            entries = re.split(r"(\d+)  Title", " ".join(rows))
            assert not entries[0].strip(), (height, rows)
            assert all(one.rstrip().endswith(" end") for one in entries[2::2]), (height, rows)
            marked = pilot.app.screen.query_one(LessonList).highlighted
            assert str(marked) in entries[1::2], (height, rows)


def _summary_is_even(pilot: Pilot[None], width: int) -> bool:
    lines = [line for line in text_of(pilot).split("\n") if "무엇이든" in line]
    in_sight = all(line.startswith("    무엇이든") for line in lines)
    return in_sight and len(lines) > 1 and cell_width(lines[0]) > width - 20
