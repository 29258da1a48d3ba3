"""The lesson of which the list tells how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import write_lesson
from listing import COUNTING


@pytest.fixture
def counting(folder: Path) -> Path:
    """A lesson of three steps with code and a closing step."""
    return write_lesson(folder, COUNTING)
