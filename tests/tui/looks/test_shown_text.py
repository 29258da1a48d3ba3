"""Whatever a file says, nothing of it that a terminal would obey is shown: in the app."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from controls import NASTY, controls_in
from driving import opened, opened_list, text_of, wait_for_text, write_lesson

from tui.dialogs.difference import DifferenceScreen
from tui.dialogs.message import MessageScreen

NAME = f"00_{NASTY.replace('/', '')}.py"
LESSON = f"""# ---
# tutorch:
#   title: {json.dumps(NASTY + " title")}
#   summary: {json.dumps(NASTY + " summary")}
# ---

# %% [markdown]
# # {NASTY} heading
#
# {NASTY} prose
#
# {NASTY} question?
#
# - [ ] {NASTY} wrong
#   {NASTY} because
# - [x] {NASTY} right

# %% {NASTY} cell tags=["exercise"]
a = 1  # code {NASTY}

# %% [markdown] tags=["hint"]
# {NASTY} hint

# %% tags=["solution"]
a = 2  # solved {NASTY}

# %% tags=["check"]
assert a == 2, {json.dumps(NASTY + " said")}
"""


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, LESSON, NAME)


async def test_the_list_obeys_no_title_summary_or_file_name(lesson: Path) -> None:
    write_lesson(lesson.parent, "\0", f"1{NAME}")

    async with opened_list(lesson.parent, size=(160, 40)) as pilot:
        await wait_for_text(pilot, "title", "summary", "cannot be read")

        assert controls_in(text_of(pilot), allowed="\n") == []


async def test_the_player_obeys_no_prose_code_question_hint_or_verdict(lesson: Path) -> None:
    async with opened(lesson, size=(160, 60)) as player:
        seen = [text_of(player.pilot)]
        await player.reads("heading", "prose", "code")

        await player.press("space")
        await player.until(lambda: player.is_asked, "the question")
        seen.append(text_of(player.pilot))
        await player.answer("1")
        await player.until(lambda: player.record.attempt is not None, "a verdict")
        await player.reads("because", "Not quite.")
        seen.append(text_of(player.pilot))
        await player.reads("said")
        seen.append(text_of(player.pilot))
        for keys, word in (("i", "hint"), ("vv", "solved")):
            await player.press(*keys)
            await player.reads(word)
            seen.append(text_of(player.pilot))

        assert [controls_in(text, allowed="\n") for text in seen] == [[]] * len(seen)


async def test_the_difference_obeys_no_code(lesson: Path) -> None:
    async with opened(lesson, size=(160, 60)) as player:
        await player.press("e")
        await player.press("x")
        await player.until(lambda: player.playback.work.edit is not None, "the edit")
        await player.press("escape")
        await player.press("d")
        await player.until(
            lambda: isinstance(player.pilot.app.screen, DifferenceScreen), "the difference"
        )

        await player.reads("+ xa = 1")
        assert controls_in(text_of(player.pilot), allowed="\n") == []


async def test_the_message_of_a_broken_lesson_obeys_nothing_in_it(folder: Path) -> None:
    write_lesson(folder, f"# %% [markdown]\n# a\n# %% view={json.dumps(NASTY)}\na = 1\n", NAME)

    async with opened_list(folder, size=(160, 40)) as pilot:
        await pilot.press("enter")
        await wait_for_text(pilot, "This lesson cannot be read")

        assert isinstance(pilot.app.screen, MessageScreen)
        assert controls_in(text_of(pilot), allowed="\n") == []
