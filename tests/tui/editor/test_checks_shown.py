"""What came of the checks of an exercise: the list, the count, the joy, and what failed before."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import SIZES, Player, opened, settle, text_of, write_lesson
from exercising import TWO_CHECKS, is_judged, write

from engine.protocol.outcomes import Outcome
from tui.editor.editor_foot import EditorFoot
from tui.widgets.status_bar import StatusBar


@pytest.fixture
def two_checks(folder: Path) -> Path:
    return write_lesson(folder, TWO_CHECKS)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_check_is_listed_beside_the_code(
    two_checks: Path, size: tuple[int, int]
) -> None:
    async with opened(two_checks, size) as player:
        await player.press("f5")
        await is_judged(player)
        await player.until(lambda: player.pilot.app.focused is player.editor, "the keys")

        await player.reads("✗ doubled must be 6", "✓ doubled must be above 0", "doubled = 3")
        # All that has come of the run stands under the code: the output has no room beside it.
        assert "output" not in player.panes.in_sight
        assert ("output" in player.panes.news) == ("code" not in player.panes.in_sight)
        assert text_of(player.pilot).count("✗ doubled must be 6") == 1

        await player.press("9")
        await player.reads("· From the run before your last changes:")
        await player.press("backspace")
        await player.until(lambda: "From the run" not in text_of(player.pilot), "the same code")

        await player.press("escape", "4", "w")

        # The code is out of sight: they are listed in the output.
        await player.reads("✗ doubled must be 6", "✓ doubled must be above 0")


async def test_what_checks_say_takes_as_many_rows_as_it_has_at_each_width(folder: Path) -> None:
    long = TWO_CHECKS.replace("doubled must be 6", "doubled must be 6 and no other number")
    long = long.replace("doubled = 3\n", 'doubled = 3\n    print("made")\n')
    async with opened(write_lesson(folder, long), (110, 30)) as player:
        foot = player.panes.exercise.query_one(EditorFoot)

        def are_rows(count: int) -> bool:
            return foot.size.height == count == str(foot.visual).count("\n") + 1

        await player.press("f5")
        await is_judged(player)
        # Two checks and who has the keys, over the whole width.
        await player.until(lambda: foot.size.width > 100 and are_rows(3), "three rows")
        await player.press("escape")
        await player.until(lambda: foot.size.width < 100 and are_rows(3), "two checks in three")
        await player.press("f5")
        await player.until(lambda: foot.size.width > 100 and are_rows(3), "three rows again")


async def test_how_many_checks_hold_stands_in_red_in_the_status(two_checks: Path) -> None:
    async with opened(two_checks) as player:
        await player.press("f5")
        await is_judged(player)
        await player.until(lambda: "✗ 1 of 2 checks" in player.status_line, "the count")

        (strip,) = player.screen.query_one(StatusBar)._strips
        counted = next(part for part in strip if "1 of 2 checks" in part.text)
        assert counted.style is not None
        assert counted.style.color is not None
        assert counted.style.color.get_truecolor().hex == player.pilot.app.look.palette.bad


async def test_ascii_tells_checks_apart_too(two_checks: Path) -> None:
    async with opened(two_checks, in_ascii=True) as player:
        await player.press("f5")
        await is_judged(player)

        await player.reads("x 1 of 2 checks", "x doubled must be 6", "+ doubled must be above 0")


async def test_korean_counts_the_checks(two_checks: Path) -> None:
    async with opened(two_checks) as player:
        await player.press("ctrl+o", "f5")
        await is_judged(player)

        await player.reads("✗ 검사 2개 중 1개 통과")


async def test_all_checks_that_pass_are_listed_and_counted(two_checks: Path) -> None:
    async with opened(two_checks, (120, 40)) as player:
        await write(player, "+3")
        await player.press("f5")
        await is_judged(player)

        await player.reads("✓ 2 of 2 checks", "✓ doubled must be 6, which is 3 and 3")
        await player.reads("✓ Every check passes. n goes on")


async def test_joy_takes_no_room_and_no_keys_and_ends(two_checks: Path) -> None:
    async with opened(two_checks, (120, 40)) as player:
        pane, status = player.panes.exercise, player.screen.query_one(StatusBar)
        before = [pane.region, pane.content_region, status.region]

        pane.celebrate()
        status.celebrate()
        await settle(player.pilot)

        assert [pane.region, pane.content_region, status.region] == before
        assert player.screen.focused is None
        await player.until(lambda: status.sweep == 1 and not pane.has_class("-solved"), "its end")


async def test_without_animations_joy_stands_still(two_checks: Path) -> None:
    async with opened(two_checks) as player:
        player.pilot.app.animation_level = "none"
        pane, status = player.panes.exercise, player.screen.query_one(StatusBar)

        pane.celebrate()
        status.celebrate()

        assert not pane.has_class("-solved")
        await player.until(lambda: status.sweep == 1, "no light")


async def raise_in_the_first_step(player: Player) -> None:
    """Write what raises, and run the last step, which comes after it."""
    await write(player, "+oops")
    await player.press("escape", "n", "n")
    await player.shows_step(2)
    await player.press("space")
    await player.has_ended(Outcome.FAILED)


async def test_a_key_brings_the_starter_back_and_runs_the_step_that_was_wanted(
    two_checks: Path,
) -> None:
    async with opened(two_checks) as player:
        await raise_in_the_first_step(player)

        await player.press("X")
        assert player.playback.work.edit is not None
        await player.press("X")

        await player.shows_step(2)
        await player.has_ended()
        assert player.playback.works.of(0).edit is None
        await player.reads("later 3")


async def test_a_step_that_raises_on_its_own_keeps_nothing_from_running(two_checks: Path) -> None:
    async with opened(two_checks) as player:
        await write(player, "+oops")
        await player.press("f5")
        await player.has_ended(Outcome.FAILED)
        await player.press("escape", "X")

        await player.reads("No step waits for this one.")
        assert "has not run" not in text_of(player.pilot)


async def test_the_line_that_is_written_stays_in_sight_where_what_checks_say_takes_rows(
    folder: Path,
) -> None:
    long = TWO_CHECKS.replace("doubled = 3\n", "doubled = 3\n" + "    a = 1\n" * 40, 1)
    async with opened(write_lesson(folder, long), (110, 30)) as player:
        editor = player.editor
        await player.press("e", "ctrl+end")
        rows = editor.size.height

        await player.press("f5")
        await is_judged(player)
        await player.until(lambda: editor.size.height < rows, "fewer rows")

        line = editor.cursor_location[0]
        await player.until(
            lambda: line < editor.first_line_in_sight + editor.size.height, "the line in sight"
        )
