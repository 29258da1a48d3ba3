"""What a lesson's name on the command line stands for."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from engine.courses.library import LessonNotFound, find_lesson
from engine.lesson.model import LessonError, LessonHeader
from engine.lesson.printable import printable_line
from engine.reading.header import read_header
from tui.commands.errors import Unable, own_words, told_of

LESSONS = Path(__file__).resolve().parents[2] / "lessons"


class NoSuchLesson(Unable):
    """No lesson is called `name`, or several are."""

    def __init__(self, name: str, error: LessonNotFound) -> None:
        super().__init__(printable_line(error.said(own_words())))
        self.name = name


def find(name: str) -> Path:
    """The file or the folder of lessons of this name; raises NoSuchLesson, or as `told_of`."""
    try:
        return find_lesson(name, LESSONS)
    except LessonNotFound as error:
        if Path(name).is_dir():
            return Path(name)
        raise NoSuchLesson(name, error) from error
    except LessonError as error:
        raise told_of(error) from error


def header_of(path: Path) -> LessonHeader:
    """The head of a lesson; where it cannot be read it raises as `told_of`."""
    try:
        return read_header(path)
    except LessonError as error:
        raise told_of(error) from error


def is_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is a terminal; a stream that was closed before Python began is None."""
    return stream is not None and stream.isatty()
