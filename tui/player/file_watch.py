"""Reads a lesson's file again when it was saved, in a thread of its own; no widget."""

from __future__ import annotations

import threading
from dataclasses import replace

from engine.lesson.model import Lesson, LessonError
from engine.reading.notebook import read_notebook
from engine.reading.reader import lesson_of
from engine.reading.source import read_whole

# How often the file is looked at, in seconds. To look costs some microseconds, and finds what
# another machine has saved too, of which no word comes over NFS or SSH.
_BETWEEN_LOOKS = 0.25

_Stamp = tuple[int, int, int] | None


class FileWatch:
    """Watches the file of a lesson; a disk that does not answer keeps nobody else waiting.

    A file is read once it has stayed the same from one look to the next: an editor may write it in
    several pieces, or put another one in its place.
    """

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._written = lesson.written
        self._found: Lesson | LessonError | None = None
        self._ends = threading.Event()

    def begin(self) -> None:
        """Begin to watch."""
        threading.Thread(target=self._watch, name="tutorch-file-watch", daemon=True).start()

    def end(self) -> None:
        """Watch no more."""
        self._ends.set()

    def poll(self) -> Lesson | LessonError | None:
        """The lesson as it was saved last, or why that cannot be read; each is told once."""
        found, self._found = self._found, None
        return found

    def _watch(self) -> None:
        before: _Stamp = None
        known: object = self
        while not self._ends.wait(_BETWEEN_LOOKS):
            stamp = self._stamp()
            if stamp == before and stamp != known:
                known = stamp
                self._read()
            before = stamp

    def _stamp(self) -> _Stamp:
        """What is another one once the file was saved; None where it is not there."""
        try:
            status = self._lesson.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _read(self) -> None:
        path = self._lesson.path
        try:
            written = read_notebook(path) if path.suffix == ".ipynb" else read_whole(path)
            if written != self._written:
                self._found = replace(lesson_of(path, written), asked=self._lesson.asked)
                self._written = written
        except LessonError as error:
            self._found = error
