"""The session in which most is asked."""

from __future__ import annotations

import pytest
from asked import NAMES, Play
from playing import Player


@pytest.fixture
def named(play: Play) -> Player:
    """A session that stands behind a step that has defined names."""
    player = play(NAMES)
    player.run()
    return player
