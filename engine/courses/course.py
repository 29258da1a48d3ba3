"""What a folder of lessons says of itself in its `course.toml`: title, language and order.

Nothing heavy may enter: no torch, numpy, textual, jupytext or IPython.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engine.lesson.findings import OfCourse
from engine.lesson.model import LessonError, LocalText
from engine.lesson.notation import COURSE_KEYS
from engine.lesson.printable import printable_line
from engine.lesson.sentences import nearest
from engine.lesson.titles import spoken_name

COURSE_FILE = "course.toml"
KEYS = tuple(key.name for key in COURSE_KEYS)

_LARGEST = 100_000
_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder says of itself.

    ``title`` is its own name where its `course.toml` gives none, ``language`` is None where that
    gives none, and ``order`` are the names of files and folders in it that come before the others.
    """

    path: Path
    title: LocalText
    language: str | None = None
    order: tuple[str, ...] = ()


def read_folder(path: Path) -> Folder:
    """A folder by its `course.toml`, or by its name where there is none.

    Raises LessonError where that file cannot be read or understood.
    """
    file = path / COURSE_FILE
    title = LocalText({"": _name_of(path)})
    try:
        text = course_text(file)
    except (FileNotFoundError, NotADirectoryError):
        return Folder(path, title)
    # Most folders have no such file, and the list is painted before this is imported.
    import tomllib

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        problem = _PLACE.sub("", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise LessonError(file, line, OfCourse.COURSE_TOML.told(why=problem)) from error
    except RecursionError as error:
        raise LessonError(file, None, OfCourse.COURSE_DEPTH.told()) from error
    return _checked(path, given, text, title)


def folder_or_name(path: Path) -> Folder:
    """A folder as `read_folder` reads it, or by its name where that fails."""
    try:
        return read_folder(path)
    except LessonError:
        return Folder(path, LocalText({"": _name_of(path)}))


def course_text(file: Path) -> str:
    """The text of a `course.toml`.

    Raises LessonError, and FileNotFoundError where there is none.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(_LARGEST + 1)
        if len(raw) > _LARGEST:
            raise LessonError(file, None, OfCourse.COURSE_LARGE.told())
        return raw.decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        finding = OfCourse.COURSE_UNREADABLE.told(why=error.strerror)
        raise LessonError(file, None, finding) from error
    except UnicodeDecodeError as error:
        raise LessonError(file, None, OfCourse.COURSE_UTF_8.told()) from error


def line_of_key(key: str, text: str) -> int | None:
    """Where a key of the top level stands in a TOML text."""
    begins = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}\b")
    return next((at for at, row in enumerate(text.split("\n"), 1) if begins.match(row)), None)


def _name_of(path: Path) -> str:
    """A folder's name in words; "." has one too."""
    return spoken_name(path.resolve().name or str(path))


def _checked(path: Path, given: dict[str, object], text: str, title: LocalText) -> Folder:
    file = path / COURSE_FILE
    language: str | None = None
    order: tuple[str, ...] = ()
    for key, value in given.items():
        line = line_of_key(key, text)
        match key:
            case "title":
                title = _local_text(value, file, line)
            case "language":
                if not isinstance(value, str) or not value:
                    raise LessonError(file, line, OfCourse.COURSE_LANGUAGE.told())
                language = value
            case "order":
                order = _names(value, file, line)
            case _:
                finding = OfCourse.COURSE_KEY.told(
                    key=printable_line(key), nearest_key=nearest(key, KEYS)
                )
                raise LessonError(file, line, finding)
    return Folder(path, title, language, order)


def _local_text(value: object, file: Path, line: int | None) -> LocalText:
    texts = {"": value} if isinstance(value, str) else value
    if isinstance(texts, dict) and texts:
        spoken = {
            str(language): printable_line(text)
            for language, text in texts.items()
            if isinstance(text, str) and printable_line(text)
        }
        if len(spoken) == len(texts):
            return LocalText(spoken)
    raise LessonError(file, line, OfCourse.COURSE_TITLE.told())


def _names(value: object, file: Path, line: int | None) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(name, str) and name for name in value):
        names = tuple(str(name).rstrip("/") for name in value)
        # A course is what is in its folder: `..` and paths would lead out of it.
        if all(name and "/" not in name and name not in (".", "..") for name in names):
            return tuple(dict.fromkeys(names))
    raise LessonError(file, line, OfCourse.COURSE_ORDER.told())
