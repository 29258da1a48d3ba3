"""A lesson as data: what a step file says, read without running a line of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


class LessonError(Exception):
    """A file that is not a lesson: the message names the file, the line and the mend."""


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

    @property
    def watch(self) -> tuple[str, ...]:
        """Names whose scalars make the curves: `watch="cost accuracy"`, else loss and cost."""
        return tuple(self.metadata.get("watch", "loss cost").replace(",", " ").split())

    @property
    def show(self) -> tuple[str, ...] | None:
        """Names pinned in the tensor pane, or None where the cell leaves the choice to the player."""
        text = self.metadata.get("show")
        return None if text is None else tuple(text.replace(",", " ").split())

    @property
    def view(self) -> str | None:
        """ "every epoch" or "every iteration" on a cell that draws, None on any other."""
        return self.metadata.get("view")


@dataclass(frozen=True, slots=True)
class Step:
    """Prose, the code cell after it (None in a closing step) and the view cells after that."""

    index: int
    title: str
    prose: tuple[Prose, ...]
    cell: Cell | None
    views: tuple[Cell, ...] = ()

    def prose_in(self, language: str) -> str:
        """The Markdown of this step in `language` (English, then any, where it has none)."""
        languages = {part.language for part in self.prose if part.language}
        chosen = language if language in languages else "en" if "en" in languages else ""
        if not chosen and languages:
            chosen = sorted(languages)[0]
        return "\n\n".join(part.markdown for part in self.prose if part.language in ("", chosen))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole lesson: its header and its steps in order."""

    header: LessonHeader
    steps: tuple[Step, ...]

    @property
    def path(self) -> Path:
        """The file this lesson was read from."""
        return self.header.path
