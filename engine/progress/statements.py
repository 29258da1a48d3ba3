"""The statements of SQL by which things are kept step by step, and forgotten all at once."""

from __future__ import annotations

from engine.progress.store import Statement, StoredValue


def item(column: str, lesson: str, step: str, value: StoredValue, merged: str = "") -> Statement:
    """Set one column of a step's row, whatever the others hold; `merged` joins old and new."""
    return Statement(
        f"INSERT INTO step (lesson, step, {column}) VALUES (?, ?, ?)"
        f" ON CONFLICT (lesson, step) DO UPDATE SET {column} = {merged or f'excluded.{column}'}",
        (lesson, step, value),
    )


def setting(name: str, value: str) -> Statement:
    """Choose a value for good."""
    return Statement("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))


def forgotten(lesson: str | None) -> tuple[Statement, ...]:
    """Forget what was done in a lesson, or in all (None)."""
    chosen, values = ("", ()) if lesson is None else (" WHERE lesson = ?", (lesson,))
    paths = f" WHERE path IN (SELECT name FROM lesson_name{chosen})" if lesson else ""
    return (
        Statement(f"DELETE FROM argument{paths}", values),
        Statement(f"DELETE FROM answer{chosen}", values),
        Statement(f"DELETE FROM place{chosen}", values),
        Statement(f"DELETE FROM watch{chosen}", values),
        Statement(
            "UPDATE step SET done_at = NULL, passed_at = NULL, edit = NULL, hints_seen = 0,"
            f" solution_seen = 0{chosen}",
            values,
        ),
    )
