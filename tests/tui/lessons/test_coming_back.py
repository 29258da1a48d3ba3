"""What a learner finds again: the step where they were, what they have done, how it looked."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import (
    Player,
    opened,
    opened_list,
    wait_for_list,
    wait_until,
    write_lesson,
)
from listing import COUNTING

from engine.progress.keeping import Progress, open_progress
from engine.protocol.outcomes import Outcome

FAILING_SECOND = """
    # %% One
    a = 1
    # %% Two
    raise ValueError("no")
    # %% Three
    c = 3
"""
EXERCISE = """
    # ---
    # tutorch:
    #   title: Twice
    # ---
    # %% Twice tags=["exercise"]
    doubled = 3
    # %% [markdown] tags=["hint"]
    # Think of a sum.
    # %% tags=["solution"]
    doubled = 6
    # %% tags=["check"]
    assert doubled == 6
"""


@pytest.fixture
def progress(state_home: Path) -> Progress:
    """What the app keeps, seen from another player."""
    return open_progress(state_home / "tutorch")


def nothing_has_run(player: Player) -> bool:
    return player.playback.outcomes == [None] * len(player.playback.outcomes)


async def test_a_lesson_opens_again_at_the_step_where_the_learner_was(counting: Path) -> None:
    async with opened(counting) as player:
        await player.press("n", "n")

    async with opened(counting) as player:
        await player.shows_step(2)
        assert nothing_has_run(player)


async def test_a_step_turned_to_by_running_it_is_the_place_too(counting: Path) -> None:
    async with opened(counting) as player:
        await player.press("a")
        await player.until(lambda: player.playback.outcomes[2] is Outcome.DONE, "the run")

    async with opened(counting) as player:
        await player.shows_step(2)


async def test_steps_done_before_are_marked_apart_from_those_done_now(counting: Path) -> None:
    async with opened(counting) as player:
        await player.run_step()
        await player.press("n")
        await player.run_step()
        await player.until(lambda: "●●○○" in player.status_line, "two steps done now")

    async with opened(counting) as player:
        await player.until(lambda: "◎◎○○" in player.status_line, "two steps done earlier")
        await player.press("p")
        await player.run_step()
        await player.until(lambda: "●◎○○" in player.status_line, "one of them done now")


async def test_a_closing_step_is_done_once_it_was_shown(counting: Path) -> None:
    async with opened(counting) as player:
        await player.press("n", "n", "n")
        await player.reads("Read, and that is all.")

        assert player.playback.bookmark.done == {3}


async def test_a_step_that_failed_or_was_stopped_is_not_done(
    folder: Path, progress: Progress
) -> None:
    async with opened(write_lesson(folder, FAILING_SECOND)) as player:
        await player.press("a")
        await player.until(lambda: player.playback.outcomes[1] is Outcome.FAILED, "the failure")

        assert [summary.done for summary in progress.summaries().values()] == [1]


async def test_what_is_done_is_kept_at_once(counting: Path, progress: Progress) -> None:
    async with opened(counting) as player:
        await player.run_step()

        assert [summary.done for summary in progress.summaries().values()] == [1]


async def test_one_key_catches_up_to_the_step_that_is_shown(counting: Path) -> None:
    async with opened(counting) as player:
        await player.press("n", "n")

    async with opened(counting) as player:
        await player.press("c")
        await player.until(
            lambda: player.playback.outcomes == [Outcome.DONE, Outcome.DONE, None, None],
            "the steps before to run",
        )
        await player.is_ready()
        await player.shows_step(2)
        await player.press("4")
        await player.run_step()

        assert player.output == "one two three"


async def test_where_nothing_is_left_to_catch_up_with_it_is_said(counting: Path) -> None:
    async with opened(counting) as player:
        await player.press("c")

        await player.reads("Everything before this step has run.")
        assert nothing_has_run(player)


async def test_catching_up_ends_at_a_step_that_fails_and_shows_it(folder: Path) -> None:
    async with opened(write_lesson(folder, FAILING_SECOND)) as player:
        await player.press("n", "n", "c")

        await player.shows_step(1)
        await player.has_ended(Outcome.FAILED)


async def test_a_changed_lesson_opens_at_its_first_step_where_the_old_one_has_gone(
    counting: Path,
) -> None:
    async with opened(counting) as player:
        await player.press("n", "n")
    write_lesson(counting.parent, COUNTING.replace("Three", "Another"))

    async with opened(counting) as player:
        await player.shows_step(0)


async def test_the_theme_is_remembered(folder: Path) -> None:
    async with opened_list(folder) as pilot:
        pilot.app.theme = "textual-light"
        await pilot.pause()

    async with opened_list(folder) as pilot:
        assert pilot.app.theme == "textual-light"


async def test_a_theme_that_there_is_no_more_is_passed_over(
    folder: Path, progress: Progress
) -> None:
    progress.keep_theme("a theme of another time")

    async with opened_list(folder) as pilot:
        assert pilot.app.theme == "textual-dark"


async def test_what_ends_while_its_lesson_is_left_is_kept(folder: Path, progress: Progress) -> None:
    go = folder / "go"
    waiting = f"""
        # %% Wait
        import os
        while not os.path.exists({str(go)!r}):
            pass
    """
    async with opened(write_lesson(folder, waiting)) as player:
        await player.press("space")
        await player.is_running()
        await player.press("escape")
        await wait_for_list(player.pilot)

        go.touch()

        await wait_until(
            player.pilot,
            lambda: [one.done for one in progress.summaries().values()] == [1],
            "the step to be done",
        )


async def test_that_nothing_can_be_kept_is_said_once_and_the_lesson_plays(
    counting: Path, state_home: Path
) -> None:
    (state_home / "tutorch").write_text("a file where the folder should be", encoding="utf-8")

    async with opened(counting) as player:
        await player.reads("Nothing is kept now")
        await player.run_step()

        notices = list(player.pilot.app._notifications)
        assert len(notices) == 1


async def test_who_was_overtaken_by_another_player_is_told_and_no_longer_reads_kept(
    folder: Path, progress: Progress
) -> None:
    async with opened(write_lesson(folder, EXERCISE), size=(120, 40)) as player:
        await player.press("e")
        await player.press("end", "1")
        await player.reads("kept")
        await player.press("escape")
        key = next(iter(progress.summaries()))

        progress.keep_edit(key, "Twice #1", "doubled = 2")

        await player.reads("Another tutorch has changed what is kept")
        notices = list(player.pilot.app._notifications)
        assert len(notices) == 1
        assert not player.playback.works.is_edit_kept(0)
        assert player.panes.exercise.border_subtitle == ""

        await player.press("e")
        await player.press("end", "2")
        await player.until(
            lambda: player.playback.works.is_edit_kept(0), "the edit to be kept again"
        )


async def test_the_progress_is_opened_once_the_app_runs_and_not_before(state_home: Path) -> None:
    from tui.app import TutorchApp

    TutorchApp(state_home)

    assert list(state_home.iterdir()) == []
