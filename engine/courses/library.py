"""A lesson found by its name.

Nothing heavy may enter: no torch, numpy, textual, jupytext or IPython.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from engine.courses.folders import lesson_files
from engine.lesson.printable import printable_line
from engine.lesson.sentences import Cannot, Sentence, sentence
from engine.reading.source import SUFFIXES

_NUMBERED = re.compile(r"^(\d+)[_-]*(.*)$")


class LessonNotFound(Cannot):
    """No lesson has this name, or several have: the message has the nearest names."""


def find_lesson(name: str, folder: Path) -> Path:
    """The file of the lesson called `name`: a path, or a lesson in `folder` by its number ("0"),
    its stem ("00_gradient_descent") or its stem without the number ("gradient_descent").

    Raises LessonNotFound where none or several fit, LessonError where the folder is missing.
    """
    files = lesson_files(folder)
    if _looks_like_path(name):
        path = Path(name).expanduser()
        named = [path] if _may_be_lesson(path) else [file for file in files if file.name == name]
    else:
        named = [file for file in files if _key(name) in _names(file)]
    match named:
        case [file]:
            return file
        case []:
            raise LessonNotFound(_nothing_found(name, files))
    raise LessonNotFound(
        sentence(
            "several lessons are called {name!r}: {choices}; name one by its path",
            name=name,
            choices=printable_line(", ".join(map(str, named))),
        )
    )


def _looks_like_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith(SUFFIXES)


def _may_be_lesson(path: Path) -> bool:
    """Whether it is a folder, or a file called as lessons are; or neither can be told.

    Reading it says why.
    """
    try:
        return path.is_dir() or (path.suffix in SUFFIXES and path.exists())
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


def _nothing_found(name: str, files: list[Path]) -> Sentence:
    path = Path(name).expanduser()
    if path.is_symlink():
        return sentence(
            "{name!r} is a link to {target}, which is not there; name the file itself",
            name=name,
            target=printable_line(repr(str(path.readlink()))),
        )
    if path.exists():
        return sentence("{name!r} is no lesson: those end in .py or .ipynb", name=name)
    if "/" in name or "\\" in name:
        return sentence(
            "there is no file {name!r}; check the path, or name a lesson of the list", name=name
        )
    here = [file for file in (f"{name}{suffix}" for suffix in SUFFIXES) if Path(file).is_file()]
    if here:
        return sentence(
            "no lesson is called {name!r}; the file here is named with its ending: {file}",
            name=name,
            file=printable_line(here[0]),
        )
    if not files:
        return sentence("no lesson is called {name!r}: there are none", name=name)
    stems = [file.stem for file in files]
    parts = {_key(_NUMBERED.sub(r"\2", stem)): stem for stem in stems}
    spoken = _key(_NUMBERED.sub(r"\2", Path(name).stem))
    close = difflib.get_close_matches(spoken, parts, n=3, cutoff=0.5)
    nearest = [parts[part] for part in close]
    if name.endswith(SUFFIXES) and not nearest:
        return sentence("there is no file {name!r} here, and no lesson is called so", name=name)
    spoken_of = printable_line(", ".join(nearest or stems[:3]))
    if name.endswith(SUFFIXES):
        return sentence(
            "there is no file {name!r} here; the nearest lessons: {nearest}",
            name=name,
            nearest=spoken_of,
        )
    return sentence(
        "no lesson is called {name!r}; the nearest: {nearest}", name=name, nearest=spoken_of
    )
