"""Finding text in the exercise's editor, and what else its keys do there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from driving import Player, opened, text_of, write_lesson
from textual.widgets import Input

LESSON = """
    # ---
    # tutorch:
    #   title: Found
    # ---

    # %% Found tags=["exercise"]
    cost = 1
    비용 = cost  # 비용
    Cost = 2

    # %% tags=["hint"]
    # None.

    # %% tags=["solution"]
    cost = 2

    # %% tags=["check"]
    assert cost
"""


@pytest.fixture
async def written(folder: Path) -> AsyncIterator[Player]:
    """A player whose learner writes in the editor."""
    text = LESSON.replace('# %% tags=["hint"]', '# %% [markdown] tags=["hint"]')
    async with opened(write_lesson(folder, text)) as player:
        await player.press("e")
        await player.until(lambda: player.pilot.app.focused is player.editor, "the editor")
        yield player


async def find(player: Player, *letters: str) -> None:
    await player.press("ctrl+f")
    await player.until(lambda: isinstance(player.pilot.app.focused, Input), "the field to type in")
    await player.press(*letters)


async def close(player: Player) -> None:
    await player.press("escape")
    await player.until(lambda: player.pilot.app.focused is player.editor, "the editor")


def selected(player: Player) -> tuple[object, str]:
    editor = player.editor
    return editor.selection.start, editor.selected_text


async def test_what_is_typed_is_selected_and_counted(written: Player) -> None:
    await find(written, *"cost")

    await written.reads("1 of 3")
    assert selected(written) == ((0, 0), "cost")


async def test_enter_and_f3_go_on_and_round(written: Player) -> None:
    await find(written, *"cost")

    await written.press("enter")
    await written.reads("2 of 3")
    await written.press("f3")
    await written.reads("3 of 3")
    assert selected(written) == ((2, 0), "Cost")
    await written.press("f3")

    await written.reads("1 of 3")


async def test_shift_f3_goes_back(written: Player) -> None:
    await find(written, *"cost")
    await written.press("shift+f3")

    await written.reads("3 of 3")


async def test_an_upper_case_letter_is_meant(written: Player) -> None:
    await find(written, *"Cost")

    await written.reads("1 of 1")
    assert selected(written) == ((2, 0), "Cost")


async def test_korean_is_found_and_shown_selected(written: Player) -> None:
    await find(written, *"비용")
    await written.reads("1 of 2")

    await written.press("f3")

    await written.reads("2 of 2", "비용 = cost  # 비용")
    assert selected(written) == ((1, 13), "비용")


async def test_what_is_not_there_is_said(written: Player) -> None:
    await find(written, *"loss")

    await written.reads("not found")


async def test_escape_closes_and_typing_goes_on_where_it_was_found(written: Player) -> None:
    await find(written, *"비용")
    await close(written)
    assert "of 2" not in text_of(written.pilot)

    await written.press(*"loss")

    assert written.playback.source.split("\n")[1] == "loss = cost  # 비용"


async def test_f3_finds_the_last_words_again_while_writing(written: Player) -> None:
    await find(written, *"cost")
    await close(written)

    await written.press("f3")

    assert selected(written) == ((1, 5), "cost")


async def test_an_edit_is_undone_and_done_again_after_finding(written: Player) -> None:
    before = written.playback.source
    await find(written, *"cost")
    await close(written)
    await written.press(*"x")
    changed = written.playback.source
    assert changed != before

    await written.press("ctrl+z")
    assert written.playback.source == before
    await written.press("ctrl+y")

    assert written.playback.source == changed


async def test_code_is_coloured_while_it_is_written(written: Player) -> None:
    await written.press("end")
    await written.press(*"  # note")

    line = written.editor.get_line(0)

    assert line.plain == "cost = 1  # note"
    assert len({str(span.style) for span in line.spans}) >= 2


async def test_finding_needs_code(folder: Path) -> None:
    text = "# %% One\na = 1\n# %% [markdown]\n# ## The end\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("n", "ctrl+f")

        await player.reads("This step has no code.")
