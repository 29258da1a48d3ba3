"""The lessons in a folder: listed by their headers alone, and found by name.

Nothing heavy may enter: no torch, numpy, textual, jupytext or IPython.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.lesson.header import read_header
from engine.lesson.model import LessonError, LessonHeader
from engine.lesson.printable import printable_line
from engine.lesson.source import SUFFIXES

__all__ = [
    "LessonNotFound",
    "UnreadableLesson",
    "find_lesson",
    "iter_lessons",
    "list_lessons",
    "read_header",
]

_NUMBERED = re.compile(r"^(\d+)[_-]*(.*)$")


class LessonNotFound(LookupError):
    """No lesson has this name, or several have: the message is one line with the nearest names."""

    def __init__(self, message: str) -> None:
        super().__init__(printable_line(message))


@dataclass(frozen=True, slots=True)
class UnreadableLesson:
    """A file in the lessons' folder that is not a lesson; ``message`` says why in one line."""

    path: Path
    message: str


def list_lessons(folder: Path) -> tuple[LessonHeader | UnreadableLesson, ...]:
    """The header of each lesson in `folder`, sorted by file name; no line of them is run.

    Raises LessonError where the folder is missing or cannot be read.
    """
    return tuple(iter_lessons(folder))


def iter_lessons(folder: Path) -> Iterator[LessonHeader | UnreadableLesson]:
    """What `list_lessons` lists, each as soon as it has been read.

    Raises LessonError, when the first is asked for, where the folder is missing or cannot be read.
    """
    for path in _lesson_files(folder):
        yield _header_or_problem(path)


def find_lesson(name: str, folder: Path) -> Path:
    """The file of the lesson called `name`: a path, or a lesson in `folder` by its number ("0"),
    its stem ("00_gradient_descent") or its stem without the number ("gradient_descent").

    Raises LessonNotFound where none or several fit, LessonError where the folder is missing.
    """
    files = _lesson_files(folder)
    if _looks_like_path(name):
        path = Path(name).expanduser()
        named = [path] if _may_be_there(path) else [file for file in files if file.name == name]
    else:
        named = [file for file in files if _key(name) in _names(file)]
    match named:
        case [file]:
            return file
        case []:
            raise LessonNotFound(_nothing_found(name, files))
    choices = " and ".join(str(file) for file in named)
    raise LessonNotFound(f"several lessons are called {name!r}: {choices}; name one by its path")


def _lesson_files(folder: Path) -> list[Path]:
    try:
        files = [path for path in folder.iterdir() if path.suffix in SUFFIXES]
    except OSError as error:
        problem = f"the lessons' folder cannot be read ({error.strerror}); check the name"
        raise LessonError(folder, None, problem) from error
    return sorted((path for path in files if path.name[0] not in "._"), key=lambda path: path.name)


def _header_or_problem(path: Path) -> LessonHeader | UnreadableLesson:
    try:
        return read_header(path)
    except LessonError as error:
        place = "" if error.line is None else f"line {error.line}: "
        return UnreadableLesson(path, place + error.message)


def _looks_like_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith(SUFFIXES)


def _may_be_there(path: Path) -> bool:
    """Whether there is such a file, or that cannot be told: reading it says why."""
    try:
        return path.exists()
    except OSError:
        return True


def _names(file: Path) -> set[str]:
    """The keys of all the names that a lesson answers to."""
    numbered = _NUMBERED.match(file.stem)
    return {_key(file.stem)} | ({_key(part) for part in numbered.groups()} if numbered else set())


def _key(name: str) -> str:
    """What makes two spellings one name: "007" and "7", "My-lesson" and "my_lesson"."""
    if name.isdecimal():
        return str(int(name))
    return name.casefold().replace("-", "_").replace(" ", "_")


def _nothing_found(name: str, files: list[Path]) -> str:
    if "/" in name or "\\" in name:
        return f"there is no file {name!r}; check the path, or name a lesson of the list"
    if not files:
        return f"no lesson is called {name!r}: there are none"
    stems = [file.stem for file in files]
    parts = {_key(_NUMBERED.sub(r"\2", stem)): stem for stem in stems}
    spoken = _key(_NUMBERED.sub(r"\2", Path(name).stem))
    close = difflib.get_close_matches(spoken, parts, n=3, cutoff=0.5)
    nearest = [parts[part] for part in close] or stems[:3]
    return f"no lesson is called {name!r}; the nearest: {', '.join(nearest)}"
