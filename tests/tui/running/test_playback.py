"""What a playback takes in, from a session that tells exactly what a test lets it tell."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest
from driving import write_lesson

from engine.client.remote_session import RemoteSession
from engine.lesson.model import Lesson
from engine.progress.keeping import open_progress
from engine.protocol.events import (
    EditsBrought,
    EngineFailed,
    EngineReady,
    Event,
    LessonRewound,
    MomentKept,
    OutputWritten,
    PictureShown,
    StepEnded,
    StepStarted,
    WentBack,
    WrittenApart,
)
from engine.protocol.frame import Frame, LoopProgress
from engine.protocol.outcomes import LessonTraceback, Outcome
from engine.protocol.pictures import packed_picture
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.reading.reader import read_lesson
from tui.player.bookmark import Bookmark
from tui.player.intake import take_in_news
from tui.player.playback import Playback
from tui.player.update import Update
from tui.showing.asked import asked_of
from tui.showing.sight import marked_line

THREE = """
    # %% One
    a = 1
    # %% Two
    b = 2
    # %% Three
    c = 3
"""

ASKED_LATER = """
    # ---
    # tutorch:
    #   title: Asked later
    # ---

    # %% Size
    size = 3

    # %% Mend it tags=["exercise"]
    mended = False

    # %% tags=["solution"]
    mended = True

    # %% tags=["check"]
    assert mended, {"en": "mend it", "ko": "고치세요"}

    # %% [markdown]
    # ## Total
    #
    # How many?
    #
    # - [?] `total` ± 0.5
    #   Three and four.

    # %% Total
    total = size + 4
