"""What a lesson and its steps are known by, so that what was kept finds them again.

Only names are made here, from what was read: nothing is kept, and no file is opened.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from engine.code.names import assigned_names
from engine.lesson.model import Lesson, LessonHeader
from engine.lesson.titles import title_of

# What the key of a step ends with is the number among steps of that title, so that this one,
# without a number, is no other's.
_CLOSING = "closing"
_LONGEST = 60
_NUMBER = re.compile(r"^\d+[_\-. ]*")


def lesson_names(header: LessonHeader) -> tuple[str, str]:
    """The two names that lead to a lesson: what it is called, and where it lies.

    It is called by its title (the English one, where there are several) and by its file's stem
    without the leading number: this outlives a move, a copy and a new place in the list. Where it
    lies outlives a new title. A file without a title of its own has only the latter: many a
    `src/main.py` is another program.
    """
    place = storable(os.path.realpath(header.path))
    if not header.has_own_title:
        return place, place
    stem = _NUMBER.sub("", header.path.stem)
    return storable(f"{header.title.in_language('en')} ({stem})"), place


def step_keys(lesson: Lesson) -> tuple[str, ...]:
    """What each step is known by, in order; each key is there once.

    A step is known by its cell's title and the number of that cell among those of the same title:
    prose is free to change, and steps to come and go. A cell without a title is known by what its
    code would be called, or assigns; those that do nothing of this are numbered among themselves.
    """
    return tuple(_keys(lesson))


def _keys(lesson: Lesson) -> Iterator[str]:
    seen = Counter[str]()
    for step in lesson.steps:
        if step.cell is None:
            yield _CLOSING
            continue
        title = storable(step.cell.title or _name_of(step.cell.source))
        seen[title] += 1
        yield f"{title} #{seen[title]}".lstrip()


def _name_of(source: str) -> str:
    return title_of(source) or ", ".join(assigned_names(source))[:_LONGEST]


def storable(name: str) -> str:
    """A name as it can be written: one spelling of each letter, and no bytes outside UTF-8."""
    whole = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return unicodedata.normalize("NFC", whole)
