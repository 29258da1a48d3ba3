"""What is kept of what a session's process has told, in the order in which it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.client.heard import Heard
from engine.client.kept import KeptWords
from engine.lesson.model import Lesson, LessonHeader, LocalText
from engine.protocol.events import StepEnded, StepStarted
from engine.protocol.frame import Frame
from engine.protocol.messages import Answer
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status


def frame_at(position: int) -> Frame:
    return Frame(0, position, (), (), (), (), 0.0)


def answer_with(frame: Frame, status: Status) -> Answer:
    return Answer(0, 0, 0, status, done=0, line=None, asked=None, frame=frame)


@pytest.fixture
def heard() -> Heard:
    """A process that has told of a step that has begun."""
    header = LessonHeader(Path("lesson.py"), LocalText({}), LocalText({}), None)
    heard = Heard(KeptWords(Lesson(header, (), "")))
    heard.take_event(StepStarted(0))
    return heard


def test_the_frame_of_a_step_that_runs_is_the_newest_one(heard: Heard) -> None:
    newest = frame_at(5)

    heard.take_answer(answer_with(newest, Status.RUNNING))

    assert heard.frame is newest


def test_a_frame_that_comes_after_the_end_of_its_step_is_older_than_the_last(heard: Heard) -> None:
    last = frame_at(9)
    heard.take_event(StepEnded(0, Outcome.DONE, 0.5, last, None))

    heard.take_answer(answer_with(frame_at(8), Status.RUNNING))

    assert heard.frame is last


def test_what_is_looked_at_again_once_a_step_has_ended_is_newer(heard: Heard) -> None:
    heard.take_event(StepEnded(0, Outcome.DONE, 0.5, frame_at(9), None))
    again = frame_at(9)

    heard.take_answer(answer_with(again, Status.READY))

    assert heard.frame is again
