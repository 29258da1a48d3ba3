"""What a session's process answers while its run is on the way to a place."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from engine.protocol.commands import StateQuestion
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Answer
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.protocol.wire import Kind, decode, encode
from engine.serving.server import Server

ON_THE_WAY, GOAL = Place(0, True, 12), Place(0, True, 15)


class Arriving:
    """A session that arrives between two of the looks that are taken at it."""

    done, line, asked, frame, spot, changes = 0, None, None, None, None, ()
    process = SimpleNamespace(last_statement=None)

    def __init__(self, looks_left: int) -> None:
        self.looks_left = looks_left

    @property
    def has_arrived(self) -> bool:
        self.looks_left -= 1
        return self.looks_left < 0

    @property
    def status(self) -> Status:
        return Status.PAUSED if self.has_arrived else Status.SEEKING

    @property
    def place(self) -> Place:
        return GOAL if self.has_arrived else ON_THE_WAY

    @property
    def sought(self) -> Place | None:
        return None if self.has_arrived else GOAL


class Sent:
    told, told_frame, heard_number, begun_number = 0, None, 0, 0

    def send(self, _: Kind, body: bytes) -> None:
        self.answer = decode(body, Answer)


@pytest.mark.parametrize("looks", range(5))
def test_a_place_on_the_way_never_stands_where_nothing_is_sought(looks: int) -> None:
    session, sent = Arriving(looks), Sent()
    parts: list[Any] = [session, None, sent]
    server = Server(*parts, FrameRequest(80, 24))

    server._take((Kind.QUESTION, encode(StateQuestion(None, None))))

    answer = cast(Answer, sent.answer)
    assert GOAL in (answer.place, answer.sought)
    assert answer.sought is None or answer.status is Status.SEEKING
