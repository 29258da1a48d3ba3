"""The tables in which the learner's progress is kept, from each version of the file to the next."""

from __future__ import annotations

from engine.progress.store_file import Migrations

# The statements that lead from each version of the file to the next: add to the end, change none.
# The checks let the opening find a file whose pages are sound and whose values are not.
MIGRATIONS: Migrations = (
    (
        """CREATE TABLE lesson_name (
            name TEXT PRIMARY KEY,
            lesson TEXT NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE place (
            lesson TEXT PRIMARY KEY,
            step TEXT NOT NULL,
            turn INTEGER NOT NULL CHECK (typeof(turn) = 'integer')
        ) WITHOUT ROWID""",
        """CREATE TABLE step (
            lesson TEXT NOT NULL,
            step TEXT NOT NULL,
            position INTEGER,
            done_at REAL CHECK (typeof(done_at) IN ('real', 'null')),
            passed_at REAL CHECK (typeof(passed_at) IN ('real', 'null')),
            edit TEXT,
            hints_seen INTEGER NOT NULL DEFAULT 0 CHECK (typeof(hints_seen) = 'integer'),
            solution_seen INTEGER NOT NULL DEFAULT 0 CHECK (solution_seen IN (0, 1)),
            PRIMARY KEY (lesson, step)
        ) WITHOUT ROWID""",
        # `given` has no type, and gives back what it was given: 2, 2.0 and "2" are three answers.
        # SQLite has no nan: NULL stands for it.
        """CREATE TABLE answer (
            lesson TEXT NOT NULL,
            step TEXT NOT NULL,
            question INTEGER NOT NULL CHECK (typeof(question) = 'integer'),
            given CHECK (typeof(given) IN ('integer', 'real', 'text', 'null')),
            is_right INTEGER CHECK (is_right IN (0, 1)),
            PRIMARY KEY (lesson, step, question)
        ) WITHOUT ROWID""",
        """CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE opened (
            path TEXT PRIMARY KEY,
            turn INTEGER NOT NULL CHECK (typeof(turn) = 'integer')
        ) WITHOUT ROWID""",
    ),
    ("CREATE TABLE trusted (digest TEXT PRIMARY KEY) WITHOUT ROWID",),
)
