"""What the tests of kept progress share, and a player's process that keeps one thing after another.

`python keeping.py FOLDER NAME COUNT`: COUNT edits of lesson NAME, and as many answers to one lesson
that all share; a line with the edit's number goes out once both are kept.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = "shared"
TEXT = "기울기 = 1\n" * 500

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from engine.progress.data import KeptAnswer, StepProgress  # noqa: E402
from engine.progress.keeping import Progress, open_progress  # noqa: E402


def opened_progress() -> Iterator[Callable[[Path], Progress]]:
    """As a fixture: opens progress, and closes it after the test."""
    players: list[Progress] = []

    def start(folder: Path) -> Progress:
        players.append(open_progress(folder))
        return players[-1]

    yield start
    for player in players:
        player.close()


def kept_lesson(tmp_path: Path) -> Path:
    """As a fixture: a folder in which the edits s0 to s19 of lesson l were kept."""
    folder = tmp_path / "state"
    progress = open_progress(folder)
    for number in range(20):
        progress.keep_edit("l", f"s{number}", TEXT)
    progress.keep_place("l", "s1")
    progress.close()
    return folder


def remembered_connections(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """As a fixture: the connections to files that are opened from here on, in order."""
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def remember(database: Any, *arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(database, *arguments, **options)
        if database != ":memory:":
            opened.append(connection)
        return connection

    monkeypatch.setattr(sqlite3, "connect", remember)
    return opened


def start_keeping(folder: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    """A player's process that runs `keep`."""
    program = [sys.executable, __file__, str(folder), name, str(count)]
    return subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def assert_keeps_nothing(progress: Progress) -> None:
    """What is done from here on is not kept, and nothing says that it is."""
    progress.keep_edit("l", "new", TEXT)

    assert not progress.is_kept
    assert not progress.is_edit_kept("l", "new", TEXT)
    assert progress.lesson("l").step("new") == StepProgress()


def source(number: int) -> str:
    """The edit of this number: long enough for several pages of the file."""
    return f"기울기 = {number}\n" * 400


def keep(folder: Path, name: str, count: int) -> None:
    """Keep, and say so."""
    progress = open_progress(folder)
    for number in range(1, count + 1):
        progress.keep_edit(name, "exercise #1", source(number))
        progress.keep_answer(SHARED, f"{name} #1", number, KeptAnswer(float(number), True))
        if progress.notice is not None:
            sys.exit(str(progress.notice))
        os.write(1, f"{number}\n".encode())
    progress.close()


if __name__ == "__main__":
    keep(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
