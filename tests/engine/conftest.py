"""The fixtures that play a lesson in a session, in this process or in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playing import PATIENCE, Player, Written, lesson_from
from remote import RemotePlayer

from engine.client.engine import Engine
from engine.kernel.session import Session
from engine.running.setup import Setup
from engine.streams.streams import LessonInput


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Player]]:
    """Starts a session on a lesson's text, and closes it after the test."""
    players: list[Player] = []
    written = Written()

    def start(text: str, **options: object) -> Player:
        session = Session(lesson_from(text, tmp_path), Setup(**options))  # type: ignore[arg-type]
        players.append(Player(session, written))
        monkeypatch.setattr("sys.stdout", written)
        monkeypatch.setattr("sys.stderr", written)
        monkeypatch.setattr("sys.stdin", LessonInput(session.process.keyboard, written))  # type: ignore[arg-type]
        session.start()
        return players[-1]

    yield start
    for player in players:
        player.session.close(patience=PATIENCE)
        assert player.session.is_closed, "the worker thread did not end"


@pytest.fixture
def engine(kept_engine: Callable[..., Engine]) -> Engine:
    """The one host for all tests that play in processes."""
    return kept_engine()


@pytest.fixture
def play_apart(engine: Engine, tmp_path: Path) -> Iterator[Callable[..., RemotePlayer]]:
    """Starts a session on a lesson's text in a process of its own, and lets it go afterwards."""
    with ExitStack() as players:

        def start(text: str, **options: object) -> RemotePlayer:
            lesson = lesson_from(text, tmp_path)
            return players.enter_context(RemotePlayer.on(engine, lesson, **options))

        yield start
