"""Several programs on the one file that progress is kept in."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import keeping
import pytest
from keeping import TEXT, assert_plays_on_in_memory

from engine.progress.progress import FILE_NAME, Answer, Progress, open_progress

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
        assert answers == {number: Answer(float(number), True) for number in range(1, count + 1)}
        assert progress.lesson(name).step("exercise #1").edit == keeping.source(count)


def test_players_that_make_the_file_at_the_same_moment_all_keep(tmp_path: Path) -> None:
    barrier = threading.Barrier(6)

    def play(_: int) -> list[str | None]:
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


def test_what_a_locked_file_missed_is_kept_once_it_is_free(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress, other = opened(folder), opened(folder)
    holder = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    progress.keep_edit("l", "s1", "held back")

    assert progress.notice is not None
    assert "another program holds the file" in progress.notice
    assert progress.lesson("l").step("s1").edit == "held back"
    assert progress.lesson("l").step("s2").edit == TEXT
    assert other.lesson("l").step("s1").edit == TEXT

    holder.execute("ROLLBACK")
    holder.close()
    progress.keep_done("l", "s2")

    assert progress.notice is None
    assert other.lesson("l").step("s1").edit == "held back"
    assert other.lesson("l").step("s2").done_at is not None


def test_what_a_locked_file_missed_is_kept_at_the_end_at_the_latest(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    progress = opened(folder)
    holder = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    progress.keep_edit("l", "s1", "held back")
    holder.close()

    progress.close()

    assert opened(folder).lesson("l").step("s1").edit == "held back"


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


def test_a_file_held_at_the_start_is_said_and_begun_in_memory(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    holder = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    holder.execute("PRAGMA journal_mode = DELETE")
    holder.execute("BEGIN EXCLUSIVE")

    progress = opened(folder)
    holder.close()

    assert progress.notice == (
        f"Nothing is kept now: another program holds the file ({folder / FILE_NAME})."
    )
    assert_plays_on_in_memory(progress)
