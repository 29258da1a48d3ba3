"""The mistakes of one file, gathered while it is read; what a mistake is others say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.lesson.model import LessonError


class Mistakes:
    """Keeps what is raised of one part of a file, so that the next part is read all the same."""

    def __init__(self) -> None:
        self.found: list[LessonError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Keep a LessonError that the block raises, and go on after the block."""
        try:
            yield
        except LessonError as error:
            self.found.append(error)
