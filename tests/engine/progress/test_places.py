"""Where files are kept: in the folders of the XDG specification, as lesson 6 keeps them too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.progress.places import data_folder, state_folder

HOME = Path("/home/지민")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders")


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(HOME))


def test_state_and_data_have_folders_of_their_own_at_home() -> None:
    assert state_folder() == HOME / ".local/state/tutorch"
    assert data_folder() == HOME / ".local/share/tutorch"


def test_the_folders_that_the_learner_named_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/disk/state")
    monkeypatch.setenv("XDG_DATA_HOME", "/disk/data")

    assert state_folder() == Path("/disk/state/tutorch")
    assert data_folder() == Path("/disk/data/tutorch")


@pytest.mark.parametrize("home", ["state", ""])
def test_a_relative_folder_is_passed_over(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", home)

    assert state_folder() == HOME / ".local/state/tutorch"


def test_without_a_home_the_folder_is_not_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)

    assert not state_folder().is_absolute()
