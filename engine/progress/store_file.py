"""How the file of a store is opened, checked, brought up to date and, when damaged, set aside.

Only the opening and the transactions are here: what is written and read is the store's business.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

Migrations = tuple[tuple[str, ...], ...]

# How long to try while others hold the file, in seconds, and how long to rest between: players that
# make one file at the same moment can be refused without a wait.
_OPENING = 0.5
_PAUSE = 0.02

# What SQLite puts beside its file.
_LOGS = ("-wal", "-shm")

_LOCKED = "database is locked"
_DAMAGED = "database disk image is malformed"


class NewerFile(Exception):
    """The file was written by a newer version, which knows more than this one."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file ready for use, and where the damaged one that stood in its place now is."""

    connection: sqlite3.Connection
    set_aside: Path | None


def open_file(path: Path, migrations: Migrations, patience: float) -> OpenedFile:
    """The file at `path`, made if need be, with its tables as the last of `migrations` leaves them.

    ``patience`` is how long a write waits for another's, in seconds. Raises NewerFile, OSError
    where there can be no such folder, sqlite3.DatabaseError where there can be no such file, or
    where another program holds it.
    """
    if not path.is_absolute():
        raise OSError("the user has no home folder")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_private(path)
    set_aside = None
    give_up_at = time.monotonic() + _OPENING
    while True:
        identity = _identity(path)
        try:
            return OpenedFile(_connection(path, migrations, patience), set_aside)
        except sqlite3.DatabaseError as error:
            if is_damage(error) and set_aside is None:
                set_aside = _set_aside(path, identity)
            elif str(error) == _LOCKED and time.monotonic() < give_up_at:
                time.sleep(_PAUSE)
            else:
                raise


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """True where the file is no database, or no longer a sound one."""
    return type(error) is sqlite3.DatabaseError


def open_to_read(path: Path, migrations: Migrations) -> sqlite3.Connection | None:
    """A file that may be read and not written; None where it has no sound tables of this version.

    The file is taken as it stands: SQLite makes files beside it otherwise, and here it may not.
    """
    try:
        file = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None)
    except (sqlite3.OperationalError, ValueError):  # the latter of a path that is not absolute
        return None
    file.text_factory = _decoded
    try:
        if _version(file) == len(migrations):
            _check_tables(file, migrations)
            return file
    except sqlite3.DatabaseError:
        pass
    file.close()
    return None


def set_patience(connection: sqlite3.Connection, seconds: float) -> None:
    """How long this connection waits while another writes."""
    connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside, or nothing of it; the right to write is taken at the start."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _make_private(path: Path) -> None:
    """Let nobody but the owner read or write the file, or what SQLite puts beside it.

    Where that cannot be done, the opening says what is wrong, if anything is.
    """
    with suppress(OSError):
        # SQLite gives the files beside it the same rights.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    for ending in ("", *_LOGS):
        file = path.with_name(path.name + ending)
        with suppress(OSError):
            if (mode := file.stat().st_mode) & 0o077:
                file.chmod(mode & 0o700)


def _connection(path: Path, migrations: Migrations, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        connection.text_factory = _decoded
        _check_version(connection, migrations)
        _check_pages(connection)
        # A commit in the write-ahead log is in the system's hands: it outlives the process. A loss
        # of power may cost the newest commits, and never the file.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _migrate(connection, migrations)
        _check_tables(connection, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def _decoded(text: bytes) -> str:
    """A text as it was written, also where a bit of it has turned on the disk."""
    return text.decode("utf-8", "replace")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_version(connection: sqlite3.Connection, migrations: Migrations) -> None:
    version = _version(connection)
    if version > len(migrations):
        raise NewerFile(
            f"a newer tutorch wrote the file (version {version}, this one knows {len(migrations)}),"
            " and it is left as it is; update tutorch"
        )
    if version < 0:
        raise sqlite3.DatabaseError(_DAMAGED)


def _check_pages(connection: sqlite3.Connection) -> None:
    """Raises DatabaseError where pages are damaged, or rows are not what their tables allow."""
    try:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except UnicodeDecodeError as error:
        # SQLite quotes what it found instead of a table, and Python cannot read that.
        raise sqlite3.DatabaseError(_DAMAGED) from error
    if found != ("ok",):
        raise sqlite3.DatabaseError(_DAMAGED)


def _check_tables(connection: sqlite3.Connection, migrations: Migrations) -> None:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    _migrate(memory, migrations)
    expected = _tables(memory)
    memory.close()
    if not expected <= _tables(connection):
        raise sqlite3.DatabaseError(_DAMAGED)


def _tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))


def _migrate(connection: sqlite3.Connection, migrations: Migrations) -> None:
    if _version(connection) == len(migrations):
        return
    with transaction(connection):
        # Another player, even a newer one, may have been here since.
        _check_version(connection, migrations)
        for statements in migrations[_version(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def _identity(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


def _set_aside(path: Path, identity: int | None) -> Path | None:
    """Rename a damaged file, with its log; None where another player has just done so."""
    if _identity(path) != identity:
        return None
    today = f"{date.today():%Y-%m-%d}"
    for number in count(1):
        name = f"{path.stem}-damaged-{today}" + (f"-{number}" if number > 1 else "") + path.suffix
        target = path.with_name(name)
        if not target.exists():
            break
    path.rename(target)
    for ending in _LOGS:
        log = path.with_name(path.name + ending)
        if log.exists():
            log.replace(target.with_name(target.name + ending))
    return target
