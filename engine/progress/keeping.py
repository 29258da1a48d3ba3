"""What the learner has done: kept in a file from one run to the next, and shared by all players.

Nothing heavy may enter (no torch, numpy, textual), and no SQL may leave.

A lesson has one key for good. It is found by either of the lesson's two names, of
`engine.lesson.keys`, and opening the lesson learns both: so its file may move, or its title change,
and what was done stays. Two files of the same title and stem are one lesson; a file that has no
title is known by its place alone.

Each item is kept by itself, at once; where two players keep the same one, the later counts, and no
other item is touched. Of an edit, which is work that can be lost, the one that was overtaken learns
it: see `Progress.notice`.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path

from engine.lesson.keys import lesson_names, step_keys, storable
from engine.lesson.model import Lesson, LessonHeader
from engine.progress.data import (
    OVERTAKEN,
    KeptAnswer,
    LastPlace,
    LessonProgress,
    Notice,
    Settings,
    Summary,
)
from engine.progress.statements import forgotten, item, setting
from engine.progress.steps import done_in_steps, whole_number
from engine.progress.store import Statement, Store, open_store
from engine.progress.tables import MIGRATIONS
from engine.protocol.watching import Watch

FILE_NAME = "progress.sqlite3"

# The one character that no argument can have.
_BETWEEN_ARGUMENTS = "\0"
# So many files and folders that were opened are remembered.
_RECENT = 8


def open_progress(folder: Path) -> Progress:
    """What was kept in `folder`, which is made where it is not there; never raises.

    Where it cannot be kept there, nothing is: see `Progress.notice`.
    """
    return Progress(open_store(folder / FILE_NAME, MIGRATIONS))


class Progress:
    """What the learner has done, read and kept; for one thread, and quick enough for the screen's.

    Lessons and steps are named by their keys: `open_lesson` and `key_of` give the one,
    `engine.lesson.keys.step_keys` the other. What was kept survives the death of the process from
    the moment its method returns, while ``is_kept`` is true.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        # What this player knows the file to hold, unless another has written since.
        self._edits: dict[tuple[str, str], str | None] = {}
        self._has_news = False

    @property
    def notice(self) -> Notice | None:
        """What is wrong with the file; None while all is well.

        It is wrong too where another player has written in a step of this one's: that is
        noticed when an edit is kept, and when `is_edit_kept` looks, and stays until `have_told`.
        """
        return self._store.notice or (Notice(OVERTAKEN) if self._has_news else None)

    def have_told(self) -> None:
        """The learner has been told that another player was here; the next time is news again."""
        self._has_news = False

    @property
    def is_kept(self) -> bool:
        """False while the file takes nothing: what is done then is gone at the end of this run."""
        return self._store.is_kept

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    # Reading

    def key_of(self, header: LessonHeader) -> str:
        """The key of a lesson: the one that either of its names led to, else what it is called."""
        called, path = lesson_names(header)
        rows = self._store.rows(
            "SELECT name, lesson FROM lesson_name WHERE name IN (?, ?)", (called, path)
        )
        known = {str(name): str(lesson) for name, lesson in rows}
        return known.get(called) or known.get(path) or called

    def summaries(self) -> dict[str, Summary]:
        """How far each lesson is that was ever opened, by its key."""
        rows = self._store.rows(
            "SELECT lesson, count(done_at), count(*) FROM step"
            " WHERE position IS NOT NULL GROUP BY lesson"
        )
        return {
            str(lesson): Summary(whole_number(done), whole_number(steps))
            for lesson, done, steps in rows
        }

    def lesson(self, lesson: str) -> LessonProgress:
        """What was done in a lesson."""
        last = self._store.rows("SELECT step FROM place WHERE lesson = ?", (lesson,))
        steps = done_in_steps(self._store, lesson)
        self._edits |= {(lesson, key): step.edit for key, step in steps.items()}
        return LessonProgress(steps, str(last[0][0]) if last else None)

    def is_edit_kept(self, lesson: str, step: str, source: str | None) -> bool:
        """Whether the file holds this source of the step at this moment."""
        kept = self._edit(lesson, step)
        if not self._store.is_kept:
            return False
        if kept != self._edits.get((lesson, step), kept):
            self._edits[lesson, step] = kept
            self._has_news = True
        return kept == source

    def last_place(self) -> LastPlace | None:
        """Where the learner was last, in any lesson."""
        rows = self._store.rows(
            "SELECT lesson, step, position FROM place LEFT JOIN step USING (lesson, step)"
            " ORDER BY turn DESC LIMIT 1"
        )
        for lesson, step, position in rows:
            return LastPlace(
                str(lesson), str(step), None if position is None else whole_number(position)
            )
        return None

    def settings(self) -> Settings:
        """The language and the theme that were chosen."""
        chosen = {name: str(value) for name, value in self._store.rows("SELECT * FROM setting")}
        return Settings(chosen.get("language"), chosen.get("theme"))

    def arguments(self, header: LessonHeader) -> tuple[str, ...]:
        """What the lesson's file was given last in `sys.argv`; () where it was given nothing."""
        _, path = lesson_names(header)
        rows = self._store.rows("SELECT given FROM argument WHERE path = ?", (path,))
        return tuple(str(rows[0][0]).split(_BETWEEN_ARGUMENTS)) if rows else ()

    def recent(self) -> tuple[Path, ...]:
        """The files and folders that were opened lately, the newest first; some may be gone."""
        rows = self._store.rows("SELECT path FROM opened ORDER BY turn DESC LIMIT ?", (_RECENT,))
        return tuple(Path(str(path)) for (path,) in rows)

    def is_trusted(self, source: str) -> bool:
        """Whether the learner has let a lesson of exactly this text run."""
        rows = self._store.rows("SELECT 1 FROM trusted WHERE digest = ?", (_digest(source),))
        return bool(rows)

    # Keeping

    def open_lesson(self, lesson: Lesson) -> str:
        """Learn a lesson's names and steps; its key."""
        key = self.key_of(lesson.header)
        self._store.write(
            *(
                Statement("INSERT OR REPLACE INTO lesson_name VALUES (?, ?)", (name, key))
                for name in lesson_names(lesson.header)
            ),
            Statement("UPDATE step SET position = NULL WHERE lesson = ?", (key,)),
            *(
                item("position", key, step, position)
                for position, step in enumerate(step_keys(lesson))
            ),
        )
        return key

    def keep_place(self, lesson: str, step: str) -> None:
        """The learner is at this step."""
        self._store.write(
            Statement(
                "INSERT INTO place VALUES (?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM place))"
                " ON CONFLICT (lesson) DO UPDATE SET step = excluded.step, turn = excluded.turn",
                (lesson, step),
            )
        )

    def keep_opened(self, path: Path) -> None:
        """The learner has opened this file or folder."""
        name = os.path.realpath(path)
        if storable(name) == name:
            self._store.write(
                Statement(
                    "INSERT INTO opened VALUES (?, (SELECT coalesce(max(turn), 0) + 1 FROM opened))"
                    " ON CONFLICT (path) DO UPDATE SET turn = excluded.turn",
                    (name,),
                ),
                Statement(
                    "DELETE FROM opened WHERE path NOT IN"
                    " (SELECT path FROM opened ORDER BY turn DESC LIMIT ?)",
                    (_RECENT,),
                ),
            )

    def keep_trusted(self, source: str) -> None:
        """The learner lets a lesson of exactly this text run."""
        self._store.write(Statement("INSERT OR IGNORE INTO trusted VALUES (?)", (_digest(source),)))

    def keep_done(self, lesson: str, step: str) -> None:
        """The step has run to its end, now; the first time is the one that stays."""
        self._store.write(
            item("done_at", lesson, step, time.time(), "coalesce(done_at, excluded.done_at)")
        )

    def keep_passed(self, lesson: str, step: str) -> None:
        """The exercise of the step has passed its checks, now; the first time stays."""
        self._store.write(
            item("passed_at", lesson, step, time.time(), "coalesce(passed_at, excluded.passed_at)")
        )

    def keep_answer(self, lesson: str, step: str, question: int, answer: KeptAnswer) -> None:
        """The learner's answer to the step's question at this place (from 0)."""
        self._store.write(
            Statement(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)",
                (lesson, step, question, answer.given, answer.is_right),
            )
        )

    def keep_edit(self, lesson: str, step: str, source: str | None) -> None:
        """The learner's source of the step; None is the lesson's again."""
        before = self._edit(lesson, step)
        known = self._edits.get((lesson, step), before)
        self._has_news |= self._store.is_kept and before != known
        if self._store.write(item("edit", lesson, step, source)):
            self._edits[lesson, step] = source

    def keep_watches(self, lesson: str, step: str, watches: Sequence[Watch]) -> None:
        """What the learner watches in the step's runs, in place of what they did."""
        self._store.write(
            Statement("DELETE FROM watch WHERE lesson = ? AND step = ?", (lesson, step)),
            *(
                Statement(
                    "INSERT INTO watch VALUES (?, ?, ?, ?, ?)",
                    (lesson, step, place, watch.text, int(watch.is_charted)),
                )
                for place, watch in enumerate(watches)
            ),
        )

    def keep_hints_seen(self, lesson: str, step: str, count: int) -> None:
        """So many hints of the step's exercise have been seen; seen once is seen for good."""
        self._store.write(
            item("hints_seen", lesson, step, count, "max(hints_seen, excluded.hints_seen)")
        )

    def keep_solution_seen(self, lesson: str, step: str) -> None:
        """The solution of the step's exercise has been shown."""
        self._store.write(item("solution_seen", lesson, step, 1))

    def keep_arguments(self, header: LessonHeader, arguments: Sequence[str]) -> None:
        """The lesson's file is given these in `sys.argv`."""
        _, path = lesson_names(header)
        given = _BETWEEN_ARGUMENTS.join(arguments).encode("utf-8", "replace").decode()
        self._store.write(
            Statement("INSERT OR REPLACE INTO argument VALUES (?, ?)", (path, given))
            if arguments
            else Statement("DELETE FROM argument WHERE path = ?", (path,))
        )

    def keep_language(self, language: str) -> None:
        """The learner chose this language."""
        self._store.write(setting("language", language))

    def keep_theme(self, theme: str) -> None:
        """The learner chose this theme."""
        self._store.write(setting("theme", theme))

    def reset(self, lesson: str | None) -> None:
        """Forget what was done in a lesson, or in all (None); language and theme stay."""
        self._store.write(*forgotten(lesson))

    def _edit(self, lesson: str, step: str) -> str | None:
        rows = self._store.rows(
            "SELECT edit FROM step WHERE lesson = ? AND step = ?", (lesson, step)
        )
        return None if not rows or rows[0][0] is None else str(rows[0][0])


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
