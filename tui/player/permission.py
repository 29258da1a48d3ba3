"""Whether a file may run: what came with tutorch may, of others the learner is asked once."""

from __future__ import annotations

from pathlib import Path

from engine.lesson.model import Lesson
from engine.progress.keeping import Progress


class Permission:
    """Knows the code that may run: what is in `folder`, what was let run, or all of it."""

    def __init__(self, progress: Progress, folder: Path, *, trusts_all: bool) -> None:
        self._progress = progress
        self._folder = folder.resolve()
        self._trusts_all = trusts_all
        # Also where nothing can be kept.
        self._let_run: set[str] = set()

    def is_own(self, lesson: Lesson) -> bool:
        """Whether it came with tutorch."""
        return lesson.path.resolve().parent == self._folder

    def may_run(self, lesson: Lesson) -> bool:
        """Whether it came with tutorch, or the learner has said that it may."""
        return self._trusts_all or self.is_own(lesson) or self._was_let(lesson.source)

    def let_run(self, lesson: Lesson) -> None:
        """Let it run, also another day."""
        self._progress.keep_trusted(lesson.source)
        self._let_run.add(lesson.source)

    def follow(self, before: str, after: str) -> None:
        """Ask no second time in one sitting about a file that may run, and that is written on."""
        if self._was_let(before):
            self._let_run.add(after)

    def _was_let(self, source: str) -> bool:
        return source in self._let_run or self._progress.is_trusted(source)
