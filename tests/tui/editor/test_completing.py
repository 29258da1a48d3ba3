"""Completion in the editor: asked of the session, offered in a list, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import SIZES, Player, opened, settle, text_of, write_lesson
from textual import events

from engine.protocol.completion import fitting_words

LESSON = """
    # ---
    # tutorch:
    #   title: Completed
    # ---

    # %% Names
    학습률 = 0.1
    weight_first = 1
    weight_second = 2
    size = 3
    def descend(weights, rate=0.1):
        return weights

    # %% Written tags=["exercise"]
    cost = 1

    # %% [markdown] tags=["hint"]
    # None.

    # %% tags=["solution"]
    cost = 2

    # %% tags=["check"]
    assert cost

    # %% Endless
    while True:
        cost = 1
"""


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, LESSON)


async def begin(player: Player) -> None:
    """Run the first step, and write in the second, which is emptied."""
    await player.run_step()
    await player.press("n")
    await player.shows_step(1)
    await player.press("e")
    player.editor.put_source("")
    await settle(player.pilot)


async def ask(player: Player, written: str) -> None:
    await player.press(*written, "tab")
    await player.until(lambda: player.editor.word_list.is_open, "words")
    await settle(player.pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_tab_offers_the_names_there_are(lesson: Path, size: tuple[int, int]) -> None:
    async with opened(lesson, size) as player:
        await begin(player)

        await ask(player, "x = wei")

        await player.reads("weight_first", "weight_second")
        assert player.playback.source == "x = wei"


@pytest.mark.parametrize("key", ["tab", "enter"])
async def test_the_marked_word_is_taken(lesson: Path, key: str) -> None:
    async with opened(lesson) as player:
        await begin(player)
        await ask(player, "x = wei")

        await player.press("down", key, *" + 1")

        assert player.playback.source == "x = weight_second + 1"
        assert "weight_first" not in text_of(player.pilot)


async def test_the_only_word_is_put_in_before_what_is_typed_behind_it(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        for key, character in (("학", "학"), ("tab", "\t"), ("full_stop", "."), ("T", "T")):
            player.pilot.app.post_message(events.Key(key, character))

        await player.until(lambda: player.playback.source.endswith("T"), "the last key")
        assert player.playback.source == "학습률.T"


async def test_typing_on_narrows_the_list(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)
        await ask(player, "x = wei")

        await player.press(*"ght_s", "enter")

        assert player.playback.source == "x = weight_second"


def test_a_word_that_is_written_out_comes_first_but_not_alone() -> None:
    assert fitting_words(("grad_fn", "grad", "shape"), "grad") == ["grad", "grad_fn"]
    assert not fitting_words(("grad", "shape"), "grad")


async def test_escape_closes_the_list_and_not_the_editor(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)
        await ask(player, "x = wei")

        await player.press("escape", "enter", "y")

        assert player.playback.source == "x = wei\ny"


async def test_that_there_is_no_word_is_said(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        await player.press(*"qqq", "tab")

        await player.reads("No name known now begins so.")


async def test_that_names_come_with_a_run_is_said(lesson: Path) -> None:
    async with opened(lesson) as player:
        await player.press("e")
        player.editor.put_source("")

        await player.press(*"qqq", "tab")

        await player.reads("No name known now begins so: run a step first.")


async def test_words_can_be_clicked(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)
        await ask(player, "x = wei")

        await player.click("weight_second")

        await player.until(lambda: player.playback.source == "x = weight_second", "the word")
        assert player.pilot.app.focused is player.editor


async def test_an_answer_that_comes_too_late_is_dropped(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        await player.press(*"x = wei", "tab", *"rd", "enter", *"학", "tab")

        await player.until(lambda: player.playback.source.endswith("학습률"), "the second answer")
        assert player.playback.source == "x = weird\n학습률"
        assert not player.editor.word_list.is_open


async def test_a_call_says_what_it_takes_until_it_is_closed(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)

        await player.press(*"descend(")
        await player.reads("descend(weights, rate=0.1)")
        await player.press(*"1) + 1")

        await player.until(lambda: "rate=0.1" not in text_of(player.pilot), "it to go")


async def test_writing_goes_on_while_something_trains(lesson: Path) -> None:
    async with opened(lesson) as player:
        await begin(player)
        await player.press("escape", "n")
        await player.shows_step(2)
        await player.press("space")
        await player.until(lambda: player.playback.running == 2, "the loop")
        await player.press("p", "e")

        await player.press(*"wei", "tab")
        await player.reads("Words come once nothing trains.")
        await player.press(*"rd")

        assert player.playback.source == "weird"
        await player.press("escape", "s")
        await player.is_ready()
