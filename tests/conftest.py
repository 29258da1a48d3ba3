"""What holds for every test: nobody's own progress or data is read or written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# The golden figures are sums whose order MKL chooses by the processor, in the last digits: this
# asks for the one order that every processor has. It is read when torch is first imported.
os.environ.setdefault("MKL_CBWR", "COMPATIBLE")


@pytest.fixture(autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, new for each test, in which tutorch keeps what was done."""
    home = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    return home


@pytest.fixture(autouse=True, scope="session")
def data_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder, one for all tests, to which lessons unpack their data."""
    home = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home))
        yield home
