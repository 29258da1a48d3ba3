"""What a terminal says where the cursor is, and the key that looks just like that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import monotonic

import pytest
from textual.drivers.linux_driver import LinuxDriver
from textual.events import CursorPosition, Key
from textual.message import Message

from tui.terminal.driver import PlayerDriver
from tui.terminal.output import Output

SHIFT_F3 = CursorPosition(1, 0)


@pytest.fixture
def output() -> Iterator[Output]:
    """An output that nobody reads."""
    read, write = os.pipe()
    output = Output(write, lambda: None)
    yield output
    output.end(monotonic())
    os.close(write)
    os.close(read)


@pytest.fixture
def driver(output: Output) -> PlayerDriver:
    driver = PlayerDriver.__new__(PlayerDriver)
    driver._output = output
    return driver


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What the driver passes on."""
    messages: list[Message] = []
    monkeypatch.setattr(LinuxDriver, "process_message", lambda _, one: messages.append(one))
    return messages


def test_an_answer_is_passed_on_to_nobody(
    driver: PlayerDriver, output: Output, heard: list[Message]
) -> None:
    output.ask()

    driver.process_message(SHIFT_F3)

    assert heard == []


def test_where_nothing_was_asked_it_is_a_key(
    driver: PlayerDriver, output: Output, heard: list[Message]
) -> None:
    output.ask()
    driver.process_message(CursorPosition(7, 3))

    driver.process_message(SHIFT_F3)

    assert [one.key for one in heard if isinstance(one, Key)] == ["shift+f3"]


def test_an_answer_that_comes_unasked_is_no_key(driver: PlayerDriver, heard: list[Message]) -> None:
    driver.process_message(CursorPosition(0, 0))

    assert heard == []
