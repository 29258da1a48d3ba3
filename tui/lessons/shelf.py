"""What the list of lessons lists, in which order, and how far the learner is in each; no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.courses.course import Folder, folder_or_name, read_folder
from engine.courses.folders import Entry, Section, UnreadableLesson
from engine.lesson.model import LessonError, LessonHeader, LocalText
from engine.lesson.printable import printable_line
from engine.progress.data import LastPlace, Summary
from engine.progress.keeping import Progress
from engine.reading.header import read_header
from tui.language.catalogue import Translate, as_written
from tui.look import Look

Listed = Entry | Folder


class Shelf:
    """The lessons in their order, and how far the learner is in each.

    ``last_header`` is the lesson that the learner was in last, once it has been found.
    """

    def __init__(self, progress: Progress) -> None:
        self.last_header: LessonHeader | None = None
        self._progress = progress
        self._found: list[Listed] = []
        self._recent: tuple[Listed, ...] = ()
        self._last: LastPlace | None = None
        self._done: dict[str, Summary] = {}
        self._keys: dict[Path, str] = {}

    def begin(self) -> None:
        """Look up what was done; nothing is listed yet."""
        self._last = self._progress.last_place()
        self._done = self._progress.summaries()

    def look_again(self) -> bool:
        """Look up what has been done since; whether another lesson was left than before."""
        self._done = self._progress.summaries()
        self._keys.clear()
        last = self._progress.last_place()
        if last == self._last:
            return False
        self._last, self.last_header = last, None
        self.finds_last(self.entries())
        return True

    def entries(self, translate: Translate = as_written) -> list[Listed]:
        """All that is listed, in its order."""
        if not self._recent:
            return self._found
        section = Section(Path(), LocalText({"": translate("Opened lately")}))
        return [*self._found, section, *self._recent]

    def add(self, entries: Sequence[Listed]) -> bool:
        """Know of more lessons; whether they stand below all that is listed."""
        self._found += entries
        return not self._recent

    def put_recent(self, entries: tuple[Listed, ...]) -> None:
        """List what else was opened lately, the newest first, below the lessons."""
        self._recent = entries

    def summaries(self, entries: Sequence[Listed]) -> dict[Path, Summary]:
        """How far those of the lessons are that were begun, by their paths."""
        if not self._done:
            return {}
        headers = (entry for entry in entries if isinstance(entry, LessonHeader))
        keys = {header.path: self._key_of(header) for header in headers}
        return {path: self._done[key] for path, key in keys.items() if key in self._done}

    def finds_last(self, entries: Sequence[Listed]) -> bool:
        """Whether the lesson that the learner was in last is among these."""
        if self._last is None:
            return False
        for entry in entries:
            if isinstance(entry, LessonHeader) and self._key_of(entry) == self._last.lesson:
                self.last_header = entry
                return True
        return False

    def words_to_continue(self, look: Look) -> str:
        """The offer to go on where the learner was last; "" where that is not known."""
        last, header = self._last, self.last_header
        if last is None or header is None:
            return ""
        number = lesson_number(header.path)
        title = look.write_title(header.title.in_language(look.language))
        lesson = look.translate("lesson {number}").format(number=number) if number else title
        sentence = look.translate("Continue: {lesson}, step {step}")
        return sentence.format(lesson=lesson, step=(last.position or 0) + 1)

    def _key_of(self, header: LessonHeader) -> str:
        """The key of a lesson in what was done, asked for once until a lesson has been played."""
        if header.path not in self._keys:
            self._keys[header.path] = self._progress.key_of(header)
        return self._keys[header.path]


def opened_lately(paths: Sequence[Path]) -> Iterator[Listed]:
    """What is there yet of the files and folders that were opened."""
    for path in paths:
        try:
            if path.is_dir():
                yield read_folder(path)
            elif path.exists():
                yield read_header(path)
        except LessonError as error:
            yield UnreadableLesson(path, error.finding)


def title_and_language(paths: Sequence[Path]) -> tuple[LocalText, str | None]:
    """The title of a list of other lessons, and their language where a folder says one."""
    if len(paths) == 1:
        folder = folder_or_name(paths[0])
        return folder.title, folder.language
    return LocalText({"": ", ".join(printable_line(path.name) for path in paths)}), None


def lesson_number(path: Path) -> str:
    """The number by which the command line knows the lesson; empty where it has none."""
    digits = path.stem.partition("_")[0]
    return str(int(digits)) if digits.isdecimal() else ""
