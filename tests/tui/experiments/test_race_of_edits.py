"""A race of edits: from the editor against the run that stands, and of runs that were marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from descending import changes, descended, edits, goes_back_to, names, now_of
from driving import Player, text_of
from racing import final, is_over, run_named

from engine.client.racing import MOST_LANES
from engine.protocol.outcomes import Outcome
from tui.dialogs.runs import RunsScreen

DOUBLED = "cost *= 1 - 2 * lr"


def racing(player: Player) -> int:
    """How many runs of a race there are that have not ended."""
    return len(player.playback.runs.racing(player.playback.shown))


async def has_raced(player: Player) -> None:
    """Wait until a race of edits has come to its end."""
    await player.reads("The race of edits is over")
    await is_over(player)


async def with_edits(player: Player) -> None:
    """Three runs: the lesson's own, of double steps, and of a constant, which is that of now."""
    edits(player, "cost = cost - lr * cost", DOUBLED)
    await player.run_step()
    edits(player, DOUBLED, "cost -= 1")
    await player.run_step()


def marks(player: Player) -> list[bool]:
    """Of each row of the list, whether it is marked."""
    screen = player.pilot.app.screen
    assert isinstance(screen, RunsScreen)
    return [str(option.prompt).startswith("✓") for option in screen._rows.options]


async def test_an_edit_is_raced_against_the_run_that_stands(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        edits(player, "cost = cost - lr * cost", DOUBLED)

        await player.press("f8")
        await has_raced(player)

        assert names(player) == ["run 1", "edit 1"]
        assert final(run_named(player, "edit 1")) == pytest.approx(64 * 0.8**40)
        assert run_named(player, "edit 1").outcome is Outcome.DONE
        assert now_of(player) == "run 1"
        assert "edit 1" in player.curve


async def test_an_edit_that_has_run_is_raced_against_the_lessons_code(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        edits(player, "lr = 0.1", "lr = 0.5")
        await player.run_step()

        await player.press("f8")
        await has_raced(player)

        assert names(player) == ["lr 0.1", "lr 0.5"]


async def test_from_the_editor_the_key_races_what_is_written_by_then(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await player.press("e")
        await player.until(lambda: player.editor.has_focus, "the editor")
        player.editor.put_source(player.playback.source.replace("0.1", "0.25"))

        await player.press("f8")
        await has_raced(player)

        assert final(run_named(player, "lr 0.25")) == pytest.approx(64 * 0.75**40)


async def test_what_is_not_edited_is_not_raced(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await player.press("f8")

        await player.reads("Write in the code first")
        assert not player.playback.racing.is_on


async def test_an_edit_that_is_no_python_is_shown_at_its_line(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        edits(player, "lr = 0.1", "lr = (")

        await player.press("f8")

        await player.reads("is no Python yet")
        assert not player.playback.racing.is_on
        assert racing(player) == 0


async def test_a_second_race_waits_for_the_first(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        edits(
            player,
            "    cost = cost - lr * cost",
            f"    {DOUBLED}\n    import time; time.sleep(0.2)",
        )
        await player.press("f8")
        await player.until(lambda: player.playback.racing.is_on, "the race")

        await player.press("f8")

        await player.reads("A race is on: let it end, or stop it.")
        await player.press("s")
        await is_over(player)


async def test_an_edit_is_raced_beside_a_run_that_is_paused(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        edits(player, "lr = 0.1", "lr = 0.5")

        await player.press("f8")
        await has_raced(player)

        assert final(run_named(player, "lr 0.5")) == pytest.approx(64 * 0.5**40)
        assert player.position == 14


async def test_runs_that_are_marked_in_the_list_are_raced_from_their_beginning(
    tmp_path: Path,
) -> None:
    async with descended(tmp_path) as player:
        await with_edits(player)
        await player.press("B")
        await player.reads("Runs of this step")

        await player.press("m", "down", "m")
        assert marks(player) == [True, True, False]
        await player.press("V")
        await has_raced(player)

        assert names(player) == ["run 1", "edit 1", "edit 2"]
        assert not isinstance(player.pilot.app.screen, RunsScreen)


async def test_a_mark_is_taken_back_and_one_alone_is_not_raced(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await with_edits(player)
        await player.press("B")
        await player.reads("Runs of this step")

        await player.press("m", "down", "m", "m", "V")

        assert marks(player) == [True, False, False]
        await player.reads("Mark two runs or more first")
        assert not player.playback.racing.is_on


async def test_a_run_that_was_changed_on_its_way_is_not_marked(tmp_path: Path) -> None:
    async with descended(tmp_path) as player:
        await goes_back_to(player, 14)
        await changes(player, "lr = 0.5")
        await player.press("B")
        await player.reads("Runs of this step")

        await player.press("m")
        if True not in marks(player):
            await player.reads("This run was changed on its way")
        await player.press("down", "m")

        assert sum(marks(player)) == 1


async def test_no_more_are_marked_than_can_race(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.experiments.edit_races.MOST_LANES", 2)
    async with descended(tmp_path) as player:
        await with_edits(player)
        await player.press("B")
        await player.reads("Runs of this step")

        await player.press("m", "down", "m", "down", "m")

        await player.reads("2 are marked, the most that can race.")
        assert marks(player) == [True, True, False]
        assert MOST_LANES == 12


async def test_the_keys_are_in_the_list_in_both_languages(tmp_path: Path) -> None:
    async with descended(tmp_path, (80, 24)) as player:
        await with_edits(player)
        await player.press("B")
        await player.press("m", "down", "m")
        await player.reads("m mark", "V race the marked")

        await player.press("escape", "ctrl+o")
        await player.reads("곡선")
        await player.press("B", "m", "down", "m")

        await player.reads("V 표시한 것들을 경주")
        assert "race the marked" not in text_of(player.pilot)
