"""Several programs on the one file that progress is kept in."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import keeping
import pytest
from keeping import TEXT, assert_keeps_nothing

from engine.progress.data import KeptAnswer, Notice
from engine.progress.keeping import FILE_NAME, Progress, open_progress

folder = pytest.fixture(keeping.kept_lesson)
opened = pytest.fixture(keeping.opened_progress)
connections = pytest.fixture(keeping.remembered_connections)


def test_two_players_that_write_at_once_lose_nothing(
    tmp_path: Path, opened: Callable[[Path], Progress]
) -> None:
    count = 500

    children = [keeping.start_keeping(tmp_path, name, count) for name in ("가", "나")]
    problems = [child.communicate()[1] for child in children]

    assert problems == [b"", b""]
    progress = opened(tmp_path)
    for name in ("가", "나"):
        answers = progress.lesson(keeping.SHARED).step(f"{name} #1").answers
        assert answers == {
            number: KeptAnswer(float(number), True) for number in range(1, count + 1)
        }
        assert progress.lesson(name).step("exercise #1").edit == keeping.source(count)


def test_players_that_make_the_file_at_the_same_moment_all_keep(tmp_path: Path) -> None:
    barrier = threading.Barrier(6)

    def play(_: int) -> list[Notice | None]:
        notices = []
        for number in range(30):
            barrier.wait()
            progress = open_progress(tmp_path / str(number))
            progress.keep_done("l", "s")
            notices.append(progress.notice)
            progress.close()
        return notices

    with ThreadPoolExecutor(barrier.parties) as players:
        found = [
            notice for notices in players.map(play, range(barrier.parties)) for notice in notices
        ]

    assert set(found) == {None}


def test_a_file_that_is_refused_at_first_is_asked_for_again(
    tmp_path: Path, opened: Callable[[Path], Progress], monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    refusals = [sqlite3.OperationalError("database is locked")] * 2

    def refuse_twice(database: Any, *arguments: Any, **options: Any) -> sqlite3.Connection:
        if refusals and database != ":memory:":
            raise refusals.pop()
        return connect(database, *arguments, **options)

    monkeypatch.setattr(sqlite3, "connect", refuse_twice)

    progress = opened(tmp_path)

    assert progress.notice is None
    assert not refusals


def test_a_locked_file_is_said_and_what_it_missed_is_not_called_kept(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress = opened(folder)
    holder = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    progress.keep_edit("l", "s1", "missed")

    assert progress.notice is not None
    assert "another program holds the file" in str(progress.notice)
    assert not progress.is_edit_kept("l", "s1", "missed")
    assert progress.lesson("l").step("s1").edit == TEXT

    holder.execute("ROLLBACK")
    holder.close()
    progress.keep_done("l", "s2")

    assert progress.notice is None
    assert not progress.is_edit_kept("l", "s1", "missed")
    assert progress.notice is None


def test_a_locked_file_is_waited_for_once_and_not_at_each_key(
    folder: Path,
    opened: Callable[[Path], Progress],
    connections: list[sqlite3.Connection],
) -> None:
    progress = opened(folder)
    holder = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    progress.keep_edit("l", "s1", "first key")

    assert connections[0].execute("PRAGMA busy_timeout").fetchone() == (0,)
    holder.close()
    progress.keep_edit("l", "s1", "second key")
    assert connections[0].execute("PRAGMA busy_timeout").fetchone() != (0,)


def test_where_a_file_is_held_at_the_start_that_is_said_and_nothing_kept(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    holder = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    holder.execute("PRAGMA journal_mode = DELETE")
    holder.execute("BEGIN EXCLUSIVE")

    progress = opened(folder)
    holder.close()

    assert str(progress.notice) == (
        f"Nothing is kept now: another program holds the file ({folder / FILE_NAME})."
    )
    assert_keeps_nothing(progress)


# Overtaken


def test_the_one_who_was_overtaken_learns_it_by_a_look(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress, other = opened(folder), opened(folder)
    progress.lesson("l")
    progress.keep_edit("l", "s1", "mine")
    assert progress.is_edit_kept("l", "s1", "mine")
    assert progress.notice is None
    other.lesson("l")

    other.keep_edit("l", "s1", "theirs")

    assert not progress.is_edit_kept("l", "s1", "mine")
    assert progress.notice is not None
    assert "Another tutorch" in str(progress.notice)
    assert other.is_edit_kept("l", "s1", "theirs")
    assert other.notice is None


def test_the_one_who_was_overtaken_learns_it_when_the_next_edit_is_kept(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress, other = opened(folder), opened(folder)
    progress.lesson("l")
    other.lesson("l")
    other.keep_edit("l", "s1", "theirs")

    progress.keep_edit("l", "s1", "mine")

    assert progress.notice is not None
    assert progress.is_edit_kept("l", "s1", "mine")
    assert not other.is_edit_kept("l", "s1", "theirs")
    assert other.notice == progress.notice


def test_who_writes_on_after_being_overtaken_is_told_once(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress, other = opened(folder), opened(folder)
    progress.lesson("l")
    other.keep_edit("l", "s1", "theirs")
    progress.keep_edit("l", "s1", "mine")
    assert progress.notice is not None
    progress.have_told()

    progress.keep_edit("l", "s1", "mine too")

    assert progress.notice is None
    assert progress.is_edit_kept("l", "s1", "mine too")


def test_news_of_being_overtaken_waits_until_it_is_told(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress, other = opened(folder), opened(folder)
    progress.lesson("l")
    other.keep_edit("l", "s1", "theirs")
    progress.keep_edit("l", "s1", "m")

    progress.keep_edit("l", "s1", "mi")

    assert progress.notice is not None


def test_another_exercise_of_the_same_lesson_overtakes_nobody(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress, other = opened(folder), opened(folder)
    progress.lesson("l")
    progress.keep_edit("l", "s1", "mine")

    other.keep_edit("l", "s2", "theirs")

    assert progress.is_edit_kept("l", "s1", "mine")
    assert progress.notice is None


def test_an_edit_that_was_forgotten_meanwhile_is_not_called_kept(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress, other = opened(folder), opened(folder)
    progress.lesson("l")
    progress.keep_edit("l", "s1", "mine")

    other.reset("l")

    assert not progress.is_edit_kept("l", "s1", "mine")
    assert progress.notice is not None


# For the owner alone


def test_the_file_and_those_beside_it_are_the_owners_alone(
    tmp_path: Path, opened: Callable[[Path], Progress]
) -> None:
    progress = opened(tmp_path / "state")
    progress.keep_done("l", "s")

    files = list((tmp_path / "state").iterdir())

    assert len(files) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_a_file_that_others_could_read_becomes_the_owners_alone(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    (folder / FILE_NAME).chmod(0o644)

    opened(folder)

    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
