"""A connection: what comes through it, and how it ends."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from engine.protocol.wire import Kind, packet
from engine.system.connection import Connection, Packet

Ends = tuple[Connection, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """A connection, and the socket at its other end."""
    ours, theirs = socket.socketpair()
    connection = Connection(ours)
    with theirs:
        yield connection, theirs
    connection.close()


def test_packets_come_once_they_are_whole(ends: Ends) -> None:
    connection, other_end = ends
    first, second = packet(7, Kind.EVENT, b"one"), packet(8, Kind.ANSWER, b"two")

    other_end.sendall(first + second[:-1])
    assert connection.receive() == [Packet(7, Kind.EVENT, b"one")]

    other_end.sendall(second[-1:])
    assert connection.receive() == [Packet(8, Kind.ANSWER, b"two")]


def test_the_last_words_are_heard_of_one_that_can_be_told_nothing_more(ends: Ends) -> None:
    connection, other_end = ends
    other_end.sendall(packet(7, Kind.EVENT, b"I begin again."))
    other_end.close()

    connection.send(7, Kind.QUESTION, b"How do you stand?")

    assert connection.receive() == [Packet(7, Kind.EVENT, b"I begin again.")]
    assert not connection.is_open


def test_nothing_waits_to_be_written_to_one_that_is_gone(ends: Ends) -> None:
    connection, other_end = ends
    connection.send(7, Kind.COMMAND, bytes(1 << 22))
    assert connection.waits_to_write

    other_end.close()
    connection.flush()

    assert not connection.waits_to_write
    assert connection.receive() == []
    assert not connection.is_open
