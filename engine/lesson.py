"""A lesson as data: what a step file says, read without running a line of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")


class LessonError(Exception):
    """A file that is not a lesson: `str()` is one line, `path:line: what is wrong; the mend`.

    ``line`` counts from 1, and is None where no line is at fault (a file that is not there).
    """

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        self.path = path
        self.line = line
        self.message = message
        place = str(path) if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {message}")


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text in one or several languages; the key "" is the text for every language."""

    texts: dict[str, str]

    def in_language(self, language: str) -> str:
        """The text in `language`, else the one for all, else English, else any."""
        for key in (language, "", "en"):
            if key in self.texts:
                return self.texts[key]
        return next(iter(self.texts.values()), "")


@dataclass(frozen=True, slots=True)
class LessonHeader:
    """What the list shows of a lesson, read from the head of its file alone."""

    path: Path
    title: LocalText
    summary: LocalText
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Prose:
    """One Markdown cell; ``language`` is "" where it is for every language."""

    markdown: str
    language: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell: its source and the line of the file its first line stands on (from 1)."""

    title: str
    source: str
    line: int
    metadata: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    @property
    def watch(self) -> tuple[str, ...]:
        """Names whose scalars make the curves: `watch="cost accuracy"`, else loss and cost."""
        return tuple(self.metadata.get("watch", "loss cost").replace(",", " ").split())

    @property
    def show(self) -> tuple[str, ...] | None:
        """Names pinned in the tensor pane; None where the cell leaves the choice to the player."""
        text = self.metadata.get("show")
        return None if text is None else tuple(text.replace(",", " ").split())

    @property
    def view(self) -> str | None:
        """When a cell that draws is drawn: "every epoch", "every iteration"; None on any other."""
        return self.metadata.get("view")


@dataclass(frozen=True, slots=True)
class Step:
    """Prose, the code cell after it (None in a closing step) and the view cells after that.

    ``title`` is the cell's own, else its prose's first heading, else "Step N".
    """

    index: int
    title: str
    prose: tuple[Prose, ...]
    cell: Cell | None
    views: tuple[Cell, ...] = ()

    def title_in(self, language: str) -> str:
        """The first heading of this step's prose in `language`, else its title."""
        return next(headings(self.prose_in(language)), self.title)

    def prose_in(self, language: str) -> str:
        """The Markdown of this step in `language` (English, then any, where it has none)."""
        languages = {part.language for part in self.prose if part.language}
        chosen = language if language in languages else "en" if "en" in languages else ""
        if not chosen and languages:
            chosen = sorted(languages)[0]
        return "\n\n".join(part.markdown for part in self.prose if part.language in ("", chosen))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole lesson: its header, its steps in order, and the text that cells' lines count in.

    ``source`` is the file's text with a line feed at each line's end; of a notebook, its text in
    the percent format.
    """

    header: LessonHeader
    steps: tuple[Step, ...]
    source: str

    @property
    def path(self) -> Path:
        """The file this lesson was read from."""
        return self.header.path


def headings(markdown: str) -> Iterator[str]:
    """The headings of a Markdown text in order, without their marks; none from code fences."""
    fence = ""
    for line in markdown.splitlines():
        opening = _FENCE.match(line)
        if opening and fence in ("", opening[1]):
            fence = "" if fence else opening[1]
            continue
        heading = _HEADING.match(line)
        if heading and not fence:
            yield heading[1]
