"""The head of a lesson file: its YAML header, or what stands in for one; no cell is read here."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.lesson.findings import Finding, OfHeader
from engine.lesson.model import LessonError, LessonHeader, LocalText, headings
from engine.lesson.notation import HEADER_KEYS
from engine.lesson.plain import plain_line
from engine.lesson.printable import printable, printable_line
from engine.lesson.sentences import nearest
from engine.lesson.titles import described, is_for_others, spoken_name
from engine.markup import colab, databricks, gallery
from engine.markup.hypertext import as_markdown
from engine.markup.rest import to_markdown
from engine.reading.notebook import notebook_head
from engine.reading.source import read_head

if TYPE_CHECKING:
    from yaml import Node

KEYS = tuple(key.name for key in HEADER_KEYS)

_RULE = re.compile(r"^#\s*---\s*$")
_CODING = re.compile(r"^#.*coding[:=]")
_MARKER = re.compile(r"^\s*#\s*%%")
_MARKDOWN_MARKER = re.compile(r"^\s*#\s*%%.*\[(?:markdown|md)\]")
_LONGEST_TITLE = 80
# Pictures, and those that are links, as "Open in Colab" is.
_BADGES = re.compile(r"(?:\s*(?:!\[[^]]*\]\([^)]*\)|\[!\[[^]]*\]\([^)]*\)\]\([^)]*\)))+\s*")
# What many files are called, each for its folder.
_NO_TITLES = {"__main__", "__init__", "main", "index", "notebook", "script", "untitled"}


@dataclass(frozen=True, slots=True)
class Head:
    """A file's head: its header, whether it holds `tutorch:`, and how many lines it takes."""

    header: LessonHeader
    declared: bool
    length: int


@dataclass(slots=True)
class _Fields:
    """What `tutorch:` gives; None is for what it does not."""

    title: LocalText | None = None
    summary: LocalText | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a header's YAML stands: ``first`` is the line of the file that it starts on."""

    path: Path
    first: int

    def error(self, row: int, finding: Finding) -> LessonError:
        """A mistake in the YAML's line `row` (from 0)."""
        return LessonError(self.path, self.first + row, finding)


def read_header(path: Path) -> LessonHeader:
    """The header, from the first lines of the file alone (a notebook is read whole).

    Raises LessonError where the file cannot be read or its header cannot be understood.
    """
    if path.suffix == ".ipynb":
        return head_of(path, notebook_head(path)).header
    return head_of(path, read_head(path).split("\n")).header


def head_of(path: Path, lines: list[str]) -> Head:
    """The head of a text in the percent format, given as its lines.

    A title or a summary that the header does not give comes from the first prose, else the title
    comes from the file's name, or its folder's where that says more. Raises LessonError where the
    header cannot be understood.
    """
    start = _first_line(lines)
    end = _header_end(path, lines, start)
    fields = _fields(path, lines, start + 1, end - 1) if end > start else None
    prose = printable(_first_prose(lines[end:]))
    given = fields or _Fields()
    heading = _first_heading(prose) or _opening_line(lines[end:])
    called = plain_line(heading)
    title = given.title or LocalText({"": called or _spoken(path)})
    summary = given.summary or LocalText({"": plain_line(_first_paragraph(prose, heading))})
    has_own_title = bool(given.title or called)
    header = LessonHeader(path, title, summary, given.minutes, has_own_title)
    return Head(header, fields is not None, end)


def _first_line(lines: list[str]) -> int:
    """The index of the first line after a shebang and a coding comment."""
    index = 1 if lines[0].startswith("#!") else 0
    return index + 1 if index < len(lines) and _CODING.match(lines[index]) else index


def _header_end(path: Path, lines: list[str], start: int) -> int:
    """The index after the header's closing rule; `start` where there is no header."""
    if start == len(lines) or not _RULE.match(lines[start]):
        return start
    declared = False
    for index in range(start + 1, len(lines)):
        if _RULE.match(lines[index]):
            return index + 1
        if not lines[index].startswith("#"):
            break
        declared = declared or _declares(lines[index])
    if declared:
        raise LessonError(path, start + 1, OfHeader.HEADER_END.told())
    return start


def _fields(path: Path, lines: list[str], start: int, end: int) -> _Fields | None:
    """What the YAML at these indices says under `tutorch:`; None where it has no such key."""
    if not any(_declares(line) for line in lines[start:end]):
        _check_spelling(path, lines, start, end)
        return None
    import yaml

    block = "\n".join(_uncommented(line) for line in lines[start:end])
    place = _Place(path, start + 1)
    try:
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line if error.problem_mark else 0
        raise place.error(row, OfHeader.HEADER_YAML.told()) from error
    except yaml.reader.ReaderError as error:
        row = block.count("\n", 0, error.position)
        raise place.error(row, OfHeader.HEADER_CHARACTER.told()) from error
    except RecursionError as error:
        raise place.error(0, OfHeader.HEADER_DEPTH.told()) from error
    given = dict(_entries(place, root, "the header", "tutorch:")) if root else {}
    return _checked(place, given["tutorch"]) if "tutorch" in given else None


def _check_spelling(path: Path, lines: list[str], start: int, end: int) -> None:
    """That no top-level key of a header without `tutorch:` is nearly that."""
    for at, line in enumerate(lines[start:end], start):
        key, colon, _ = _uncommented(line).partition(":")
        if colon and difflib.get_close_matches(key.casefold(), ["tutorch"], cutoff=0.8):
            raise LessonError(path, at + 1, OfHeader.HEADER_NAME.told(key=key))


