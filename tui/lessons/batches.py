"""In which pieces the lessons of folders are told while they are read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.courses.folders import Entry, iter_lessons
from engine.lesson.model import LessonError

# Each batch draws the list again. The first comes soon, so that there is something to read.
_SECONDS_TO_FIRST = 0.05
_SECONDS_BETWEEN = 0.5


def found_in_batches(
    paths: Sequence[Path], is_cancelled: Callable[[], bool]
) -> Iterator[list[Entry] | LessonError]:
    """The lessons in their order, the last batch maybe without any, or an error in place of more.

    Nothing more is read or told once `is_cancelled` says so.
    """
    batch: list[Entry] = []
    due = time.monotonic() + _SECONDS_TO_FIRST
    try:
        for entry in iter_lessons(paths):
            batch.append(entry)
            if is_cancelled():
                return
            if time.monotonic() >= due:
                yield batch
                batch, due = [], time.monotonic() + _SECONDS_BETWEEN
    except LessonError as error:
        yield batch
        yield error
    else:
        yield batch
