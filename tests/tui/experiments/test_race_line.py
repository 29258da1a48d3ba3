"""The line in which a race is written: what it takes, and what it says of what it cannot take."""

from __future__ import annotations

from pathlib import Path

from descending import DESCENT, descended, goes_back_to, names
from driving import opened, text_of, write_lesson
from racing import is_over, races

from tui.editing.numbers import MOST_VALUES

CANNOT_BE_RACED = {
    "rate: 0.1 0.2": "rate is no number of this code",
    "lr: 0.1 b": "b is no number",
    "lr: 0.1": "Two different numbers or more",
    "lr: 0.2 0.2": "Two different numbers or more",
    "lr: 1e999 2": "too large",
    "lr:": "Type a number",
    "lr: rate: 0.1 0.2": "rate is no number of this code",
    "rate: lr: 0.1": "Two different numbers or more",
    "0.1 0.2": "Write it as lr: 1 2 5. The numbers of this code: lr",
    f"lr: {' '.join(str(n) for n in range(1, 14))}": "12 numbers at most",
}


async def test_what_cannot_be_raced_is_said_in_place(tmp_path: Path) -> None:
    async with descended(tmp_path, (160, 40)) as player:
        for written, words in CANNOT_BE_RACED.items():
            await races(player, written)

            await player.reads(words)
            assert not player.playback.racing.is_on
            assert player.playback.runs.racing(1) == ()
            await player.press("escape")
            await player.until(lambda: "race" not in text_of(player.pilot), "the line to close")


async def test_what_has_to_run_first_is_said_in_the_line_which_takes_what_is_typed(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, DESCENT), (160, 40)) as player:
        await player.press("V", "1")
        await player.reads("race start: 1", "Run this step once first")
        await player.press("enter")
        assert not player.playback.racing.is_on

        await player.press("escape", "n", "V")
        await player.reads("race lr:", "Run what comes before this step first: c.")


async def test_where_no_number_stands_what_is_typed_for_a_race_is_no_command(folder: Path) -> None:
    async with opened(write_lesson(folder, "print('no number')\n")) as player:
        await player.press("V", "1", "e", "minus", "6")

        await player.reads("race 1e-6", "There is no number to turn in this code.")
        assert player.playback.work.edit is None


async def test_as_many_values_as_may_be_raced_are_in_sight_as_they_are_typed(
    tmp_path: Path,
) -> None:
    written = f"lr: {' '.join(f'0.{n:02}' for n in range(1, MOST_VALUES + 1))}"
    async with descended(tmp_path, (80, 24)) as player:
        await player.press("V")
        line = player.pilot.app.screen.focused
        assert line is not None
        line.value = written  # type: ignore[attr-defined]

        await player.reads(written)


async def test_what_a_run_reads_no_more_cannot_be_raced_from_there(folder: Path) -> None:
    counted = """
        # %% Counted watch="cost"
        cost = 64.0
        for epoch in range(20):
            cost = cost / 2
    """
    async with opened(write_lesson(folder, counted), (160, 40)) as player:
        await player.press("3")
        await player.run_step()
        await goes_back_to(player, 5)
        await player.press("2", "number_sign", "number_sign", "enter")
        line = player.pilot.app.screen.focused
        assert line is not None
        line.value = "30 40"  # type: ignore[attr-defined]
        await player.press("enter")

        await player.reads("This run has no such 20 any more")
        assert not player.playback.racing.is_on
        assert player.playback.runs.racing(0) == ()


async def test_several_numbers_for_a_dial_are_a_race(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await player.press("2", "number_sign")
        await player.press("enter")
        line = player.pilot.app.screen.focused
        assert line is not None
        line.value = "0.2 0.5"  # type: ignore[attr-defined]
        await player.press("enter")
        await is_over(player)

        assert names(player) == ["lr 0.1", "lr 0.2", "lr 0.5"]


async def test_tab_completes_the_name_of_a_number(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await player.press("V")
        line = player.pilot.app.screen.focused
        assert line is not None
        assert line.value == "lr: "  # type: ignore[attr-defined]
        line.value = "l"  # type: ignore[attr-defined]
        line.cursor_position = 1  # type: ignore[attr-defined]
        await player.press("tab")

        assert line.value == "lr: "  # type: ignore[attr-defined]


async def test_a_race_speaks_korean(tmp_path: Path) -> None:
    async with descended(tmp_path, (80, 24)) as player:
        await player.press("ctrl+o")
        await player.reads("곡선")
        await player.press("V")
        await player.reads("경주")
        await player.press("escape")
        await races(player, "lr: 0.1")
        await player.reads("서로 다른 숫자를 둘 이상")
