"""Asking on the screen: the line, what it is told, what was asked before, and what follows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import ENDLESS, Player, opened, text_of, write_lesson

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.foot.ask_input import AskInput
from tui.foot.controls import Controls
from tui.keys.situation import Hand
from tui.player.standing import changes_in_run

TRAINING = """
    # %% [markdown]
    # ## 학습
    # The cost falls.
    # %% 학습 watch="cost"
    rate = 0.5
    cost = 64.0
    values = list(range(100))
    for epoch in range(200):
        cost = cost * rate
"""


@asynccontextmanager
async def paused(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Player]:
    """A training that stands behind its first iteration."""
    async with opened(write_lesson(folder, TRAINING), size) as player:
        await player.press("full_stop")
        await player.is_at(1)
        yield player


def line(player: Player) -> AskInput:
    return player.screen.query_one(AskInput)


async def write(player: Player, text: str) -> None:
    line(player).insert_text_at_cursor(text)
    await player.until(lambda: text in line(player).value, f"{text!r} in the line")


async def ask(player: Player, text: str) -> None:
    """Ask in the line, which has the keys, and wait for what comes of it."""
    await write(player, text)
    await player.press("enter")
    asking = player.playback.asking
    await player.until(lambda: not asking.waits, f"the answer to {text!r}")
    await player.until(
        lambda: f": {text}" in player.screen.query_one("#answer").text,  # type: ignore[attr-defined]
        "the answer on the screen",
    )


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_value_stands_above_the_line_and_in_the_output(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with paused(tmp_path, size) as player:
        await player.press("colon")
        await ask(player, "cost + 1")

        assert player.screen.query_one("#answer").text == ": cost + 1\n33.0"  # type: ignore[attr-defined]
        assert player.record.output.lines == [": cost + 1", "33.0"]
        assert player.playback.status is Status.PAUSED


async def test_a_change_says_where_it_was_made_and_the_run_goes_on_with_it(
    tmp_path: Path,
) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")
        await ask(player, "rate = 1.0")

        assert ": rate = 1.0  at iteration 1" in player.record.output.lines
        await player.reads("rate: changed at iteration 1")
        await player.press("escape", "full_stop")
        await player.is_at(2)
        await player.press("colon")
        await ask(player, "cost")
        await player.reads("32.0")


async def test_an_error_is_told_and_the_line_stays(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")
        await ask(player, "missing")

        await player.reads("NameError: name 'missing' is not defined")
        assert line(player).has_focus
        assert line(player).value == ""


async def test_what_was_asked_before_comes_back_by_up_and_down(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")
        await ask(player, "cost")
        await ask(player, "rate")
        await player.press("escape", "colon")
        await write(player, "val")

        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await player.press(key)
            seen.append(line(player).value)

    assert seen == ["rate", "cost", "cost", "rate", "val", "val"]


async def test_tab_completes_a_name_of_the_lesson(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")
        await write(player, "len(valu")
        await player.press("tab", ")")

        await player.until(
            lambda: line(player).value == "len(values)", "the name, and what follows"
        )


async def test_of_several_words_one_is_chosen(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")
        await write(player, "values.in")
        await player.press("tab")
        await player.reads("index", "insert")
        await player.press("down", "enter")

        assert line(player).value == "values.insert"
        assert player.playback.asking.newest is None


async def test_what_runs_has_to_be_paused_first_and_what_is_typed_is_no_command(
    tmp_path: Path,
) -> None:
    async with opened(write_lesson(tmp_path, ENDLESS)) as player:
        await player.press("space")
        await player.is_running()
        await player.press("colon", "s")

        await player.reads("A step runs: pause it")
        assert line(player).value == "s"
        assert player.playback.status is Status.RUNNING


async def test_a_run_that_goes_on_meanwhile_keeps_what_was_written(tmp_path: Path) -> None:
    async with opened(write_lesson(tmp_path, ENDLESS)) as player:
        await player.press("full_stop")
        await player.is_paused()
        await player.press("colon")
        await write(player, "epoch")
        player.playback.session.resume()
        await player.is_running()
        await player.press("enter")

        await player.reads("A step runs: pause it")
        assert line(player).value == "epoch"


async def test_control_c_ends_what_is_asked_and_not_the_run(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")
        await write(player, "while True: pass")
        await player.press("enter")
        await player.reads("Asking")
        await player.press("ctrl+c")

        await player.reads("stopped")
        await player.until(lambda: player.playback.status is Status.PAUSED, "the pause")


async def test_s_ends_what_is_asked_once_the_line_is_closed(tmp_path: Path) -> None:
    async with opened(write_lesson(tmp_path, TRAINING)) as player:
        await player.run_step()
        await player.press("colon")
        await write(player, "while True: pass")
        await player.press("enter", "escape", "s")

        await player.until(lambda: not player.playback.asking.waits, "the end of what is asked")
        await player.until(
            lambda: "stopped" in "\n".join(player.record.output.lines), "the output to say so"
        )
        assert player.record.outcome is Outcome.DONE


async def test_a_process_that_ends_is_said_in_the_line(tmp_path: Path) -> None:
    async with opened(write_lesson(tmp_path, TRAINING)) as player:
        await player.run_step()
        await player.press("colon")
        await write(player, "__import__('os')._exit(3)")
        await player.press("enter")

        await player.reads("The process ended while this was asked: exit status 3.")
        await player.is_ready()


async def test_the_bar_names_what_keys_do_in_the_line(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")

        last = text_of(player.pilot).split("\n")[-1]
        assert last.startswith(" enter ask  tab complete  ^t watch  esc close")
        assert player.screen.query_one(Controls).hand is Hand.ASK
        await player.click("esc close ")
        assert player.screen.query_one(Controls).hand is Hand.PLAYER


async def test_the_line_takes_the_keys_again_by_the_mouse(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")
        player.screen.set_focus(None)
        await player.click("A value, or rate = 0.5")

        assert line(player).has_focus


async def test_the_palette_asks_too(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("ctrl+p", *"ask for a value")
        await player.reads("Ask for a value where the run stands")
        await player.press("enter")
        await player.until(lambda: line(player).has_focus, "the line")


async def test_it_speaks_korean(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("ctrl+o", "colon")
        await player.reads("enter 묻기")
        await ask(player, "rate = 1.0")

        await player.reads("rate: 1번째 반복에서 바뀜")
        assert ": rate = 1.0  1번째 반복에서" in player.record.output.lines


async def test_what_is_written_is_not_the_players(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon", "n", "q", "space", "colon")

        assert line(player).value == "nq :"
        assert player.playback.status is Status.PAUSED


async def test_a_new_name_that_no_code_reads_is_told_and_marks_nothing(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await player.press("colon")
        await player.reads("A value, or rate = 0.5")

        await ask(player, "speed = 0.25")

        await player.reads("speed: a new name, which no code here reads")
        assert changes_in_run(player.playback) == ()
        await ask(player, "rate = speed")
        await player.reads("rate: changed at iteration 1")
        assert [one.name for one in changes_in_run(player.playback)] == ["rate"]


async def test_the_line_says_of_which_step_the_values_are_where_another_is_in_sight(
    folder: Path,
) -> None:
    three = """
        # %% One
        w = 1
        # %% Two
        w = 2
        # %% Three
        w = 3
        raise ValueError
    """
    async with opened(write_lesson(folder, three)) as player:
        await player.run_step()
        await player.press("n")
        await player.run_step()

        await player.press("p", "colon")
        await player.reads("after step 2:")
        await ask(player, "w")
        await player.press("escape", "n", "colon")
        await player.until(lambda: "after step" not in text_of(player.pilot), "the colon alone")

        await player.press("escape", "n", "space")
        await player.has_ended(Outcome.FAILED)
        await player.press("p", "colon")
        await player.reads("after step 3:")


async def test_the_line_says_in_which_step_a_run_waits_that_is_out_of_sight(folder: Path) -> None:
    async with opened(
        write_lesson(folder, f"{TRAINING}\n    # %% After\n    after = 1\n")
    ) as player:
        await player.press("full_stop")
        await player.is_at(1)

        await player.press("n", "colon")

        await player.reads("in step 1:")
