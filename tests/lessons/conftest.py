"""A test that plays a whole lesson trains in full, and may take its time."""

from __future__ import annotations

from pathlib import Path

import pytest

_SECONDS = 900


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.timeout(_SECONDS))
