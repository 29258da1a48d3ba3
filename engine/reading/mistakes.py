"""The mistakes of one file, gathered while it is read; what a mistake is others say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.lesson.model import LessonError


class Mistakes:
    """Keeps what is raised of one part of a file, so that the next part is read all the same.

    ``found`` are those with which the file is no lesson, ``told_later`` those of a part that says
    itself what is wrong with it once it is run.
    """

    def __init__(self) -> None:
        self.found: list[LessonError] = []
        self.told_later: list[LessonError] = []

    @property
    def all(self) -> tuple[LessonError, ...]:
        """Every mistake, in the order of the file."""
        return tuple(sorted((*self.found, *self.told_later), key=lambda one: one.line or 0))

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Keep a LessonError that the block raises, and go on after the block."""
        try:
            yield
        except LessonError as error:
            self.found.append(error)

    @contextmanager
    def left_to_the_run(self) -> Iterator[None]:
        """Keep a LessonError of a part that says it itself, and go on after the block."""
        try:
            yield
        except LessonError as error:
            self.told_later.append(error)
