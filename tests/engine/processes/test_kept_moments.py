"""The host's moments: of which the memory is measured as one more is kept."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

from engine.host import moments as host_moments
from engine.host.moments import KeptMoments
from engine.host.played import SharedFolder
from engine.protocol.moments import Moment
from engine.protocol.places import Place

_MIB = 1 << 20
_FIRST = 1000


@pytest.fixture
def kept() -> Iterator[KeptMoments]:
    """Five moments, 1000 to 1004, which may have 100 MiB together."""
    moments = KeptMoments(100 * _MIB, lambda *_: None)
    folder, ways = SharedFolder(), []
    for number in range(5):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ways.append(theirs)
        moments.add(1, Moment(Place(number), False, {}), ours, folder)
        theirs.send((_FIRST + number).to_bytes(4, sys.byteorder))
    moments.settle()
    yield moments
    moments.close()
    for one in moments:
        one.folder.leave()
    for way in ways:
        way.close()


@pytest.mark.parametrize(("each", "measured"), [(9, {1003}), (15, {1000, 1001, 1003})])
def test_the_others_are_measured_where_they_may_have_come_near_the_limit(
    kept: KeptMoments, monkeypatch: pytest.MonkeyPatch, each: int, measured: set[int]
) -> None:
    asked: list[int] = []

    def size_of(process: int) -> int:
        asked.append(process)
        return each * _MIB

    monkeypatch.setattr(host_moments, "private_memory", size_of)
    for moment in kept:
        moment.size = each * _MIB

    kept.make_room()

    assert set(asked) == measured


def test_low_memory_takes_every_second_moment_and_a_marked_one_last(
    kept: KeptMoments, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(host_moments, "end", ended.append)
    monkeypatch.setattr(host_moments, "is_memory_low", lambda: True)
    _, marked, *_ = kept
    kept.mark(marked.number)

    left = []
    while kept:
        kept.make_room_in_memory()
        left.append(len([*kept]))

    assert left == [3, 2, 1, 0]
    assert ended == [1000, 1003, 1002, 1004, 1001]
