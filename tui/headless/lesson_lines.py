"""The lessons as lines of text, for `tutorch list`; nothing is read or printed here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.lesson.library import UnreadableLesson
from engine.lesson.model import LessonHeader
from engine.lesson.printable import printable_line
from tui.rendering.widths import cell_width, cut, pad, pad_left

_NUMBER = re.compile(r"\d+")


def lesson_lines(
    found: Sequence[LessonHeader | UnreadableLesson], language: str, width: int | None
) -> list[str]:
    """A line for each lesson, in columns: of at most `width` cells, or (None) as long as needed."""
    readable = [lesson for lesson in found if isinstance(lesson, LessonHeader)]
    widths = _Widths(
        name=max((cell_width(_short_name(lesson.path)) for lesson in found), default=0),
        title=max((cell_width(one.title.in_language(language)) for one in readable), default=0),
        minutes=max((len(_minutes(one)) for one in readable), default=0),
        line=width,
    )
    return [_line(lesson, widths, language) for lesson in found]


@dataclass(frozen=True, slots=True)
class _Widths:
    """How many cells each column takes, and a whole line at most (None: as many as it needs)."""

    name: int
    title: int
    minutes: int
    line: int | None


def _line(lesson: LessonHeader | UnreadableLesson, widths: _Widths, language: str) -> str:
    name = pad(_short_name(lesson.path), widths.name)
    match lesson:
        case UnreadableLesson(path, message):
            return f"{name}  {printable_line(path.name)} cannot be read: {message}"
        case LessonHeader(title=title, summary=summary):
            columns = (
                name,
                pad(title.in_language(language), widths.title),
                pad_left(_minutes(lesson), widths.minutes),
                summary.in_language(language),
            )
            line = "  ".join(columns).rstrip()
            return line if widths.line is None else cut(line, widths.line)


def _short_name(path: Path) -> str:
    """The least that names a lesson to `tutorch`: its number, else its stem."""
    number = _NUMBER.match(path.stem)
    return str(int(number[0])) if number else printable_line(path.stem)


def _minutes(lesson: LessonHeader) -> str:
    return f"{lesson.minutes} min" if lesson.minutes else ""
