"""One SQLite file that keeps what it is given; where it cannot, it says so and memory takes over.

Nothing of lessons may enter: what the tables mean is for their owner to know.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.progress.store_file import (
    Migrations,
    NewerFile,
    fill_tables,
    is_damage,
    open_file,
    read_only_copy,
    set_patience,
    tables_in_memory,
    transaction,
)

Value = str | int | float | None
Row = tuple[Value, ...]

# How long a write may wait for another player's, in seconds: theirs takes a millisecond, and the
# interface stands still meanwhile.
_PATIENCE = 0.2
_NOT_WRITABLE = ("attempt to write a readonly database", "unable to open database file")
_IN_WORDS = {
    "database is locked": "another program holds the file",
    "unable to open database file": "the file cannot be opened",
    "attempt to write a readonly database": "the file cannot be written",
    "database or disk is full": "the disk is full",
    "disk I/O error": "the disk does not answer",
    "database disk image is malformed": "the file is damaged, and is set aside at the next start",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One change, which made twice has the same result as made once."""

    sql: str
    values: Row = ()


def open_store(path: Path, migrations: Migrations) -> Store:
    """The store in the file at `path`, which is made where it is not there; never raises.

    ``migrations`` are the statements that lead from each version of the tables to the next, the
    first from an empty file; a file's version is how many of them it has gone through. A damaged
    file is set aside, and a newer version's is left alone.
    """
    try:
        opened = open_file(path, migrations, _PATIENCE)
    except (OSError, sqlite3.DatabaseError, NewerFile) as error:
        make = read_only_copy if str(error) in _NOT_WRITABLE else _no_copy
        return Store(path, migrations, make(path, migrations), trouble=_in_words(error))
    store = Store(path, migrations, opened.connection, set_aside=opened.set_aside)
    store.write()
    return store


class Store:
    """Tables in a file, and a copy of them in memory while the file takes nothing.

    What `write` was given survives the death of the process at any moment, once it has returned
    and ``is_kept`` is true. While the file takes nothing, each write tries to hand it all that it
    has missed. To be used from one thread.
    """

    def __init__(
        self,
        path: Path,
        migrations: Migrations,
        tables: sqlite3.Connection,
        *,
        trouble: str | None = None,
        set_aside: Path | None = None,
    ) -> None:
        """``tables`` are the file's; with ``trouble`` they are in memory, and there is no file."""
        self._path = path
        self._migrations = migrations
        self._tables = tables
        self._file = tables if trouble is None else None
        self._trouble = trouble
        self._set_aside = set_aside
        self._missed: list[Statement] = []

    @property
    def is_kept(self) -> bool:
        """True while what is written goes into the file."""
        return self._trouble is None

    @property
    def notice(self) -> str | None:
        """What is wrong, in one sentence; None while all is well."""
        if self._trouble is not None:
            return f"Nothing is kept now: {self._trouble} ({self._path})."
        if self._set_aside is not None:
            return f"What was kept is damaged, so it begins anew; the old is in {self._set_aside}."
        return None

    def write(self, *statements: Statement) -> None:
        """Make these changes, all or none of them."""
        self._missed.extend(statements)
        if not self._hand_over():
            _run(self._tables, statements)

    def rows(self, sql: str, values: Row = ()) -> list[Row]:
        """What a SELECT finds."""
        try:
            return self._tables.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if self._tables is not self._file:
                raise
            self._fall_back(self._file, error)
        return self._tables.execute(sql, values).fetchall()

    def close(self) -> None:
        """Hand over what the file has missed, where it takes it now, and let go of the file."""
        if self._missed:
            self._hand_over()
        self._tables.close()
        if self._file is not None:
            self._file.close()

    def _hand_over(self) -> bool:
        """True when the file now has all that it missed."""
        if self._file is None:
            self._missed.clear()
            return False
        try:
            with transaction(self._file):
                _run(self._file, self._missed)
        except sqlite3.DatabaseError as error:
            self._fall_back(self._file, error)
            return False
        self._missed.clear()
        self._return_to(self._file)
        return True

    def _fall_back(self, file: sqlite3.Connection, error: sqlite3.DatabaseError) -> None:
        """Go on in memory because of `error`, unless it is a mistake in what was written."""
        if not isinstance(error, sqlite3.OperationalError) and not is_damage(error):
            raise error
        self._trouble = _in_words(error)
        if self._tables is file:
            set_patience(file, 0.0)
            self._tables = tables_in_memory(self._migrations)
            fill_tables(self._tables, file)

    def _return_to(self, file: sqlite3.Connection) -> None:
        if self._tables is file:
            return
        self._tables.close()
        self._tables = file
        self._trouble = None
        set_patience(file, _PATIENCE)


def _run(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    for statement in statements:
        connection.execute(statement.sql, statement.values)


def _no_copy(_: Path, migrations: Migrations) -> sqlite3.Connection:
    return tables_in_memory(migrations)


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return _IN_WORDS.get(str(error), str(error))
