"""The fixtures that start a session that is gone back in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from going import Traveller
from playing import lesson_from

from engine.client.engine import Engine


@pytest.fixture
def travel(travelling_engine: Engine, tmp_path: Path) -> Iterator[Callable[[str], Traveller]]:
    """Starts a session that can be gone back in, with moments and without."""
    yield from _travellers(travelling_engine, tmp_path)


@pytest.fixture
def travel_by_moments(keeping_engine: Engine, tmp_path: Path) -> Iterator[Callable[..., Traveller]]:
    """Starts a session whose moments are kept."""
    yield from _travellers(keeping_engine, tmp_path)


def _travellers(engine: Engine, folder: Path) -> Iterator[Callable[[str], Traveller]]:
    with ExitStack() as travellers:

        def start(text: str) -> Traveller:
            return travellers.enter_context(Traveller.on(engine, lesson_from(text, folder)))

        yield start