def _checked(place: _Place, mapping: Node) -> _Fields:
    """The values of the `tutorch:` node."""
    fields = _Fields()
    for key, value in _entries(place, mapping, "tutorch", "title: My lesson"):
        match key:
            case "title":
                fields.title = _local_text(place, key, value)
            case "summary":
                fields.summary = _local_text(place, key, value)
            case "minutes":
                fields.minutes = _minutes(place, value)
            case _:
                row = next(node.start_mark.line for node, _ in mapping.value if node.value == key)
                finding = OfHeader.HEADER_KEY.told(key=key, nearest_key=nearest(key, KEYS))
                raise place.error(row, finding)
    return fields


def _entries(place: _Place, node: Node, name: str, example: str) -> list[tuple[str, Node]]:
    """The keys and the values of a mapping; `name` and `example` are for the message."""
    import yaml

    row = node.start_mark.line
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise place.error(row, OfHeader.HEADER_MAPPING.told(name=name, example=example))
    if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
        raise place.error(row, OfHeader.HEADER_KEY_WORD.told(name=name, example=example))
    told: set[str] = set()
    for key, _ in node.value:
        if key.value in told:
            finding = OfHeader.HEADER_KEY_TWICE.told(name=name, key=key.value)
            raise place.error(key.start_mark.line, finding)
        told.add(key.value)
    return [(str(key.value), value) for key, value in node.value]


def _local_text(place: _Place, name: str, node: Node) -> LocalText:
    """A text, or a text for each language; `name` is the key it stands under."""
    if node.tag == "tag:yaml.org,2002:map":
        entries = _entries(place, node, name, "en: My lesson")
        return LocalText({language: _text(place, name, value) for language, value in entries})
    return LocalText({"": _text(place, name, node)})


def _text(place: _Place, name: str, node: Node) -> str:
    text = printable_line(node.value) if node.tag == "tag:yaml.org,2002:str" else ""
    if not text:
        raise place.error(node.start_mark.line, OfHeader.HEADER_TEXT.told(name=name))
    return text


def _minutes(place: _Place, node: Node) -> int:
    if node.tag == "tag:yaml.org,2002:int" and node.value.isdecimal() and int(node.value) > 0:
        return int(node.value)
    raise place.error(node.start_mark.line, OfHeader.HEADER_MINUTES.told())


def _declares(line: str) -> bool:
    return _uncommented(line).startswith("tutorch:")


def _uncommented(line: str) -> str:
    return line.removeprefix("#").removeprefix(" ")


def _first_prose(lines: list[str]) -> str:
    """The Markdown of the docstring or the first Markdown cell; "" where there is neither."""
    if databricks.is_databricks(lines):
        saved = (one.text for one in databricks.saved_cells(lines) if one.is_prose)
        return as_markdown(next(saved, ""))
    if colab.is_colab(lines):
        return as_markdown(colab.first_prose(lines))
    docstring = _docstring(lines)
    if docstring is not None:
        return to_markdown(docstring)
    start = next((at for at, line in enumerate(lines) if _MARKDOWN_MARKER.match(line)), None)
    if start is None:
        return ""
    rest = lines[start + 1 :]
    end = next((at for at, line in enumerate(rest) if _MARKER.match(line)), len(rest))
    parts = gallery.split_docstring("\n".join(rest[:end]))
    return as_markdown(parts[0] if parts else gallery.split_comments("\n".join(rest[:end]))[0])


def _first_heading(prose: str) -> str:
    """The first heading that says something of what the file is about; "" where none does."""
    said = (described(one) for one in headings(prose))
    return next((one for one in said if not is_for_others(one)), "")


def _opening_line(lines: list[str]) -> str:
    """The first line of a docstring, where it is a paragraph of its own that a list can show.

    What it says of the file, as who wrote it when, is passed over.
    """
    paragraphs = map(_spoken_lines, (_docstring(lines) or "").strip().split("\n\n"))
    first = next(filter(None, paragraphs), [""])
    line = first[0].rstrip(".:")
    is_title = len(first) == 1 and "://" not in line and len(line) <= _LONGEST_TITLE
    return line if is_title else ""


def _docstring(lines: list[str]) -> str | None:
    """The text that the file, or its first cell of code, begins with; None where none does."""
    marked = bool(lines) and _MARKER.match(lines[0]) and not _MARKDOWN_MARKER.match(lines[0])
    parts = gallery.split_docstring("\n".join(lines[1:] if marked else lines))
    return parts[0] if parts else None


def _spoken_lines(paragraph: str) -> list[str]:
    lines = (described(line) for line in paragraph.splitlines())
    return [line for line in lines if line and not is_for_others(line)]


def _first_paragraph(prose: str, title: str) -> str:
    """The first paragraph that is neither a heading nor the title, on one line."""
    titles = {title, *headings(prose)}
    for paragraph in prose.split("\n\n"):
        lines = [printable_line(line) for line in paragraph.splitlines()]
        spoken = [
            line
            for line in lines
            if described(line).rstrip(".:") not in titles
            and not _BADGES.fullmatch(line)
            and not is_for_others(plain_line(line))
        ]
        if any(spoken):
            return " ".join(spoken).strip()
    return ""


def _spoken(path: Path) -> str:
    """A title from a file's name: `00_my_lesson.py` is "my lesson", `mnist/main.py` "mnist"."""
    folder = path.absolute().parent.name
    return spoken_name(folder if path.stem.lower() in _NO_TITLES and folder else path.stem)
