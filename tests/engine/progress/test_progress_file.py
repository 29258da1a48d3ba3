"""The file that progress is kept in: damaged, of a newer version, of an older one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import keeping
import pytest
from keeping import TEXT, assert_keeps_nothing

from engine.progress import keeping as keeping_module
from engine.progress import store_file
from engine.progress.keeping import FILE_NAME, Progress
from engine.progress.tables import MIGRATIONS

folder = pytest.fixture(keeping.kept_lesson)
opened = pytest.fixture(keeping.opened_progress)


# Damaged


def truncated(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def without_head(raw: bytes) -> bytes:
    return b"garbage!" * 20 + raw[160:]


def without_middle(raw: bytes) -> bytes:
    half = len(raw) // 2
    return raw[:half] + b"\xff" * 8192 + raw[half + 8192 :]


def without_tables(raw: bytes) -> bytes:
    return raw[:100] + bytes(4096 - 100) + raw[4096:]


def with_a_broken_word(raw: bytes) -> bytes:
    return raw.replace(b"CREATE TABLE step", b"CREATE TABLE st\xffp")


def not_a_database(raw: bytes) -> bytes:
    return b"\x00\x01" * len(raw)


@pytest.mark.parametrize(
    "damage",
    [truncated, without_head, without_middle, without_tables, with_a_broken_word, not_a_database],
)
def test_a_damaged_file_is_set_aside_and_said_and_another_is_begun(
    damage: Callable[[bytes], bytes], folder: Path, opened: Callable[[Path], Progress]
) -> None:
    damaged = damage((folder / FILE_NAME).read_bytes())
    (folder / FILE_NAME).write_bytes(damaged)

    progress = opened(folder)
    progress.keep_done("l", "s1")
    progress.close()

    (aside,) = folder.glob("progress-damaged-*.sqlite3")
    assert aside.read_bytes() == damaged
    assert progress.notice is not None
    assert str(aside) in str(progress.notice)
    assert progress.is_kept
    found = opened(folder)
    assert found.notice is None
    assert found.lesson("l").step("s1").done_at is not None


def test_a_sound_file_without_our_tables_is_set_aside(
    tmp_path: Path, opened: Callable[[Path], Progress]
) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as file:
        file.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    file.close()

    progress = opened(tmp_path)

    assert progress.notice is not None
    assert "a new file is begun" in str(progress.notice)
    assert progress.is_kept


def test_a_damaged_file_that_another_player_set_aside_is_left_to_that_player(
    folder: Path, opened: Callable[[Path], Progress], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / FILE_NAME).write_bytes(b"garbage!" * 100)
    is_damage = store_file.is_damage
    others: list[Progress] = []

    def find_damage_late(error: sqlite3.DatabaseError) -> bool:
        monkeypatch.setattr(store_file, "is_damage", is_damage)
        others.append(opened(folder))
        return is_damage(error)

    monkeypatch.setattr(store_file, "is_damage", find_damage_late)

    progress = opened(folder)
    progress.keep_done("l", "s1")

    assert len(list(folder.glob("progress-damaged-*.sqlite3"))) == 1
    assert progress.notice is None
    assert others[0].lesson("l").step("s1").done_at is not None


def test_a_letter_that_broke_on_the_disk_costs_that_letter(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    raw = (folder / FILE_NAME).read_bytes()
    letter = "기".encode()
    (folder / FILE_NAME).write_bytes(raw.replace(letter, b"\xff" + letter[1:]))

    progress = opened(folder)

    assert progress.notice is None
    edit = progress.lesson("l").step("s1").edit
    assert edit is not None
    assert set(edit) == set(TEXT) - {"기"} | {"\ufffd"}


def test_two_files_damaged_on_one_day_are_both_set_aside(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    for content in (b"first" * 100, b"second" * 100):
        (folder / FILE_NAME).write_bytes(content)
        opened(folder).close()

    aside = {path.read_bytes() for path in folder.glob("progress-damaged-*.sqlite3")}
    assert aside == {b"first" * 100, b"second" * 100}


def test_a_log_that_is_half_written_costs_only_its_last_change(
    folder: Path, tmp_path: Path, opened: Callable[[Path], Progress]
) -> None:
    writer = opened(folder)
    writer.keep_edit("l", "s1", "kept before")
    writer.keep_edit("l", "s1", TEXT * 5)
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    log = copy / f"{FILE_NAME}-wal"
    log.write_bytes(log.read_bytes()[:-100])
    (copy / f"{FILE_NAME}-shm").unlink()

    progress = opened(copy)

    assert progress.notice is None
    assert progress.lesson("l").step("s1").edit == "kept before"


# Other versions


def test_a_newer_versions_file_is_said_and_left_alone(
    folder: Path, opened: Callable[[Path], Progress]
) -> None:
    with sqlite3.connect(folder / FILE_NAME) as newer:
        newer.execute("PRAGMA journal_mode = DELETE")
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.close()
    before = (folder / FILE_NAME).read_bytes()

    progress = opened(folder)

    assert progress.notice is not None
    newest = len(MIGRATIONS)
    words = f"a newer tutorch wrote the file (version {newest + 1}, this one knows {newest})"
    assert words in str(progress.notice)
    assert_keeps_nothing(progress)
    progress.close()
    assert (folder / FILE_NAME).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_an_older_versions_file_is_brought_up_to_date_and_keeps_its_rows(
    folder: Path, opened: Callable[[Path], Progress], monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = (*MIGRATIONS, ("CREATE TABLE badge (name TEXT)", "INSERT INTO badge VALUES ('fast')"))
    monkeypatch.setattr(keeping_module, "MIGRATIONS", newer)

    for _ in range(2):
        progress = opened(folder)
        assert progress.notice is None
        assert progress.lesson("l").step("s1").edit == TEXT
        progress.close()

    with sqlite3.connect(folder / FILE_NAME) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (len(newer),)
        assert file.execute("SELECT name FROM badge").fetchall() == [("fast",)]
    file.close()


def test_a_step_between_versions_that_fails_leaves_the_file_as_it_was(
    folder: Path, opened: Callable[[Path], Progress], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (*MIGRATIONS, ("DROP TABLE answer", "DROP TABLE nowhere"))
    with monkeypatch.context() as patched:
        patched.setattr(keeping_module, "MIGRATIONS", broken)
        assert "no such table: nowhere" in str(opened(folder).notice)

    progress = opened(folder)

    assert progress.notice is None
    assert progress.lesson("l").step("s1").edit == TEXT
