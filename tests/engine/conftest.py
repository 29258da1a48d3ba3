"""The fixture that plays a lesson in a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playing import PATIENCE, Player, lesson_from

from engine.kernel.session import Session


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Callable[..., Player]]:
    """Starts a session on a lesson's text, and closes it after the test."""
    players: list[Player] = []

    def start(text: str, **options: object) -> Player:
        session = Session(lesson_from(text, tmp_path), **options)  # type: ignore[arg-type]
        players.append(Player(session))
        session.start()
        return players[-1]

    yield start
    for player in players:
        player.session.close(patience=PATIENCE)
        assert player.session.is_closed, "the worker thread did not end"
