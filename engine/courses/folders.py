"""Folders of lessons: what is in them, and in which order.

Nothing heavy may enter: no torch, numpy, textual, jupytext or IPython.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.courses.course import (
    COURSE_FILE,
    Folder,
    course_text,
    folder_or_name,
    line_of_key,
    read_folder,
)
from engine.lesson.findings import Finding, OfCourse
from engine.lesson.model import LessonError, LessonHeader, LocalText
from engine.lesson.printable import printable_line
from engine.lesson.sentences import Translate
from engine.reading.header import read_header
from engine.reading.source import SUFFIXES

_NUMBERS = re.compile(r"(\d+)")
# Folders of tools and of libraries, in which nobody keeps lessons.
_PASSED_OVER = frozenset({"node_modules", "site-packages", "build", "dist"})


@dataclass(frozen=True, slots=True)
class UnreadableLesson:
    """A file among lessons that is none; ``finding`` says why, of this line."""

    path: Path
    finding: Finding
    line: int | None = None

    @property
    def problem(self) -> str:
        """What is wrong and the mend, on one line."""
        return printable_line(self.finding.message)

    @property
    def message(self) -> str:
        """The line and the problem, in English."""
        return self.said(str)

    def said(self, translate: Translate) -> str:
        """The line and the problem, translated."""
        problem = printable_line(self.finding.said(translate))
        if self.line is None:
            return problem
        return translate("line {line}: {problem}").format(line=self.line, problem=problem)


@dataclass(frozen=True, slots=True)
class Section:
    """The folder `path`, within the one that is listed: its lessons follow."""

    path: Path
    title: LocalText


Entry = LessonHeader | UnreadableLesson | Section
_InSection = tuple[Section | None, LessonHeader | UnreadableLesson]


def iter_lessons(paths: Sequence[Path]) -> Iterator[Entry]:
    """The headers of the files and of all that is in the folders, each as soon as it is read.

    Files come before folders. Of one folder alone the lessons come without a section, those of the
    folders in it under a section each. No line of a lesson is run. Raises LessonError, when the
    first is asked for, where one folder alone is missing or cannot be read.
    """
    shown: Section | None = None
    for section, entry in _once(_found(paths)):
        if section is not None and section != shown:
            yield section
            shown = section
        yield entry


def list_lessons(folder: Path) -> tuple[Entry, ...]:
    """All that `iter_lessons` finds in one folder."""
    return tuple(iter_lessons((folder,)))


def lesson_files(folder: Path) -> list[Path]:
    """The files of lessons in a folder and in none of its own, in their order.

    Raises LessonError where the folder is missing or cannot be read.
    """
    return [folder / name for name in _listing(folder) if _is_lesson(name)]


def _found(paths: Sequence[Path]) -> Iterator[_InSection]:
    """What there is, with its section; None where it has none."""
    files = [path for path in paths if not path.is_dir()]
    folders = [path for path in paths if path.is_dir()]
    if len(paths) == 1 and not paths[0].is_file():
        folder, problems = _folder_or_problems(paths[0])
        yield from _within(folder, _listing(folder.path), None, problems)
        return
    for path in files:
        yield None, _header_or_problem(path)
    for path in folders:
        yield from _section(path, None)


def _once(found: Iterable[_InSection]) -> Iterator[_InSection]:
    """Each file only where it comes first."""
    known: set[Path] = set()
    for section, entry in found:
        if entry.path not in known:
            known.add(entry.path)
            yield section, entry


def _within(
    folder: Folder,
    names: Sequence[str],
    section: Section | None,
    problems: Iterable[UnreadableLesson],
) -> Iterator[_InSection]:
    """What is in a folder with these names in it: in its order, then lessons, then folders."""
    yield from ((section, problem) for problem in problems)
    ordered = [name for name in folder.order if name in names]
    rest = [name for name in names if name not in folder.order]
    has_led_away = False
    for name in (*ordered, *filter(_is_lesson, rest), *(n for n in rest if not _is_lesson(n))):
        path = folder.path / name
        if not _is_lesson(name) or path.is_dir():
            yield from _section(path, section)
            has_led_away = True
        elif section is None and has_led_away:
            # The lessons of the listed folder itself go on, after those of one in it.
            yield Section(folder.path, folder.title), _header_or_problem(path)
        else:
            yield section, _header_or_problem(path)


def _section(path: Path, above: Section | None) -> Iterator[_InSection]:
    """What is in a folder within another one, whose section is `above`."""
    if not _may_hold_lessons(path):
        return
    folder, problems = _folder_or_problems(path)
    title = folder.title if above is None else _joined(above.title, folder.title)
    section = Section(path, title)
    try:
        names = _listing(path)
    except LessonError as error:
        yield section, UnreadableLesson(path, error.finding)
        return
    yield from _within(folder, names, section, problems)


def _folder_or_problems(path: Path) -> tuple[Folder, tuple[UnreadableLesson, ...]]:
    """What a folder says of itself, and what is wrong with that."""
    try:
        folder = read_folder(path)
    except LessonError as error:
        return folder_or_name(path), (_unreadable(error),)
    missing = [name for name in folder.order if not (path / name).exists()]
    if missing:
        file = path / COURSE_FILE
        finding = OfCourse.COURSE_ORDER_MISSING.told(name=printable_line(missing[0]))
        return folder, (UnreadableLesson(file, finding, line_of_key("order", course_text(file))),)
    return folder, ()


def _listing(folder: Path) -> list[str]:
    """The names in a folder that do not begin with `.` or `_`, 2 before 10.

    Raises LessonError where it cannot be read.
    """
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        finding = OfCourse.UNREADABLE_FOLDER.told(why=error.strerror)
        raise LessonError(folder, None, finding) from error
    return sorted((name for name in names if name[0] not in "._"), key=_natural)


def _is_lesson(name: str) -> bool:
    return name.endswith(SUFFIXES)


def _may_hold_lessons(path: Path) -> bool:
    """Whether it is a folder, no link to one, and none of a tool's own."""
    return (
        path.is_dir()
        and not path.is_symlink()
        and path.name not in _PASSED_OVER
        and not (path / "pyvenv.cfg").exists()
    )


def _header_or_problem(path: Path) -> LessonHeader | UnreadableLesson:
    try:
        return read_header(path)
    except LessonError as error:
        return _unreadable(error)


def _unreadable(error: LessonError) -> UnreadableLesson:
    return UnreadableLesson(error.path, error.finding, error.line)


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """What sorts names as people do: by their numbers' values, else by their characters."""
    parts = filter(None, _NUMBERS.split(name))
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]


def _joined(above: LocalText, title: LocalText) -> LocalText:
    """The title of a folder after that of the one it is in."""
    return LocalText(
        {
            language: f"{above.in_language(language)} / {title.in_language(language)}"
            for language in (*above.texts, *title.texts)
        }
    )
