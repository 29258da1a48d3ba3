"""Watching on the screen: what was asked is kept, listed, put on the curve, and taken off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import ENDLESS, Player, opened, text_of, write_lesson

from engine.protocol.watching import MOST_WATCHED, Watch
from tui.dialogs.watch import WatchScreen
from tui.foot.ask_input import AskInput
from tui.foot.ask_line import AskLine

TWO_STEPS = """
    # %% [markdown]
    # ## One
    # %% One watch="cost"
    cost = 64.0
    for epoch in range(8):
        cost = cost / 2
    # %% [markdown]
    # ## Two
    # %% Two
    last = cost
"""


TRAINING = """
    # %% [markdown]
    # ## Training
    # %% Training watch="cost"
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


async def write(player: Player, text: str) -> None:
    """Open the line that asks, and write in it."""
    await player.press("colon")
    player.screen.query_one(AskInput).value = text


async def ask(player: Player, text: str) -> None:
    """Ask in that line, and wait for what comes of it."""
    await write(player, text)
    await player.press("enter")
    asking = player.playback.asking
    await player.until(lambda: not asking.waits, f"the answer to {text!r}")


def watched(player: Player) -> list[Watch]:
    return list(player.playback.watching.of(player.playback.shown))


def curves(player: Player) -> list[str]:
    """The names of the curves that the newest frame has."""
    frame = player.record.frame
    assert frame is not None
    return [one.name for one in frame.curves] or [one.name for one in frame.series]


def listed(player: Player) -> list[str]:
    """The rows of the list of what is watched."""
    screen = player.pilot.app.screen
    assert isinstance(screen, WatchScreen)
    return [str(option.prompt) for option in screen._rows.options]


def answer(player: Player) -> str:
    """What stands above the line that asks."""
    return " ".join(player.screen.query_one(AskLine)._answer.text.split())


async def keep(player: Player, *texts: str) -> None:
    """Open the list, and watch these too."""
    await player.press("O")
    await player.until(lambda: isinstance(player.pilot.app.screen, WatchScreen), "the list")
    for text in texts:
        screen = player.pilot.app.screen
        assert isinstance(screen, WatchScreen)
        screen.action_write()
        screen._writing.value = text
        await player.press("enter")


async def test_a_key_keeps_what_was_asked_and_the_tensors_tell_it(tmp_path: Path) -> None:
    async with paused(tmp_path, (120, 40)) as player:
        await ask(player, "rate * 10")

        await player.press("ctrl+t")

        assert watched(player) == [Watch("rate * 10")]
        assert "rate * 10 is watched: O puts it on the curve." in answer(player)
        await player.press("escape", "5")
        await player.until(
            lambda: "rate * 10  5.000000" in player.pane("tensors").text, "its value in the pane"
        )


async def test_a_key_keeps_what_is_written_and_was_not_asked(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await write(player, "cost + 1")

        await player.press("ctrl+t")

        assert watched(player) == [Watch("cost + 1")]
        assert player.playback.asking.newest is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write what to watch"),
        ("rate = 3", "Only an expression can be watched"),
        ("cost +", "Only an expression can be watched"),
    ],
)
async def test_what_is_no_expression_is_refused_in_place(
    tmp_path: Path, text: str, words: str
) -> None:
    async with paused(tmp_path) as player:
        await write(player, text)

        await player.press("ctrl+t")

        assert words in answer(player)
        assert watched(player) == []


