"""The list of runs: ranked, muted, deleted, brought to the front, and gone back into."""

from __future__ import annotations

from pathlib import Path

import pytest
from descending import descended, edits
from driving import HALVING, Player, opened, press, text_of, write_lesson

from engine.protocol.places import Place
from tui.dialogs.run_lines import run_lines
from tui.dialogs.runs import RunsScreen
from tui.language.catalogue import as_written
from tui.look import Look
from tui.rendering.glyphs import UNICODE
from tui.rendering.palette import DARK
from tui.runs.run import Run
from tui.runs.run_facts import Facts
from tui.showing.run_list import ListedRun, RunList


async def with_three_runs(player: Player) -> None:
    """Of which the second, `lr 0.5`, ends lowest, and `lr 0.01` of now highest."""
    for before, after in (("0.1", "0.5"), ("0.5", "0.01")):
        edits(player, f"lr = {before}", f"lr = {after}")
        await player.run_step()
    await player.press("B")
    await player.reads("Runs of this step")


def listed(player: Player) -> list[str]:
    """The rows of the list, from the first run on."""
    screen = player.pilot.app.screen
    assert isinstance(screen, RunsScreen)
    return [str(option.prompt)[3:] for option in screen._rows.options]


def names(player: Player) -> list[str]:
    return [" ".join(row.split()[:2]) for row in listed(player)]


async def test_the_list_ranks_runs_by_their_final_values(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)

        assert names(player) == ["lr 0.5", "lr 0.1", "lr 0.01"]
        assert listed(player)[1].split()[2:] == ["0.945977", "0.945977", "40", "done"]


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        ("oo", ["lr 0.5", "lr 0.1", "lr 0.01"]),
        ("ooo", ["lr 0.1", "lr 0.5", "lr 0.01"]),
        ("b", ["lr 0.01", "lr 0.1", "lr 0.5"]),
    ],
)
async def test_keys_turn_the_order(tmp_path: Path, keys: str, order: list[str]) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)

        await player.press(*keys)

        assert names(player) == order


async def test_a_typed_value_is_what_runs_are_to_reach(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)

        await player.press("1", "enter")

        await player.reads("≤ 1")
        assert [row.split()[4] for row in listed(player)] == ["6", "40", "-"]


async def test_a_value_that_is_no_number_is_refused_in_place(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)
        before = listed(player)

        await player.press("v", *"1e", "enter")

        await player.reads("1e is no number", "enter take it  esc close")
        assert listed(player) == before


async def test_a_muted_run_is_no_more_drawn(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)
        assert "lr 0.5" in player.curve

        await player.press("space")

        assert "muted" in listed(player)[0]
        assert "lr 0.5" not in player.curve
        await player.press("space")
        assert "lr 0.5" in player.curve


async def test_a_deleted_run_is_gone(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)

        await player.press("x")

        assert names(player) == ["lr 0.1", "lr 0.01"]
        assert "lr 0.5" not in player.curve


async def test_the_run_of_now_can_be_neither_muted_nor_deleted(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)

        await player.press("down", "down", "x")

        await player.reads("The run of now stays")
        assert len(listed(player)) == 3


async def test_a_run_that_is_brought_to_the_front_stays_there_until_another_begins(
    tmp_path: Path,
) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)
        runs = player.playback.runs

        await player.press("f", "escape")
        assert runs.front(1) is runs.left(1)[1]

        edits(player, "lr = 0.01", "lr = 0.2")
        await player.run_step()
        assert runs.front(1) is None


async def test_the_list_is_opened_and_worked_with_the_mouse(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await with_three_runs(player)
        await player.press("escape")

        await player.press("B")
        await player.click("space mute")

        assert "muted" in listed(player)[0]


async def test_tab_turns_to_another_curve(folder: Path) -> None:
    two = """
        # %% Two watch="cost accuracy"
        cost, accuracy = 1.0, 0.0
        for epoch in range(10):
            cost, accuracy = cost / 2, accuracy + 0.1
    """
    async with opened(write_lesson(folder, two), (120, 40)) as player:
        await player.press("3")
        await player.run_step()
        await player.press("B", "tab")

        await player.reads("accuracy", "≥ 1")


async def test_a_run_that_has_begun_waits_no_more_though_it_has_no_value(tmp_path: Path) -> None:
    run, look = Run(0, 1, "", Place(0)), Look(DARK, UNICODE, "en", as_written)
    begun, waiting = (
        ListedRun(run, "lr 2", Facts(), 0, None, is_now=False, is_racing=True, is_waiting=waits)
        for waits in (False, True)
    )
    async with opened(write_lesson(tmp_path, HALVING)) as player:
        await player.is_ready()

        lines = run_lines(RunList(player.playback), [begun, waiting], [], 80, look)

    assert [line.plain.split()[-1] for line in lines[1:]] == ["0", "waits"]


async def test_of_one_curve_tab_says_so(folder: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (120, 40)) as player:
        await player.run_step()
        await player.press("B")
        await player.reads("m mark")
        assert "other curve" not in text_of(player.pilot)
        assert "race the marked" not in text_of(player.pilot)
        await player.press("tab")

        await player.reads("There is one curve.")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_list_is_korean_too(tmp_path: Path, size: tuple[int, int]) -> None:
    async with descended(tmp_path, size) as player:
        await with_three_runs(player)
        await player.press("escape", "ctrl+o")
        await player.reads("곡선")
        await press(player.pilot, "B")

        await player.reads("이 단계의 실행 목록", "최종", "완료")
        assert "≤" in text_of(player.pilot)
