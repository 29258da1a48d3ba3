"""Which panes a step has: also for what is told of a run that wrote nothing itself."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from driving import write_lesson

from engine.client.remote_session import RemoteSession
from engine.progress.keeping import open_progress
from engine.protocol.events import (
    Event,
    ExerciseJudged,
    LessonRewound,
    StepEnded,
    StepStarted,
)
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.outcomes import Exit, Outcome
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.protocol.verdicts import Verdict
from engine.reading.reader import read_lesson
from tui.player.bookmark import Bookmark
from tui.player.intake import take_in_news
from tui.player.playback import Playback
from tui.rendering.remarks import Remark
from tui.showing.offers import loop_rows, offer_of
from tui.showing.remarks import word_on_the_way

EXERCISE = """
    # ---
    # tutorch:
    #   title: Asked
    # ---

    # %% Silent tags=["exercise"]
    a = 0
    # %% tags=["solution"]
    a = 1
    # %% tags=["check"]
    assert a == 1
"""


class Told:
    """Stands in for a session that has told of these events."""

    status = Status.RUNNING
    done = 0
    frame = None
    sought: Place | None = None

    def __init__(self) -> None:
        self.waiting: list[Event] = []

    def forget_run(self, run: int) -> None:
        """No run is kept here."""

    def events(self) -> list[Event]:
        waiting, self.waiting = self.waiting, []
        return waiting


@pytest.fixture
def told() -> Told:
    return Told()


def playing(told: Told, folder: Path, text: str) -> Playback:
    """A playback of a lesson whose first step runs."""
    lesson = read_lesson(write_lesson(folder, text))
    bookmark = Bookmark(open_progress(folder.parent / "state"), lesson)
    playback = Playback(lesson, cast(RemoteSession, told), bookmark)
    told.waiting = [StepStarted(0)]
    take_in_news(playback)
    return playback


@pytest.fixture
def playback(told: Told, folder: Path) -> Playback:
    """A playback of one step that writes nothing, and runs."""
    return playing(told, folder, "# %% Silent\na = 1\n")


def ended(exit_told: Exit | None = None) -> StepEnded:
    return StepEnded(0, Outcome.DONE, 0.5, None, None, exit_told)


def test_what_the_teacher_has_noticed_has_a_pane_but_takes_no_room_in_the_midst_of_a_run(
    playback: Playback, told: Told
) -> None:
    assert "output" not in offer_of(playback).panes

    told.waiting = [Noticed(0, Slip.NO_GRADIENT, 2)]
    take_in_news(playback)
    offer = offer_of(playback)
    assert "output" in offer.panes & offer.empty

    told.waiting = [ended()]
    take_in_news(playback)
    offer = offer_of(playback)
    assert "output" in offer.panes - offer.empty


def test_a_step_that_is_run_again_to_a_place_in_it_keeps_its_panes(
    playback: Playback, told: Told
) -> None:
    told.waiting = [Noticed(0, Slip.NO_GRADIENT, 2), ended()]
    take_in_news(playback)
    told.waiting = [LessonRewound()]
    take_in_news(playback)
    before = offer_of(playback)

    told.status = Status.SEEKING
    take_in_news(playback)

    assert before.empty >= {"curve", "view"}
    assert offer_of(playback).empty == {"canvas", "output"}
    assert word_on_the_way(playback, str).startswith("On the way back")
    told.sought = Place(1)
    assert not word_on_the_way(playback, str)
    assert offer_of(playback).empty == before.empty


def test_the_output_of_an_exercise_has_room_where_its_code_does_not_tell_all(
    told: Told, folder: Path
) -> None:
    playback = playing(told, folder, EXERCISE)
    assert "output" in offer_of(playback).panes & offer_of(playback).empty

    told.waiting = [ended(), ExerciseJudged(0, Verdict(()))]
    take_in_news(playback)
    under_code = [Remark("Every check passes.", True)]
    assert "output" not in offer_of(playback).empty
    assert "output" in offer_of(playback, under_code).empty

    playback.record.take_text("a line\n", 0, str)
    assert "output" not in offer_of(playback, under_code).empty


def test_the_output_of_an_exercise_that_prints_keeps_its_room_until_its_checks_have_spoken(
    told: Told, folder: Path
) -> None:
    playback = playing(
        told, folder, EXERCISE.replace("a = 0", "a = 0\n    if a:\n        print(a)")
    )
    assert "output" not in offer_of(playback).empty

    told.waiting = [ended()]
    take_in_news(playback)
    assert "output" not in offer_of(playback).empty


def test_an_exercise_without_a_text_has_a_pane_for_it_once_help_is_asked_for(
    told: Told, folder: Path
) -> None:
    playback = playing(told, folder, EXERCISE)
    assert "prose" not in offer_of(playback).panes

    playback.work.solution_shown = True

    assert "prose" in offer_of(playback).panes


@pytest.mark.parametrize(
    ("text", "has_pane"),
    [
        ("# %% [markdown]\n# %%\na = 1\n", False),
        ("# %% [markdown]\n# Read.\n# %%\na = 1\n", True),
        ('# %% [markdown] tags=["question"]\n# What?\n#\n# ---\n# This.\n# %%\na = 1\n', True),
        ("", True),
    ],
)
def test_a_step_has_a_pane_for_its_text_where_there_is_something_to_read(
    told: Told, folder: Path, text: str, has_pane: bool
) -> None:
    assert ("prose" in offer_of(playing(told, folder, text)).panes) is has_pane


def test_how_a_silent_step_has_left_its_program_has_a_pane(playback: Playback, told: Told) -> None:
    told.waiting = [ended(Exit(3, 1))]
    take_in_news(playback)

    offer = offer_of(playback)
    assert "output" in offer.panes - offer.empty


@pytest.mark.parametrize(("width", "rows"), [(80, 1), (99, 1), (100, 2), (200, 2)])
def test_rows_for_loops_inside_others_are_kept_where_a_run_moves_nothing_else(
    told: Told, folder: Path, width: int, rows: int
) -> None:
    nested = "# %%\nfor epoch in range(9):\n    for batch in range(9):\n        cost = 1.0\n"

    assert loop_rows(playing(told, folder, nested), width) == rows
