"""Where files are kept, on each system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.progress.places import data_folder, state_folder

HOME = Path("/home/지민")


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_STATE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(HOME))


@pytest.mark.parametrize(
    ("platform", "state", "data"),
    [
        ("linux", ".local/state/tutorch", ".local/share/tutorch"),
        ("darwin", "Library/Application Support/tutorch", "Library/Application Support/tutorch"),
        ("win32", "AppData/Local/tutorch", "AppData/Local/tutorch"),
    ],
)
def test_each_system_has_its_own_folders(
    platform: str, state: str, data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)

    assert state_folder() == HOME / state
    assert data_folder() == HOME / data


def test_the_folders_that_the_learner_named_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/disk/state")
    monkeypatch.setenv("XDG_DATA_HOME", "/disk/data")

    assert state_folder() == Path("/disk/state/tutorch")
    assert data_folder() == Path("/disk/data/tutorch")


def test_a_relative_folder_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_STATE_HOME", "state")

    assert state_folder() == HOME / ".local/state/tutorch"


def test_windows_keeps_it_where_local_data_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/Local")

    assert state_folder() == Path("/Local/tutorch")


def test_without_a_home_the_folder_is_not_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)

    assert not state_folder().is_absolute()
