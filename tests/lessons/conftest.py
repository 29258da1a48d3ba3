"""A test that plays a whole lesson trains in full, and may take its time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# For proof, with a thousand ways to and fro, as long as it takes.
_SECONDS = 0 if "TUTORCH_THOROUGH" in os.environ else 900


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.timeout(_SECONDS))