"""


class Told:
    """Stands in for a session."""

    def __init__(self) -> None:
        self.status = Status.READY
        self.done = 0
        self.frame: Frame | None = None
        self.line: int | None = None
        self.waiting: list[Event] = []

    def forget_run(self, run: int) -> None:
        """No run is kept here."""

    def events(self) -> list[Event]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def running_line(self, first: int, last: int) -> int | None:
        return self.line if self.line is not None and first <= self.line <= last else None


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def playback(told: Told, folder: Path) -> Playback:
    """A playback of three steps that knows its session to be ready."""
    lesson = read_lesson(write_lesson(folder, THREE))
    playback = Playback(lesson, cast(RemoteSession, told), _bookmark(folder, lesson))
    take_in_news(playback)
    return playback


def _bookmark(folder: Path, lesson: Lesson) -> Bookmark:
    return Bookmark(open_progress(folder.parent / "state"), lesson)


def frame_of(step: int, position: int) -> Frame:
    loop = LoopProgress("epoch", 3, position, 100, 0.1 * position)
    return Frame(step, position, (loop,), (), (), (), 0.0)


def ended(step: int, outcome: Outcome = Outcome.DONE, **more: object) -> StepEnded:
    facts: dict[str, object] = {"frame": None, "traceback": None, **more}
    return StepEnded(step, outcome, 0.5, **facts)  # type: ignore[arg-type]


def test_nothing_told_is_no_update(playback: Playback) -> None:
    assert take_in_news(playback) is Update.NONE


def test_a_status_is_an_update_once(playback: Playback, told: Told) -> None:
    told.status = Status.RUNNING

    assert take_in_news(playback) is Update.STATUS
    assert take_in_news(playback) is Update.NONE
    assert playback.is_busy


@pytest.mark.parametrize(
    ("fact", "update"),
    [
        (EngineReady("cpu"), Update.STATUS),
        (EngineFailed("no torch"), Update.STATUS | Update.OUTPUT),
    ],
    ids=str,
)
def test_what_became_of_torch_is_kept(
    playback: Playback, told: Told, fact: Event, update: Update
) -> None:
    told.waiting = [fact]

    assert take_in_news(playback) == update
    assert playback.engine is fact


def test_only_a_process_after_another_begins_again(playback: Playback, told: Told) -> None:
    seen = []
    told.status = Status.WAITING
    for event in (EngineReady("cpu"), LessonRewound(), EngineReady("cpu")):
        told.waiting = [event]
        take_in_news(playback)
        seen.append(playback.begins_again)

    assert seen == [False, True, False]


def test_a_step_that_starts_is_turned_to(playback: Playback, told: Told) -> None:
    told.waiting = [StepStarted(2)]

    updates = take_in_news(playback)

    assert Update.STEP in updates
    assert (playback.shown, playback.running) == (2, 2)


def test_a_step_on_the_way_is_not_turned_to(playback: Playback, told: Told) -> None:
    told.waiting = [StepStarted(0, on_the_way=True)]
    playback.show_step(2)

    take_in_news(playback)

    assert playback.shown == 2
    assert playback.is_elsewhere


def test_a_step_on_the_way_that_fails_is_turned_to(playback: Playback, told: Told) -> None:
    playback.show_step(2)
    told.waiting = [StepStarted(0, on_the_way=True), ended(0, Outcome.FAILED)]

    take_in_news(playback)

    assert playback.shown == 0
    assert playback.running is None


@pytest.mark.parametrize(
    ("outcome", "awaits_run", "shown"),
    [
        (Outcome.STOPPED, True, 2),
        (Outcome.STOPPED, False, 0),
        (Outcome.FAILED, True, 0),
    ],
)
def test_a_run_that_is_ended_for_that_of_the_step_that_is_shown_is_not_turned_to(
    playback: Playback, told: Told, outcome: Outcome, awaits_run: bool, shown: int
) -> None:
    told.waiting = [StepStarted(0)]
    take_in_news(playback)
    playback.page.show(2)
    playback.page.awaits_run = awaits_run

    told.waiting = [ended(0, outcome)]
    take_in_news(playback)

    assert playback.shown == shown


def test_output_goes_to_the_step_that_wrote_it(playback: Playback, told: Told) -> None:
    told.waiting = [OutputWritten(0, "one\n"), OutputWritten(1, "two\n"), OutputWritten(0, "more")]

    assert take_in_news(playback) is Update.OUTPUT
    assert list(playback.record_of(0).output.lines) == ["one", "more"]
    assert list(playback.record_of(1).output.lines) == ["two"]


def test_output_that_was_left_out_is_counted(playback: Playback, told: Told) -> None:
    told.waiting = [OutputWritten(0, "the rest", left_out=12345)]

    take_in_news(playback)

    assert "… 12,345 bytes were too many to keep …" in list(playback.record.output.lines)


def test_a_new_frame_is_an_update_once(playback: Playback, told: Told) -> None:
    told.frame = frame_of(0, 1)

    assert take_in_news(playback) is Update.FRAME
    assert take_in_news(playback) is Update.NONE


def test_the_loops_of_the_frame_before_are_kept(playback: Playback, told: Told) -> None:
    told.frame = first = frame_of(0, 1)
    take_in_news(playback)

    told.frame = frame_of(0, 2)
    take_in_news(playback)

    assert playback.record.previous_loops is first.loops


def test_the_end_keeps_outcome_duration_and_last_frame(playback: Playback, told: Told) -> None:
    last = frame_of(1, 100)
    told.waiting = [StepStarted(1), ended(1, frame=last)]

    take_in_news(playback)

    record = playback.record_of(1)
    assert (record.outcome, record.seconds, record.frame) == (Outcome.DONE, 0.5, last)
    assert playback.outcomes == [None, Outcome.DONE, None]


def test_a_step_that_starts_again_has_an_empty_record(playback: Playback, told: Told) -> None:
    told.waiting = [StepStarted(0), OutputWritten(0, "once"), ended(0)]
    take_in_news(playback)

    told.waiting = [StepStarted(0)]
    take_in_news(playback)

    assert playback.record.outcome is None
    assert not playback.record.output.line_count


def test_an_error_is_written_below_the_output_and_marks_its_line(
    playback: Playback, told: Told
) -> None:
    traceback = LessonTraceback(("Traceback:", "ValueError: no"), 2)
    told.waiting = [OutputWritten(0, "so far\n"), ended(0, Outcome.FAILED, traceback=traceback)]

    take_in_news(playback)

    assert list(playback.record.output.lines) == ["so far", "Traceback:", "ValueError: no"]
    assert marked_line(playback) == 2


def test_the_line_that_runs_is_marked_in_the_step_that_runs(playback: Playback, told: Told) -> None:
    told.waiting, told.line = [StepStarted(1)], 4

    take_in_news(playback)

    assert marked_line(playback) == 4
    playback.show_step(0)
    assert marked_line(playback) is None


def test_a_rewound_lesson_has_no_records(playback: Playback, told: Told) -> None:
    told.waiting = [StepStarted(0), ended(0), LessonRewound()]

    updates = take_in_news(playback)

    assert Update.STEP in updates
    assert playback.outcomes == [None, None, None]


def test_the_edits_of_a_run_that_is_gone_back_into_are_those_of_now(
    playback: Playback, told: Told
) -> None:
    told.waiting = [EditsBrought({0: "x = 2"})]

    take_in_news(playback)

    assert playback.source == "x = 2"
    told.waiting = [EditsBrought({0: None})]
    take_in_news(playback)
    assert playback.work.edit is None


def test_what_was_written_in_a_race_is_there_again_at_its_moment(
    playback: Playback, told: Told
) -> None:
    place = Place(0, False, 3)
    told.waiting = [
        StepStarted(0),
        OutputWritten(0, "before\n"),
        MomentKept(1, place, True, 0),
        OutputWritten(0, "beside\n"),
        MomentKept(2, place, True, 0, WrittenApart(1, (OutputWritten(0, "in the race\n"),))),
        WentBack(0, 2, True, {}),
    ]

    take_in_news(playback)

    assert list(playback.record.output.lines) == ["before", "in the race"]


def test_pictures_of_a_race_are_there_again_at_its_moment(playback: Playback, told: Told) -> None:
    picture = packed_picture(np.zeros((2, 2, 3), np.uint8), "In the race")
    written = (OutputWritten(0, "before\n"), PictureShown(0, 1, picture))
    told.waiting = [
        StepStarted(0),
        MomentKept(2, Place(0, False, 3), True, 0, WrittenApart(None, written)),
        WentBack(0, 2, True, {}),
    ]

    take_in_news(playback)

    assert list(playback.record.output.lines) == ["before", "Figure 1 · In the race"]
    assert playback.record.output.picture(1) is picture


@pytest.mark.parametrize("index", [-1, 3, 0])
def test_a_step_that_is_not_there_or_is_shown_already_is_not_turned_to(
    playback: Playback, index: int
) -> None:
    assert not playback.show_step(index)
    assert playback.shown == 0


@pytest.mark.parametrize(
    ("edits", "is_of_own_code"),
    [
        ((None, None), True),
        ((None, "total = 9"), False),
        (("size = 9", None), False),
    ],
    ids=str,
)
def test_an_explanation_is_of_the_lesson_s_own_code_in_every_step_before(
    told: Told, folder: Path, edits: tuple[str | None, str | None], is_of_own_code: bool
) -> None:
    lesson = read_lesson(write_lesson(folder, ASKED_LATER))
    playback = Playback(lesson, cast(RemoteSession, told), _bookmark(folder, lesson))
    told.waiting = [
        StepStarted(0, edit=edits[0]),
        StepStarted(1, edit="mended = True"),
        StepStarted(2, edit=edits[1]),
    ]

    take_in_news(playback)

    [asked] = asked_of(playback, "en")
    assert asked.is_of_own_code is is_of_own_code
