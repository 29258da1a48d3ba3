"""One SQLite file that keeps what it is given; where it cannot, it says so and keeps nothing.

Nothing of lessons may enter: what the tables mean is for their owner to know.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine.progress.data import NOTHING_KEPT, SET_ASIDE, TROUBLES, Notice
from engine.progress.store_file import (
    Migrations,
    NewerFile,
    is_damage,
    open_file,
    open_to_read,
    set_patience,
    transaction,
)

StoredValue = str | int | float | None
StoredRow = tuple[StoredValue, ...]

# How long a write may wait for another player's, in seconds: theirs takes a millisecond, and the
# interface stands still meanwhile.
_PATIENCE = 0.2
_NOT_WRITABLE = ("attempt to write a readonly database", "unable to open database file")


@dataclass(frozen=True, slots=True)
class Statement:
    """One change."""

    sql: str
    values: StoredRow = ()


def open_store(path: Path, migrations: Migrations) -> Store:
    """The store in the file at `path`, which is made where it is not there; never raises.

    ``migrations`` are the statements that lead from each version of the tables to the next, the
    first from an empty file; a file's version is how many of them it has gone through. A damaged
    file is set aside, and a newer version's is left alone. One that may only be read is read.
    """
    try:
        opened = open_file(path, migrations, _PATIENCE)
    except (OSError, sqlite3.DatabaseError, NewerFile) as error:
        may_be_read = str(error) in _NOT_WRITABLE
        file = open_to_read(path, migrations) if may_be_read else None
        return Store(path, file, trouble=_in_words(error))
    store = Store(path, opened.connection, set_aside=opened.set_aside)
    store.write()
    return store


class Store:
    """Tables in a file.

    What `write` was given survives the death of the process at any moment, once it has returned
    True. What it could not keep is lost; the next write tries the file again. To be used from one
    thread.
    """

    def __init__(
        self,
        path: Path,
        file: sqlite3.Connection | None,
        *,
        trouble: str | None = None,
        set_aside: Path | None = None,
    ) -> None:
        """With ``trouble``, nothing will ever be written to ``file``; None is no file at all."""
        self._path = path
        self._file = file
        self._is_writable = trouble is None
        self._trouble = trouble
        self._set_aside = set_aside

    @property
    def is_kept(self) -> bool:
        """True while what is written goes into the file."""
        return self._trouble is None

    @property
    def notice(self) -> Notice | None:
        """What is wrong; None while all is well."""
        if self._trouble is not None:
            return Notice(NOTHING_KEPT, (("trouble", self._trouble), ("path", str(self._path))))
        if self._set_aside is not None:
            return Notice(SET_ASIDE, (("path", str(self._set_aside)),))
        return None

    def write(self, *statements: Statement) -> bool:
        """Make these changes, all or none of them; False where it was none."""
        if self._file is None or not self._is_writable:
            return False
        try:
            with transaction(self._file):
                for statement in statements:
                    self._file.execute(statement.sql, statement.values)
        except sqlite3.DatabaseError as error:
            self._note(self._file, error)
            return False
        if self._trouble is not None:
            self._trouble = None
            set_patience(self._file, _PATIENCE)
        return True

    def rows(self, sql: str, values: StoredRow = ()) -> list[StoredRow]:
        """What a SELECT finds; nothing where the file cannot be read."""
        if self._file is None:
            return []
        try:
            return self._file.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._note(self._file, error)
            return []

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _note(self, file: sqlite3.Connection, error: sqlite3.DatabaseError) -> None:
        """Remember what is wrong, unless it is a mistake in what was asked of the file."""
        if not isinstance(error, sqlite3.OperationalError) and not is_damage(error):
            raise error
        self._trouble = _in_words(error)
        # Waited for once, and not at each key that is typed.
        set_patience(file, 0.0)


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return TROUBLES.get(str(error), str(error))
