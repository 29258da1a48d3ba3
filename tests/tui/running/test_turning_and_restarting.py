"""From step to step while one runs, and beginning again: a step, or the whole lesson."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from driving import ENDLESS, opened, write_lesson

from engine.protocol.events import Event, OutputWritten, StepStarted
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.player.playback import Playback

THREE_STEPS = """
    # %% One
    print("the first speaks")
    # %% Two
    print("the second speaks")
    # %% Three
    print("the third speaks")
"""


async def test_restarting_the_lesson_forgets_every_run(folder: Path) -> None:
    async with opened(write_lesson(folder, THREE_STEPS)) as player:
        await player.press("n", "n", "4")
        await player.run_step()
        assert player.playback.outcomes == [Outcome.DONE] * 3

        await player.press("R")

        await player.until(lambda: player.playback.outcomes == [None] * 3, "all to be forgotten")
        await player.press("4")
        await player.reads("1/3", "Nothing written yet.")


async def test_restarting_in_the_midst_of_a_run_goes_to_the_first_step(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %% First\nx = 1\n" + dedent(ENDLESS))) as player:
        await player.press("n", "3", "space")
        await player.reads("newest, at")

        await player.press("R")

        await player.is_ready()
        await player.reads("1/2")
        assert player.playback.outcomes == [None] * 2
        await player.press("n", "3")
        await player.reads("No curve yet")


async def test_a_step_runs_those_before_it_that_have_not_run(folder: Path) -> None:
    async with opened(write_lesson(folder, THREE_STEPS)) as player:
        await player.press("n", "n", "4")

        await player.run_step()

        assert player.output == "the third speaks"
        await player.press("p", "4")
        await player.reads("the second speaks", "2/3")


async def test_next_and_previous_stay_within_the_lesson(folder: Path) -> None:
    async with opened(write_lesson(folder, THREE_STEPS)) as player:
        await player.press("p", "n", "n", "n", "n")

        await player.shows_step(2)


async def test_turning_the_page_while_a_step_trains_leaves_it_training(folder: Path) -> None:
    lesson = write_lesson(folder, f"{dedent(ENDLESS)}# %% After\nprint('after')\n")
    async with opened(lesson) as player:
        await player.press("space")
        await player.is_running()

        await player.press("n")

        await player.reads("running step 1", "2/2")
        await player.until(lambda: player.playback.status is Status.RUNNING, "the step to run on")


async def test_restarting_a_step_that_trains_begins_with_its_first_statement(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = "# %% Before\nprint('before')\n# %% Slow\nprint('begun')\nwhile True:\n    pass\n"
    async with opened(write_lesson(folder, lesson)) as player:
        await player.press("n", "4", "space")
        await player.reads("begun")
        told = events_told(player.playback, monkeypatch)

        await player.press("r")

        await player.until(lambda: StepStarted(1) in told, "the step to begin again")
        await player.until(lambda: player.output == "begun", "its first statement")
        await player.is_running()
        # The moment before the step was woken: no other ran on the way.
        assert [one for one in told if isinstance(one, StepStarted)] == [StepStarted(1)]
        after = told[told.index(StepStarted(1)) :]
        written = [one for one in after if isinstance(one, OutputWritten)]
        assert "".join(one.text for one in written).strip() == "begun"


def events_told(playback: Playback, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What the session tells from now on, in its order."""
    told: list[Event] = []
    events = playback.session.events

    def tell() -> list[Event]:
        newest = events()
        told.extend(newest)
        return newest

    monkeypatch.setattr(playback.session, "events", tell)
    return told


async def test_a_step_that_failed_runs_again_once_its_reason_is_gone(folder: Path) -> None:
    missing = folder / "data.txt"
    text = f"# %% Read\nprint(open({str(missing)!r}).read())\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("4", "space")
        await player.has_ended(Outcome.FAILED)
        missing.write_text("here it is", encoding="utf-8")

        await player.run_step()

        assert player.output == "here it is"


async def test_a_closing_step_says_that_it_has_nothing_to_run(folder: Path) -> None:
    text = f"{dedent(THREE_STEPS)}# %% [markdown]\n# ## The end\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("n", "n", "n")
        await player.shows_step(3)

        await player.press("space")

        await player.reads("This step has no code to run.")
