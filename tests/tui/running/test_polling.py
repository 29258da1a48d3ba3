"""What a poll means for the screen, from a session that tells exactly what a test lets it tell."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from driving import write_lesson
from msgspec import structs

from engine.kernel.session import Session
from engine.progress.keeping import open_progress
from engine.protocol.events import EngineFailed, Event, StepEnded, StepStarted
from engine.protocol.frame import Frame, FrameRequest, LoopProgress
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from engine.protocol.tensors import TensorRequest
from engine.reading.reader import read_lesson
from tui.player.bookmark import Bookmark
from tui.player.playback import Playback
from tui.player.update import Update
from tui.polling.poller import Poller

LESSON = """
    # %% Plain
    a = 1
    # %% Drawn on canvas="pixels"
    pixels = 0
    # %% Seen
    b = 2
    # %% Look view="every epoch"
    print(b)
"""
PLAIN, DRAWN_ON, SEEN = 0, 1, 2
ROOM, MORE_ROOM = FrameRequest(40, 10), FrameRequest(80, 20)


class Told:
    """Stands in for a session and the keyboard, and remembers which frames were asked for."""

    def __init__(self) -> None:
        self.status = Status.READY
        self.done = 0
        self.frame: Frame | None = None
        self.waiting: list[Event] = []
        self.requests: list[FrameRequest] = []
        self.keys_wait = False
        self.cores: float | None = None

    def forget_run(self, run: int) -> None:
        """No run is kept here."""

    def room(self, now: float) -> float | None:
        del now
        return self.cores

    def events(self) -> list[Event]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def request_frame(self, request: FrameRequest) -> None:
        self.requests.append(request)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def poller(told: Told, folder: Path) -> Poller:
    """A poller that has not polled yet."""
    lesson = read_lesson(write_lesson(folder, LESSON))
    bookmark = Bookmark(open_progress(folder.parent / "state"), lesson)
    playback = Playback(lesson, cast(Session, told), bookmark)
    return Poller(playback, lambda: told.keys_wait, told.room)


def frame_of(step: int, position: int = 0) -> Frame:
    return Frame(step, position, (), (), (), (), 0.0)


def ended(step: int, outcome: Outcome) -> StepEnded:
    return StepEnded(step, outcome, 0.5, None, None)


def test_the_trouble_of_an_engine_that_does_not_start_is_told_once(
    poller: Poller, told: Told
) -> None:
    told.status, told.waiting = Status.UNABLE, [EngineFailed("no torch")]

    assert poller.poll(0.0).trouble == "no torch"
    assert poller.poll(0.1).trouble is None


@pytest.mark.parametrize(
    ("step", "outcome", "pane"),
    [
        (PLAIN, Outcome.FAILED, "output"),
        (PLAIN, Outcome.DONE, None),
        (DRAWN_ON, Outcome.DONE, "canvas"),
        (DRAWN_ON, Outcome.FAILED, "output"),
    ],
)
def test_the_end_of_a_step_brings_into_sight_what_matters_then(
    poller: Poller, told: Told, step: int, outcome: Outcome, pane: str | None
) -> None:
    told.waiting = [StepStarted(step), ended(step, outcome)]

    assert poller.poll(0.0).pane == pane


def test_a_step_that_begins_by_itself_turns_the_page(poller: Poller, told: Told) -> None:
    told.waiting = [StepStarted(SEEN)]

    assert poller.poll(0.0).has_turned
    assert not poller.poll(0.1).has_turned


def test_a_late_frame_is_a_silence_that_is_told_in_beats(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    poller.poll(100.0)

    silences = [poller.poll(now).silence for now in (100.3, 101.0, 101.1, 101.5)]

    assert silences == pytest.approx([0.0, 1.0, 0.0, 1.5])


def test_a_frame_ends_the_silence(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    poller.poll(100.0)
    told.frame = frame_of(PLAIN)

    assert poller.poll(101.0).updates is Update.FRAME
    assert poller.poll(101.2).silence == 0.0


def test_a_frame_of_a_run_is_drawn_after_the_key_that_waits(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    poller.poll(100.0)
    told.frame, told.keys_wait = frame_of(PLAIN), True

    waiting = poller.poll(100.1).updates
    told.keys_wait = False
    free = poller.poll(100.13).updates

    assert (waiting, free) == (Update.NONE, Update.FRAME)


def test_what_a_key_has_brought_about_does_not_wait_for_it(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.PAUSED, [StepStarted(PLAIN)]
    poller.poll(100.0)
    told.frame, told.keys_wait = frame_of(PLAIN), True

    assert poller.poll(100.1).updates == Update.FRAME


@pytest.mark.parametrize("status", [Status.PAUSED, Status.READY])
def test_what_stands_still_is_no_silence(poller: Poller, told: Told, status: Status) -> None:
    told.status, told.waiting = status, [StepStarted(PLAIN)]
    poller.poll(100.0)

    assert poller.poll(200.0).silence == 0.0


def test_a_run_tells_its_seconds_until_a_loop_does(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    poller.poll(100.0)
    told.frame = frame_of(PLAIN)
    poller.poll(101.0)

    assert poller.seconds_without_loop(103.0) == pytest.approx(3.0)
    told.frame = replace(frame_of(PLAIN), loops=(LoopProgress("epoch", 1, 2, 9, 0.5),))
    poller.poll(103.0)
    assert poller.seconds_without_loop(104.0) is None


def test_a_run_that_is_not_told_of_yet_has_lasted_since_nothing_ran(
    poller: Poller, told: Told
) -> None:
    poller.poll(100.0)
    told.status = Status.RUNNING
    poller.poll(100.1)

    assert poller.seconds_without_loop(100.5) == pytest.approx(0.5)


def test_the_seconds_of_a_run_never_go_back(poller: Poller, told: Told) -> None:
    noticed = Noticed(Slip.NO_GRADIENT, PLAIN, None)
    news: list[list[Event]] = [[], [StepStarted(PLAIN)], [], [noticed], []]
    poller.poll(100.0)
    told.status, seconds = Status.RUNNING, []

    for now, told.waiting in enumerate(news, start=101):
        poller.poll(float(now))
        seconds.append(poller.seconds_without_loop(float(now)))

    assert seconds == [1.0, 2.0, 3.0, 4.0, 5.0]


def test_the_seconds_of_a_run_are_its_own_and_none_of_its_pause(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    poller.poll(100.0)
    told.status = Status.PAUSED
    poller.poll(102.0)
    poller.poll(109.0)
    told.status = Status.RUNNING
    poller.poll(110.0)
    assert poller.seconds_without_loop(111.0) == pytest.approx(3.0)

    told.waiting = [ended(PLAIN, Outcome.DONE)]
    poller.poll(112.0)
    told.waiting = [StepStarted(SEEN)]
    poller.poll(112.1)

    assert poller.seconds_without_loop(112.5) == pytest.approx(0.5)


def test_a_run_that_is_found_going_on_is_told_from_then_on(poller: Poller, told: Told) -> None:
    told.status = Status.RUNNING

    assert poller.poll(100.0).silence == 0.0
    assert poller.seconds_without_loop(103.0) == pytest.approx(3.0)


def test_a_paused_run_tells_no_seconds(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.PAUSED, [StepStarted(PLAIN)]
    poller.poll(100.0)

    assert poller.seconds_without_loop(103.0) is None


def test_frames_are_asked_for_while_a_step_runs_and_no_faster_than_the_pace(
    poller: Poller, told: Told
) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    poller.poll(100.0)

    for now in (100.0, 100.01, 100.02, 101.0):
        poller.ask_for_frame(now, ROOM, shows_drawings=False)

    assert told.requests == [ROOM, ROOM]


def test_costly_frames_are_asked_for_more_rarely(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    for now in range(20):
        told.frame = dataclasses.replace(frame_of(PLAIN), seconds_spent=1.0)
        poller.poll(float(now))

    for now in (100.0, 100.1, 100.19, 100.21):
        poller.ask_for_frame(now, ROOM, shows_drawings=False)

    assert len(told.requests) == 2


def test_frames_are_asked_for_more_rarely_where_the_machine_has_no_room(
    poller: Poller, told: Told
) -> None:
    told.status, told.waiting, told.cores = Status.RUNNING, [StepStarted(PLAIN)], 0.3
    polls = [100.0 + number / 30 for number in range(300)]
    for now in polls:
        poller.poll(now)
        poller.ask_for_frame(now, ROOM, shows_drawings=False)

    assert 50 <= len(told.requests) <= 65


def test_the_tensors_of_a_run_are_drawn_as_often_as_they_can_be_read(
    poller: Poller, told: Told
) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    poller.poll(100.0)
    waited = []
    for position, moment in enumerate((101.0, 101.1, 101.25, 101.3, 101.5)):
        told.frame = frame_of(PLAIN, position)
        waited.append(poller.poll(moment).tensors_can_wait)

    assert waited == [False, True, False, True, False]


def test_the_tensors_of_a_run_that_pauses_are_drawn_at_once(poller: Poller, told: Told) -> None:
    told.status, told.waiting = Status.RUNNING, [StepStarted(PLAIN)]
    poller.poll(100.0)
    told.frame = frame_of(PLAIN, 1)
    poller.poll(100.1)

    told.status, told.frame = Status.PAUSED, frame_of(PLAIN, 2)

    assert not poller.poll(100.11).tensors_can_wait


@pytest.fixture
def seen(poller: Poller, told: Told) -> Poller:
    """A poller whose step has run to its end and shows a drawing made for ROOM."""
    told.waiting = [
        StepStarted(SEEN),
        structs.replace(ended(SEEN, Outcome.DONE), frame=frame_of(SEEN)),
    ]
    poller.poll(0.0)
    told.frame = frame_of(SEEN, 1)
    poller.poll(0.1)
    poller.ask_for_frame(0.1, ROOM, shows_drawings=True)
    told.requests.clear()
    return poller


def test_a_drawing_that_stands_still_is_asked_for_again_when_its_pane_has_grown(
    seen: Poller, told: Told
) -> None:
    seen.ask_for_frame(0.2, ROOM, shows_drawings=True)
    assert told.requests == []

    seen.ask_for_frame(0.3, MORE_ROOM, shows_drawings=True)
    seen.ask_for_frame(0.4, MORE_ROOM, shows_drawings=True)

    assert told.requests == [MORE_ROOM]


def test_tensors_that_stand_still_are_asked_for_again_when_they_are_wanted_otherwise(
    seen: Poller, told: Told
) -> None:
    with_tensors = replace(ROOM, tensors=TensorRequest(40, 10))

    seen.ask_for_frame(0.3, with_tensors, shows_drawings=True)
    seen.ask_for_frame(0.4, with_tensors, shows_drawings=True)

    assert told.requests == [with_tensors]


def test_tensors_that_are_as_they_are_wanted_are_not_asked_for_again(
    seen: Poller, told: Told
) -> None:
    with_tensors = replace(ROOM, tensors=TensorRequest(40, 10))
    told.frame = replace(frame_of(SEEN, 2), tensors_for=TensorRequest(40, 10))
    seen.poll(0.2)

    seen.ask_for_frame(0.3, with_tensors, shows_drawings=True)

    assert told.requests == []


def test_a_drawing_out_of_sight_is_not_asked_for_again(seen: Poller, told: Told) -> None:
    seen.ask_for_frame(0.3, MORE_ROOM, shows_drawings=False)

    assert told.requests == []
