"""Lists of words become the table of what drawings say; the drawings themselves are not looked at.

A list is a Markdown cell, anywhere in the file. Its words hold in each drawing of the lesson:

    # %% [markdown] lang="ko" tags=["words"]
    # - `hours of lectures`: 강의 시간
    # - `epoch {}: cost {}`: 에포크 {}, cost {}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

from engine.lesson.drawing_words import PLACE, DrawingWords
from engine.lesson.findings import OfWords
from engine.lesson.model import LessonError
from engine.lesson.printable import printable_line
from engine.reading.cells import RawCell
from engine.reading.mistakes import Mistakes

TAG = "words"

_WORD = re.compile(r"^[-*+]\s+`(?P<written>[^`]+)`:\s+(?P<said>\S.*)$")


def is_word_list(cell: RawCell) -> bool:
    """Whether the cell is a list of words, and no text of the lesson."""
    return TAG in cell.metadata.get("tags", ())


def words_in(path: Path, cells: Sequence[RawCell], mistakes: Mistakes) -> DrawingWords:
    """The words of all lists among these cells; what is wrong with a line is noted."""
    tables: dict[str, dict[str, str]] = {}
    for cell in cells:
        if not is_word_list(cell):
            continue
        with mistakes.noted():
            if cell.kind != "markdown":
                raise LessonError(path, cell.marker, OfWords.WORDS_IN_CODE.told())
            language = printable_line(str(cell.metadata.get("lang", "")))
            if not language:
                raise LessonError(path, cell.marker, OfWords.WORDS_LANGUAGE.told())
            table = tables.setdefault(language, {})
            for line, row in _items(cell):
                with mistakes.noted():
                    _add(path, line, printable_line(row), language, table)
    return DrawingWords(tables)


def _items(cell: RawCell) -> Iterator[tuple[int, str]]:
    """The items of a list, each with its line; what is indented under one goes on with it."""
    items: list[tuple[int, str]] = []
    for line, row in enumerate(cell.source.split("\n"), cell.line):
        if row.startswith("  ") and items:
            items[-1] = (items[-1][0], f"{items[-1][1]} {row.strip()}")
        elif row.strip():
            items.append((line, row.strip()))
    return iter(items)


def _add(path: Path, line: int, row: str, language: str, table: dict[str, str]) -> None:
    found = _WORD.match(row)
    if found is None:
        raise LessonError(path, line, OfWords.WORDS_LINE.told(row=row))
    written, said = found["written"].strip(), found["said"]
    if written in table:
        raise LessonError(path, line, OfWords.WORDS_TWICE.told(written=written, language=language))
    if _places(said) != set(range(written.count(PLACE))):
        raise LessonError(path, line, OfWords.WORDS_PLACES.told(written=written))
    table[written] = said


def _places(said: str) -> set[int] | None:
    """Which of the values that the places of a text hold are said; None where Python cannot say."""
    try:
        names = [name for _, name, *_ in Formatter().parse(said) if name is not None]
        said.format(*[""] * len(names))
    except (ValueError, IndexError, KeyError, AttributeError):
        return None
    numbered = [int(name) if name else at for at, name in enumerate(names)]
    return set(numbered)
