"""The lessons as lines of text, for `tutorch list`; nothing is read or printed here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.courses.folders import Entry, Section, UnreadableLesson
from engine.lesson.model import LessonHeader, LocalText
from engine.lesson.printable import printable_line
from tui.formulas.formulas import formulas_in_line
from tui.language.catalogue import Translate, translator
from tui.rendering.widths import cell_width, cut, pad, pad_left

_NUMBER = re.compile(r"\d+")


def lesson_lines(
    found: Sequence[Entry],
    language: str,
    width: int | None,
    *,
    by_path: bool = False,
    in_ascii: bool = False,
) -> list[str]:
    """A line for each lesson, in columns: of at most `width` cells, or (None) as long as needed.

    Lessons are named by their numbers, or `by_path`. Before a section there is an empty line.
    """
    translate = translator(language)

    def said(text: LocalText) -> str:
        return formulas_in_line(text.in_language(language), in_ascii=in_ascii)

    name_of = _path_of if by_path else _short_name
    lessons = [entry for entry in found if not isinstance(entry, Section)]
    readable = [lesson for lesson in lessons if isinstance(lesson, LessonHeader)]
    widths = _Widths(
        name=max((cell_width(name_of(one.path)) for one in lessons), default=0),
        title=max((cell_width(said(one.title)) for one in readable), default=0),
        minutes=max((cell_width(_minutes(one, translate)) for one in readable), default=0),
        line=width,
    )
    lines = []
    for entry in found:
        if isinstance(entry, Section):
            title = printable_line(said(entry.title))
            lines += ["", title if width is None else cut(title, width)]
        else:
            lines.append(_line(entry, name_of(entry.path), widths, said, translate))
    return lines[1:] if lines[:1] == [""] else lines


@dataclass(frozen=True, slots=True)
class _Widths:
    """How many cells each column takes, and a whole line at most (None: as many as it needs)."""

    name: int
    title: int
    minutes: int
    line: int | None


def _line(
    lesson: LessonHeader | UnreadableLesson,
    name: str,
    widths: _Widths,
    said: Callable[[LocalText], str],
    translate: Translate,
) -> str:
    name = pad(name, widths.name)
    match lesson:
        case UnreadableLesson(path=path):
            words = translate("{file} cannot be read: {why}")
            told = words.format(file=printable_line(path.name), why=lesson.said(translate))
            return f"{name}  {told}"
        case LessonHeader(title=title, summary=summary):
            columns = (
                name,
                pad(said(title), widths.title),
                pad_left(_minutes(lesson, translate), widths.minutes),
                said(summary),
            )
            line = "  ".join(columns).rstrip()
            return line if widths.line is None else cut(line, widths.line)


def _path_of(path: Path) -> str:
    return printable_line(str(path))


def _short_name(path: Path) -> str:
    """The least that names a lesson to `tutorch`: its number, else its stem."""
    number = _NUMBER.match(path.stem)
    return str(int(number[0])) if number else printable_line(path.stem)


def _minutes(lesson: LessonHeader, translate: Translate) -> str:
    return translate("{count} min").format(count=lesson.minutes) if lesson.minutes else ""
