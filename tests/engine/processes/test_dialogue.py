"""What a session is taken to do, by what it has said and by what it has not heard of yet."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.client.dialogue import Dialogue
from engine.protocol.commands import (
    Command,
    GoTo,
    Numbered,
    Pause,
    Resume,
    RunOrPause,
    RunStep,
    RunTo,
    Stop,
)
from engine.protocol.messages import Answer
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.protocol.wire import encode


def dialogue_after(said: Status, *commands: Command, heard: int = 0) -> Dialogue:
    """One whose process has said how it stands when it had heard so many of the commands."""
    dialogue = Dialogue(lambda *_: None, is_text_whole=False)
    for number, command in enumerate(commands, 1):
        dialogue.command(Numbered(number, command))
    answer = Answer(heard, 0, 0, said, done=0, line=None, asked=None, frame=None)
    dialogue.take_answer(encode(answer))
    assert dialogue.due_answer() is not None
    return dialogue


@pytest.mark.parametrize(
    ("said", "commands", "status"),
    [
        (Status.RUNNING, [RunOrPause(0)], Status.PAUSING),
        (Status.RUNNING, [Pause()], Status.PAUSING),
        (Status.RUNNING, [RunOrPause(0), RunOrPause(0)], Status.RUNNING),
        (Status.PAUSING, [Resume()], Status.RUNNING),
        (Status.READY, [RunStep(0)], Status.RUNNING),
        (Status.READY, [RunOrPause(0), RunOrPause(0)], Status.PAUSING),
        (Status.READY, [Pause()], Status.READY),
        (Status.PAUSED, [RunOrPause(0)], Status.PAUSED),
    ],
)
def test_a_command_that_was_not_heard_yet_is_shown_to_have_an_effect(
    said: Status, commands: Sequence[Command], status: Status
) -> None:
    assert dialogue_after(said, *commands).status(has_begun=True) is status


def test_a_command_that_was_heard_has_had_its_effect() -> None:
    dialogue = dialogue_after(Status.RUNNING, RunOrPause(0), heard=1)

    assert dialogue.status(has_begun=True) is Status.RUNNING


def test_what_is_imported_on_the_way_to_a_place_is_part_of_going_there() -> None:
    dialogue = Dialogue(lambda *_: None, is_text_whole=False)
    dialogue.was_opened_with([Numbered(1, RunTo(0, 0))], runs=True, seeks=True)
    seen = []

    said = (Status.LOADING, Status.WAITING, Status.SEEKING, Status.WAITING, Status.PAUSED)
    for status in (*said, Status.WAITING):
        answer = Answer(1, 0, 0, status, done=0, line=None, asked=None, frame=None)
        dialogue.take_answer(encode(answer))
        assert dialogue.due_answer() is not None
        seen.append(dialogue.status(has_begun=True))

    assert seen == [*[Status.SEEKING] * 4, Status.PAUSED, Status.WAITING]


def test_a_place_that_was_not_heard_of_yet_is_where_the_run_goes() -> None:
    before, after = Place(0, True, 3), Place(0, True, 9)
    opened = Dialogue(lambda *_: None, is_text_whole=False)
    opened.was_opened_with([Numbered(1, GoTo(before))], runs=True, seeks=True)

    assert opened.sought == before
    assert dialogue_after(Status.PAUSED, GoTo(before), GoTo(after), heard=1).sought == after
    assert dialogue_after(Status.PAUSED, GoTo(before), GoTo(after), heard=2).sought is None


def test_a_stop_that_was_not_heard_yet_counts_before_a_pause() -> None:
    dialogue = dialogue_after(Status.RUNNING, Pause(), Stop())

    dialogue.begin_to_stop(None)

    assert dialogue.status(has_begun=True) is Status.STOPPING


def test_what_was_said_is_doubted_once_a_question_waits_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    dialogue = dialogue_after(Status.RUNNING, RunStep(0), heard=1)
    dialogue.ask(None)
    was_silent = dialogue.is_silent

    now = 105.0

    assert (was_silent, dialogue.is_silent) == (False, True)