async def test_what_has_changed_something_is_refused_in_place(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await ask(player, "values.append(1)")

        await player.press("ctrl+t")

        assert "It changes values: only what changes nothing is watched." in answer(player)
        assert watched(player) == []


async def test_its_digit_puts_it_on_the_curve_and_takes_it_off(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await keep(player, "cost * 2", "rate")

        await player.press("2")
        await player.until(lambda: curves(player) == ["cost", "rate"], "its curve")
        assert listed(player)[1].startswith("2 ─ rate")

        await player.press("2")
        await player.until(lambda: curves(player) == ["cost"], "no curve of it")
        assert listed(player)[1].startswith("2   rate")


async def test_the_list_tells_what_each_is_while_the_step_runs(tmp_path: Path) -> None:
    async with opened(write_lesson(tmp_path, ENDLESS)) as player:
        await player.press("space")
        await player.is_running()

        await keep(player, "1 + 1", "1 / 0")

        await player.until(lambda: "1 + 1  2" in listed(player)[0], "its value")
        await player.until(lambda: "ZeroDivisionError" in listed(player)[1], "its error")


async def test_a_curve_has_every_iteration_of_a_run_that_is_watched_from_its_beginning(
    tmp_path: Path,
) -> None:
    async with opened(write_lesson(tmp_path, TWO_STEPS)) as player:
        await keep(player, "cost * 2")
        await player.press("1", "escape")

        await player.run_step()

        assert player.record.frame is not None
        curve = player.record.frame.series[1]
        assert curve.name == "cost * 2"
        assert curve.positions.tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
        await player.press("3")
        await player.reads("cost * 2")


async def test_its_help_names_its_keys(tmp_path: Path) -> None:
    async with paused(tmp_path, (120, 40)) as player:
        await keep(player, "rate * 10")

        await player.press("question_mark")

        await player.reads("its digit does it too", "Watch another expression")


async def test_clicks_do_it_too(tmp_path: Path) -> None:
    async with paused(tmp_path, (120, 40)) as player:
        await keep(player, "cost * 2")
        await player.press("escape", "5")

        await player.click("cost * 2")
        await player.until(lambda: isinstance(player.pilot.app.screen, WatchScreen), "the list")
        await player.click("1   cost * 2")

        assert watched(player) == [Watch("cost * 2", is_charted=True)]
        await player.click("x watch it no more")
        assert watched(player) == []


async def test_what_is_no_single_number_is_not_put_on_the_curve(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await keep(player, "values")
        await player.until(lambda: "[0, 1, 2" in listed(player)[0], "its text")

        await player.press("1")

        await player.reads("values is not one number")
        assert watched(player) == [Watch("values")]


async def test_what_the_step_records_is_on_its_curve_already(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await keep(player, "cost")

        await player.press("1")

        await player.reads("The step has cost on its curve already.")
        assert curves(player) == ["cost"]


async def test_the_same_and_more_than_there_is_room_for_are_refused(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await keep(player, "rate", "rate")
        await player.reads("rate is watched already.")
        await player.press("escape", "escape")

        await keep(player, *(f"rate + {number}" for number in range(MOST_WATCHED)))

        await player.reads("9 are watched in this step, the most there can be.")
        assert len(watched(player)) == MOST_WATCHED


async def test_what_is_deleted_is_told_no_more(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await keep(player, "rate", "cost")

        await player.press("k", "x")

        assert ["rate" in row for row in listed(player)] == [False]
        assert watched(player) == [Watch("cost")]


async def test_where_nothing_is_left_another_can_be_written(tmp_path: Path) -> None:
    async with paused(tmp_path) as player:
        await keep(player, "rate")

        await player.press("x")
        await player.reads("enter watch it  esc close")
        assert "on the curve, or off" not in text_of(player.pilot)
        await player.press(*"cost", "enter")

        assert watched(player) == [Watch("cost")]
        await player.reads("on the curve, or off")


async def test_each_step_has_its_own(tmp_path: Path) -> None:
    async with opened(write_lesson(tmp_path, TWO_STEPS)) as player:
        await keep(player, "cost")
        await player.press("escape", "n")
        await player.shows_step(1)

        await keep(player, "last")

        assert [row.split()[1] for row in listed(player)] == ["last"]


async def test_it_is_kept_from_one_day_to_the_next(tmp_path: Path) -> None:
    lesson = write_lesson(tmp_path, TWO_STEPS)
    async with opened(lesson) as player:
        await keep(player, "cost * 2", "epoch")
        await player.press("1")

    async with opened(lesson) as player:
        await player.run_step()

        assert watched(player) == [Watch("cost * 2", is_charted=True), Watch("epoch")]
        assert curves(player) == ["cost", "cost * 2"]


async def test_a_step_without_code_has_nothing_to_watch(tmp_path: Path) -> None:
    lesson = write_lesson(tmp_path, f"{TWO_STEPS}\n    # %% [markdown]\n    # ## Words\n")
    async with opened(lesson) as player:
        await player.press("n", "n")
        await player.shows_step(2)

        await player.press("O")

        await player.reads("This step has no code.")
        assert not isinstance(player.pilot.app.screen, WatchScreen)


async def test_in_ascii_the_mark_of_the_curve_is_a_hyphen(tmp_path: Path) -> None:
    async with opened(write_lesson(tmp_path, TWO_STEPS), in_ascii=True) as player:
        await keep(player, "cost * 2")

        await player.press("1")

        assert listed(player)[0].startswith("1 - cost * 2")
        assert text_of(player.pilot).isascii()
