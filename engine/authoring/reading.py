"""What a reader would not get as the author meant it: told of a lesson's text alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from engine.authoring.findings import OfReading
from engine.authoring.mends import Mend
from engine.code.depth import tree_or_none
from engine.lesson.model import Cell, Lesson, LocalText, Prose, Step, are_fenced
from engine.lesson.sentences import Sentence, sentence
from engine.reading.steps import ROLES

# What a terminal of the smallest size that the player takes shows in one row.
_COLUMNS = 80
# So many words are a sentence that needs a translation; fewer may be a name or a formula.
_WORDS_OF_A_SENTENCE = 4

_ASKS_THE_RUN = re.compile(r"^ {0,3}[-*+]\s+\[[?~]\]\s*`")
_BOX = re.compile(r"^ {0,3}[-*+]\s+\[(?P<mark>[ xX])\]\s")
_TABLE = re.compile(r"^ {0,3}\|")
_NO_WORDS = re.compile(
    r"```.*?```|\$\$.*?\$\$|\$[^$\n]*\$|`[^`]*`|\]\([^)]*\)|https?://\S+", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def reading_mends(lesson: Lesson, languages: tuple[str, ...]) -> Iterator[Mend]:
    """What is not heard, not translated, too wide, or never run, in no order."""
    yield from _unheard(lesson)
    yield from _wide(lesson)
    yield from _never_run(lesson)
    if len(languages) > 1:
        yield from _in_one_language(lesson, languages)


def _unheard(lesson: Lesson) -> Iterator[Mend]:
    """Tags and questions in a file without our header; with one, none are left where these are."""
    tagged = [
        (step.cell.line - 1, tag)
        for step in lesson.steps
        if step.cell is not None and step.exercise is None
        for tag in step.cell.tags
        if tag in ROLES
    ]
    if tagged:
        line, tag = tagged[0]
        yield Mend(lesson.path, line, OfReading.TAG_UNHEARD.told(tag=tag, count=len(tagged)))
    parts = [part for step in lesson.steps for part in step.prose]
    asked = [line for part in parts for line in _questions(lesson, part)]
    if asked and not any(part.questions for part in parts):
        yield Mend(lesson.path, asked[0], OfReading.QUESTION_UNHEARD.told(count=len(asked)))


def _questions(lesson: Lesson, part: Prose) -> Iterator[int]:
    """The lines of the file at which a list begins that would be a question."""
    boxes: list[tuple[int, str]] = []
    for line, row in (*_rows(lesson, part), (0, "")):
        if _ASKS_THE_RUN.match(row):
            yield line
        elif box := _BOX.match(row):
            boxes.append((line, box["mark"].lower()))
        elif boxes and not row.startswith("  "):
            # A list of what is to do has any number of crosses; a choice has one.
            if len(boxes) > 1 and [mark for _, mark in boxes].count("x") == 1:
                yield boxes[0][0]
            boxes = []


def _wide(lesson: Lesson) -> Iterator[Mend]:
    for step in lesson.steps:
        for cell in _cells_shown(step):
            for line, row in enumerate(cell.source.split("\n"), cell.line):
                yield from _too_wide(lesson, line, row, sentence("line of code"))
        for part in step.prose:
            rows = _rows(lesson, part)
            inside = are_fenced(row for _, row in rows)
            for (line, row), is_code in zip(rows, inside, strict=True):
                # Other text is broken into lines that fit.
                if is_code or _TABLE.match(row):
                    what = sentence("line of code" if is_code else "row of a table")
                    yield from _too_wide(lesson, line, row, what)


def _too_wide(lesson: Lesson, line: int, row: str, what: Sentence) -> Iterator[Mend]:
    columns = columns_of(row.rstrip())
    if columns > _COLUMNS:
        found = OfReading.TOO_WIDE.told(what=what, columns=columns, room=_COLUMNS)
        yield Mend(lesson.path, line, found)


def _never_run(lesson: Lesson) -> Iterator[Mend]:
    """Text whose cell holds comments alone; an exercise may begin so."""
    for step in lesson.steps:
        if step.cell is None or step.exercise is not None or not step.prose:
            continue
        if _is_empty(step.cell.source):
            yield Mend(lesson.path, step.cell.line, OfReading.NOTHING_RUNS.told())


def _is_empty(source: str) -> bool:
    tree = tree_or_none(source)
    return tree is not None and not tree.body


def _in_one_language(lesson: Lesson, languages: tuple[str, ...]) -> Iterator[Mend]:
    """Sentences for readers of all languages, where the lesson speaks several."""
    told, example = ", ".join(languages), f'lang="{languages[0]}"'
    header = (("title", lesson.header.title), ("summary", lesson.header.summary))
    for key, text in header:
        line = _line_of_key(lesson, key)
        if line is not None and _is_for_all(text) and _is_sentence(text.texts[""]):
            example_of_key = ", ".join(f"{language}: ..." for language in languages)
            found = OfReading.HEADER_ONE_LANGUAGE.told(
                key=key, languages=told, example=f"{{{example_of_key}}}"
            )
            yield Mend(lesson.path, line, found)
    for step in lesson.steps:
        hints = () if step.exercise is None else step.exercise.hints
        for part in (*step.prose, *hints):
            if not part.language and _is_sentence(part.markdown):
                found = OfReading.TEXT_ONE_LANGUAGE.told(languages=told, example=example)
                yield Mend(lesson.path, part.line, found)


def _line_of_key(lesson: Lesson, key: str) -> int | None:
    rows = enumerate(lesson.source.split("\n"), 1)
    return next((line for line, row in rows if re.match(rf"#\s+{key}:", row)), None)


def _is_for_all(text: LocalText) -> bool:
    return set(text.texts) == {""}


def _is_sentence(text: str) -> bool:
    return len(_WORD.findall(_NO_WORDS.sub(" ", text))) >= _WORDS_OF_A_SENTENCE


def _cells_shown(step: Step) -> Iterator[Cell]:
    if step.cell is not None:
        yield step.cell
    if step.exercise is not None:
        yield step.exercise.solution


def _rows(lesson: Lesson, part: Prose) -> list[tuple[int, str]]:
    """The lines of a Markdown cell as they stand in the file, each with its number."""
    lines = lesson.source.split("\n")
    rows: list[tuple[int, str]] = []
    for at in range(part.line, len(lines)):
        if not lines[at].startswith("#") or lines[at].startswith("# %%"):
            break
        rows.append((at + 1, lines[at].removeprefix("#").removeprefix(" ")))
    return rows


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for each wide character."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )
