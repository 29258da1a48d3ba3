"""What is kept stays kept, and the player plays on: killed, full, forbidden."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keeping
import pytest
from keeping import TEXT, assert_keeps_nothing

from engine.progress import keeping as keeping_module
from engine.progress.keeping import FILE_NAME, Progress, open_progress
from engine.progress.tables import MIGRATIONS

ROUNDS = 25

folder = pytest.fixture(keeping.kept_lesson)
opened = pytest.fixture(keeping.opened_progress)
connections = pytest.fixture(keeping.remembered_connections)


@pytest.fixture
def forbidden() -> Iterator[Path]:
    """A folder that the test may read and not write, also where the tests are run by root."""
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    state = base / "state"
    progress = open_progress(state)
    progress.keep_edit("l", "s", TEXT)
    progress.close()
    state.chmod(0o555)
    (state / FILE_NAME).chmod(0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield state
    if root:
        os.seteuid(0)
    state.chmod(0o755)
    shutil.rmtree(base)


# Killed


def test_nothing_that_was_shown_as_kept_is_lost_by_sigkill(
    tmp_path: Path, opened: Callable[[Path], Progress]
) -> None:
    chance = random.Random(4)
    for number in range(ROUNDS):
        # Some rounds begin with a new file, and are killed while it is made.
        folder = tmp_path / str(number // 5)
        child = keeping.start_keeping(folder, "l", 1_000_000)
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(chance.choice([0, 1, 7, 150, 600]))]
        if not told:
            # Some moment of its start: which one differs, and must not matter.
            time.sleep(chance.uniform(0.0, 0.15))
        child.send_signal(signal.SIGKILL)
        told += child.stdout.readlines()
        child.communicate()
        last = int(told[-1]) if told else 0

        progress = opened(folder)
        edit = progress.lesson("l").step("exercise #1").edit
        answers = progress.lesson(keeping.SHARED).step("l #1").answers

        assert progress.notice is None
        if last:
            # One more may have been kept than there was time to say.
            assert edit is not None
            assert edit in (keeping.source(last), keeping.source(last + 1)), f"round {number}"
            assert set(range(1, last + 1)) <= set(answers), f"round {number}"
        progress.close()


# Full


def test_a_disk_that_fills_up_is_said_and_what_there_is_room_for_later_is_kept(
    folder: Path,
    opened: Callable[[Path], Progress],
    connections: list[sqlite3.Connection],
) -> None:
    progress = opened(folder)
    (file,) = connections
    (pages,) = file.execute("PRAGMA page_count").fetchone()
    file.execute(f"PRAGMA max_page_count = {pages}")

    progress.keep_edit("l", "big", TEXT * 10)

    assert progress.notice is not None
    assert "the disk is full" in str(progress.notice)
    assert not progress.is_edit_kept("l", "big", TEXT * 10)
    assert progress.lesson("l").step("s3").edit == TEXT

    file.execute(f"PRAGMA max_page_count = {pages * 10}")
    progress.keep_theme("nord")

    assert progress.notice is None
    assert opened(folder).settings().theme == "nord"


def test_a_disk_that_is_full_at_the_start_is_said(
    tmp_path: Path, opened: Callable[[Path], Progress], monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def refuse(database: Any, *arguments: Any, **options: Any) -> sqlite3.Connection:
        if database != ":memory:":
            raise sqlite3.OperationalError("database or disk is full")
        return connect(database, *arguments, **options)

    monkeypatch.setattr(sqlite3, "connect", refuse)

    progress = opened(tmp_path)

    assert progress.notice is not None
    assert "the disk is full" in str(progress.notice)
    assert_keeps_nothing(progress)


# Forbidden


def test_what_was_kept_where_nothing_can_be_written_is_read_all_the_same(
    forbidden: Path, opened: Callable[[Path], Progress]
) -> None:
    progress = opened(forbidden)

    assert progress.notice is not None
    assert "the file cannot be written" in str(progress.notice)
    assert progress.lesson("l").step("s").edit == TEXT
    assert_keeps_nothing(progress)


def test_an_older_versions_file_that_cannot_be_brought_up_to_date_is_said_and_not_read(
    forbidden: Path, opened: Callable[[Path], Progress], monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = (*MIGRATIONS, ("UPDATE step SET edit = upper(edit)",))
    monkeypatch.setattr(keeping_module, "MIGRATIONS", newer)

    progress = opened(forbidden)

    assert progress.notice is not None
    assert "the file cannot be written" in str(progress.notice)
    assert progress.lesson("l").steps == {}
    assert_keeps_nothing(progress)


def test_a_folder_in_which_nothing_can_be_made_is_said(
    forbidden: Path, opened: Callable[[Path], Progress]
) -> None:
    progress = opened(forbidden / "deeper")

    assert progress.notice is not None
    assert "Permission denied" in str(progress.notice)
    assert_keeps_nothing(progress)


@pytest.mark.parametrize("deeper", [".", "state"])
def test_a_file_where_the_folder_should_be_is_said(
    deeper: str, tmp_path: Path, opened: Callable[[Path], Progress]
) -> None:
    (tmp_path / "taken").write_text("")

    progress = opened(tmp_path / "taken" / deeper)

    assert progress.notice is not None
    assert str(tmp_path / "taken") in str(progress.notice)
    assert_keeps_nothing(progress)


def test_a_folder_where_the_file_should_be_is_said(
    tmp_path: Path, opened: Callable[[Path], Progress]
) -> None:
    (tmp_path / FILE_NAME).mkdir()

    progress = opened(tmp_path)

    assert progress.notice is not None
    assert "the file cannot be opened" in str(progress.notice)
    assert_keeps_nothing(progress)


def test_a_user_without_a_home_plays_on(opened: Callable[[Path], Progress]) -> None:
    progress = opened(Path("~/.local/state/tutorch"))

    assert progress.notice is not None
    assert "the user has no home folder" in str(progress.notice)
    assert_keeps_nothing(progress)
