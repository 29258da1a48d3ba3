"""A lesson as data: what a step file says, read without running a line of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.lesson.drawing_words import DrawingWords
from engine.lesson.findings import Finding
from engine.lesson.plain import plain_line
from engine.lesson.printable import printable_line
from engine.lesson.sentences import Translate

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")


class LessonError(Exception):
    """A file that is not a lesson: `str()` is one line, `path:line: what is wrong; the mend`.

    ``line`` counts from 1, and is None where no line is at fault (a file that is not there). What
    is quoted of the file, and its name, are made printable.
    """

    def __init__(self, path: Path, line: int | None, finding: Finding) -> None:
        self.path = path
        self.line = line
        self.finding = finding
        self.message = printable_line(finding.message)
        super().__init__(self.said(str))

    def said(self, translate: Translate) -> str:
        """The whole line, translated."""
        place = str(self.path) if self.line is None else f"{self.path}:{self.line}"
        return printable_line(f"{place}: {self.finding.said(translate)}")


class NotALesson(LessonError):
    """What is named is nothing that could be read as a lesson: no file, or one of another kind."""


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
    """What the list shows of a lesson, read from the head of its file alone.

    ``has_own_title`` is false where the title is made of the name of the file or of its folder.
    """

    path: Path
    title: LocalText
    summary: LocalText
    minutes: int | None
    has_own_title: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice, and what is said of it once it is chosen ("" where nothing is)."""

    text: str
    explanation: str


@dataclass(frozen=True, slots=True)
class ChoiceQuestion:
    """Which of several answers is right: the one at index ``right``."""

    text: str
    options: tuple[Option, ...]
    right: int
    line: int


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far from the actual number an answer may be: a difference, plus a share of that number.

    ± 0.5 is ``absolute`` 0.5, ± 10 % is ``relative`` 0.1; the other of the two is 0.
    """

    absolute: float
    relative: float

    def around(self, actual: float) -> float:
        """The largest difference from `actual` that is still right."""
        return self.absolute + self.relative * abs(actual)

    def __str__(self) -> str:
        return f"± {self.relative * 100:g} %" if self.relative else f"± {self.absolute:g}"


@dataclass(frozen=True, slots=True)
class NumberQuestion:
    """Which number ``expression`` will be, in the lesson's names, once the step has run."""

    text: str
    expression: str
    tolerance: Tolerance
    explanation: str
    line: int


@dataclass(frozen=True, slots=True)
class CurveQuestion:
    """Which shape the curve of the watched name ``series`` will have, once the step has run."""

    text: str
    series: str
    explanation: str
    line: int


Question = ChoiceQuestion | NumberQuestion | CurveQuestion


@dataclass(frozen=True, slots=True)
class Prose:
    """One Markdown cell without its questions; ``language`` is "" where it is for every language.

    ``line`` is the line of the file that its cell's marker stands on.
    """

    markdown: str
    language: str
    line: int
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell: its source and the line of the file its first line stands on (from 1)."""

    title: str
    source: str
    line: int
    metadata: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    @property
    def watch(self) -> tuple[str, ...] | None:
        """Names whose scalars make the curves: `watch="cost accuracy"`; None: those of costs."""
        text = self.metadata.get("watch")
        return None if text is None else tuple(text.replace(",", " ").split())

    @property
    def show(self) -> tuple[str, ...] | None:
        """Names pinned in the tensor pane; None where the cell leaves the choice to the player."""
        text = self.metadata.get("show")
        return None if text is None else tuple(text.replace(",", " ").split())

    @property
    def is_to_raise(self) -> bool:
        """Whether an error is what its author means to show, as notebooks say by a tag."""
        return "raises-exception" in self.tags

    @property
    def view(self) -> str | None:
        """When a cell that draws is drawn: "every epoch", "every iteration"; None on any other."""
        return self.metadata.get("view")

    @property
    def canvas(self) -> str | None:
        """The name of the tensor that the learner paints once the cell has run."""
        return self.metadata.get("canvas")


@dataclass(frozen=True, slots=True)
class Exercise:
    """What belongs to a cell that the learner changes: hints in layers, a solution, checks.

    The solution runs in place of the learner's cell. A check is assertions on what that made.
    """

    hints: tuple[Prose, ...]
    solution: Cell
    checks: tuple[Cell, ...]

    def hints_in(self, language: str) -> tuple[str, ...]:
        """The Markdown of each hint in `language`, or what stands in for it, nudge first."""
        return tuple(part.markdown for part in in_language(self.hints, language))


@dataclass(frozen=True, slots=True)
class Step:
    """Prose, the code cell after it (None in a closing step) and the view cells after that.

    ``title`` is the cell's own, else its prose's first heading, else what its code says of itself
    (see `engine.lesson.titles`), else the first sentence of its prose, else what its code begins
    with, else "Step N", without the marks of Markdown. Where ``exercise`` is not None, the cell is
    what the learner starts from. A file without code is one step without a cell.
    """

    index: int
    title: str
    prose: tuple[Prose, ...]
    cell: Cell | None
    views: tuple[Cell, ...] = ()
    exercise: Exercise | None = None

    def title_in(self, language: str) -> str:
        """The first heading of this step's prose in `language` as plain text, else its title."""
        return plain_line(next(headings(self.prose_in(language)), "")) or self.title

    def prose_in(self, language: str) -> str:
        """The Markdown of this step in `language` (English, then any, where it has none)."""
        parts = in_language(self.prose, language)
        return "\n\n".join(part.markdown for part in parts if part.markdown)

    def questions_in(self, language: str) -> tuple[Question, ...]:
        """The questions asked before this step, in `language`, in the order of the file.

        Every language has the same ones: the index of a question means it in all of them.
        """
        parts = in_language(self.prose, language)
        return tuple(question for part in parts for question in part.questions)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole lesson: its header, its steps in order, and the text that cells' lines count in.

    ``asked`` are names that have a curve in every step, whatever else that watches; ``words`` are
    what its drawings say in other languages than their own.

    ``source`` is the file's text with a line feed at each line's end; of a notebook, its text in
    the percent format. ``written`` is what another process reads the lesson from again: the same,
    or a notebook's cells as JSON. ``is_script`` says that the file has no cells: its steps are
    pieces of one program, which show no value that is not printed.
    """

    header: LessonHeader
    steps: tuple[Step, ...]
    source: str
    written: str = ""
    is_script: bool = False
    asked: tuple[str, ...] = ()
    words: DrawingWords = field(default_factory=DrawingWords)

    @property
    def path(self) -> Path:
        """The file this lesson was read from."""
        return self.header.path


def in_language(prose: tuple[Prose, ...], language: str) -> tuple[Prose, ...]:
    """The parts for every language and those in `language`, else in English, else in any."""
    languages = sorted({part.language for part in prose} - {""})
    wanted = [key for key in (language, "en", *languages) if key in languages]
    return tuple(part for part in prose if part.language in ("", *wanted[:1]))


def headings(markdown: str) -> Iterator[str]:
    """The headings of a Markdown text in order, as Markdown without `#`; none from code fences."""
    lines = markdown.splitlines()
    for line, in_fence in zip(lines, are_fenced(lines), strict=True):
        heading = _HEADING.match(line)
        if heading and not in_fence:
            yield printable_line(heading[1])


def are_fenced(lines: Iterable[str]) -> Iterator[bool]:
    """Whether each line of a Markdown text is a code fence or stands inside one."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        is_border = mark is not None and fence in ("", mark[1])
        yield is_border or bool(fence)
        if mark and is_border:
            fence = "" if fence else mark[1]
