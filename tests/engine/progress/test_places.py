"""Where files are kept: in the folder that the XDG specification has for them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.progress.places import state_folder

HOME = Path("/home/지민")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders")


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(HOME))


def test_the_state_has_a_folder_of_its_own_at_home() -> None:
    assert state_folder() == HOME / ".local/state/tutorch"


def test_the_folder_that_the_learner_named_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/disk/state")

    assert state_folder() == Path("/disk/state/tutorch")


@pytest.mark.parametrize("home", ["state", ""])
def test_a_relative_folder_is_passed_over(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", home)

    assert state_folder() == HOME / ".local/state/tutorch"


def test_without_a_home_the_folder_is_not_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)

    assert not state_folder().is_absolute()
