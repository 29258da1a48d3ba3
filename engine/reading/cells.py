"""A text in the percent format as cells, each with the line it stands on; steps do not enter."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.code.depth import tree_or_none
from engine.lesson.findings import OfCell
from engine.lesson.model import LessonError
from engine.markup import gallery
from engine.markup.rest import has_heading, to_markdown

MARKER = re.compile(r"^#\s*(?:%%%*(?:\s.*)?|<codecell>\s*|In\[[0-9 ]*\]:?\s*)$")

_MARKDOWN = re.compile(r"^#\s*%%.*\[(?:markdown|md)\]", re.MULTILINE)
_LIKE_A_MARKER = re.compile(r"^\s*#\s*(?:%|<codecell>|In\[)")
_COMMENTED_MAGIC = re.compile(r"^(\s*)# ?(?=%%?[A-Za-z]{2}|![A-Za-z])")
_OPENING_QUOTES = re.compile(r"^[a-zA-Z]{0,2}(?:\"{3}|'{3})\s*$")
_BOOKKEEPING = {"cell_depth", "cell_marker", "lines_to_next_cell", "region_name", "title"}

# jupytext splits lines as str.splitlines does, Python and editors at line feeds only: these
# characters stand in for the other breaks while jupytext reads.
_BREAKS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_HIDE_BREAKS = {ord(char): 0xF700 + at for at, char in enumerate(_BREAKS)}
# This one stands in for the number sign of a comment that jupytext would take for a marker.
_NO_MARKER = "\uf6ff"
_SHOW_BREAKS = {hidden: char for char, hidden in _HIDE_BREAKS.items()} | {ord(_NO_MARKER): "#"}


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as it stands in the text: ``kind`` is "code" or "markdown".

    ``line`` is that of its first source line, ``marker`` that of its `# %%` line (both from 1).
    """

    kind: str
    title: str
    source: str
    line: int
    marker: int
    metadata: dict[str, Any]


def cells_of(path: Path, lines: list[str], start: int) -> list[RawCell]:
    """The cells in `lines` from index `start` on, without those that hold nothing.

    Raises LessonError where the cells' lines cannot be told.
    """
    return kept_cells(_located(path, lines, start))


def gallery_cells_of(path: Path, lines: list[str], start: int) -> list[RawCell]:
    """The same, with the docstring and the comment blocks of sphinx-gallery as Markdown."""
    inside = lines_inside_statements("\n".join(lines))
    marked = [
        "# %%" if gallery.BLOCK.match(line) and at not in inside else line
        for at, line in enumerate(lines, 1)
    ]
    cells = _located(path, marked, start)
    return kept_cells(part for at, cell in enumerate(cells) for part in _gallery_parts(at, cell))


def has_markers(lines: list[str], start: int) -> bool:
    """Whether a marker of a cell stands in `lines` from index `start` on."""
    inside = lines_inside_statements("\n".join(lines))
    marked = [at for at, line in enumerate(lines, 1) if at > start and MARKER.match(line)]
    return any(at not in inside for at in marked)


def is_gallery(lines: list[str], start: int) -> bool:
    """Whether the text opens with a docstring, is in blocks, and has no Markdown cell."""
    text = "\n".join(lines[start:])
    parts = gallery.split_docstring(text)
    if parts is None or _MARKDOWN.search(text):
        return False
    in_blocks = any(gallery.BLOCK.match(line) for line in lines[start:])
    return has_markers(lines, start) or (in_blocks and has_heading(parts[0]))


@lru_cache(maxsize=4)
def lines_inside_statements(text: str) -> frozenset[int]:
    """The lines of a Python file (from 1) on which a statement goes on that began above.

    None where the text is no Python as it stands.
    """
    tree = tree_or_none(text)
    body = [] if tree is None else tree.body
    inside = (range(one.lineno + 1, (one.end_lineno or 0) + 1) for one in body)
    return frozenset(line for lines in inside for line in lines)


def with_magics(cell: RawCell) -> RawCell:
    """The cell with its commented magics (`# %timeit`, `# !pip`) as the magics they stand for."""
    lines = cell.source.split("\n")
    magics = {at for at, line in enumerate(lines, 1) if _COMMENTED_MAGIC.match(line)}
    if cell.kind != "code" or not magics:
        return cell
    magics -= _lines_in_strings(cell.source)
    live = [
        _COMMENTED_MAGIC.sub(r"\1", line) if at in magics else line
        for at, line in enumerate(lines, 1)
    ]
    return replace(cell, source="\n".join(live))


def _located(path: Path, lines: list[str], start: int) -> Iterator[RawCell]:
    """The cells in order as jupytext splits them, each at its marker in the text."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    inside = lines_inside_statements("\n".join(lines))
    rows = [
        _without_marker(line.translate(_HIDE_BREAKS), is_inside=at in inside)
        for at, line in enumerate(lines[start:], start + 1)
    ]
    if rows and not MARKER.match(rows[0]):
        rows.insert(0, "# %%")
        start -= 1
    cursor = 0
    for cell in _split(path, rows, start):
        marker = _next_marker(path, rows, cursor, start)
        source = cell.source.split("\n") if cell.source else []
        written = source[1:] if _is_language_cell(rows[marker], source) else source
        cursor = marker + 1 + len(written)
        if cell.cell_type == "code":
            _check_agreement(path, rows, marker, written, start)
        if cell.cell_type in ("code", "markdown"):
            line = start + marker + 2 - (len(source) - len(written))
            first = rows[marker + 1] if marker + 1 < len(rows) else ""
            if cell.cell_type == "markdown" and _OPENING_QUOTES.match(first):
                line += 1
            yield _raw_cell(cell, "\n".join(source), line, start + marker + 1)


def _without_marker(row: str, *, is_inside: bool) -> str:
    """The row, changed where jupytext would begin a cell and Python is within a statement."""
    is_no_marker = _LIKE_A_MARKER.match(row) and (is_inside or row[0] != "#")
    return row.replace("#", _NO_MARKER, 1) if is_no_marker else row


def _split(path: Path, rows: list[str], start: int) -> list[Any]:
    """What jupytext makes of the rows; a cell whose metadata it refuses is named."""
    import jupytext
    from nbformat import ValidationError

    # jupytext would take the comment `# cat the tensors` for a shell command, so it is told to
    # leave comments alone; `with_magics` knows the magics that are meant.
    percent = {"extension": ".py", "format_name": "percent", "comment_magics": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(jupytext.reads("\n".join(rows), fmt=percent).cells)
    except (ValidationError, TypeError) as error:  # TypeError: a value such as tags=null
        at = next((at for at, row in enumerate(rows) if _is_refused(row)), 0)
        why = error.message if isinstance(error, ValidationError) else error
        raise LessonError(path, start + at + 1, OfCell.CELL_METADATA.told(why=why)) from error


def _is_refused(row: str) -> bool:
    """Whether this line alone is a marker whose metadata jupytext refuses."""
    import jupytext
    from nbformat import ValidationError

    if not MARKER.match(row):
        return False
    try:
        jupytext.reads(row, fmt="py:percent")
    except (ValidationError, TypeError):
        return True
    return False


def _next_marker(path: Path, rows: list[str], cursor: int, start: int) -> int:
    for at in range(cursor, len(rows)):
        if MARKER.match(rows[at]):
            return at
    raise LessonError(path, start + cursor, OfCell.CELL_MARKER.told())


def _is_language_cell(marker: str, source: list[str]) -> bool:
    """Whether jupytext wrote a `%%bash` line above the source for `language="bash"`."""
    return "language" in marker and bool(source) and source[0].startswith("%%")


def _check_agreement(
    path: Path, rows: list[str], marker: int, source: list[str], start: int
) -> None:
    """That the source stands below the marker, but for what jupytext uncomments."""
    found = rows[marker + 1 : marker + 1 + len(source)]
    if [line.lstrip("# ") for line in found] != [line.lstrip("# ") for line in source]:
        raise LessonError(path, start + marker + 1, OfCell.CELL_LINES.told())


def _raw_cell(cell: Any, source: str, line: int, marker: int) -> RawCell:
    metadata = {key: value for key, value in cell.metadata.items() if key not in _BOOKKEEPING}
    title = str(cell.metadata.get("title", ""))
    return RawCell(cell.cell_type, title, source.translate(_SHOW_BREAKS), line, marker, metadata)


def kept_cells(cells: Iterable[RawCell]) -> list[RawCell]:
    """The cells without blank lines around their source, and only those that hold something."""
    return [_trimmed(cell) for cell in cells if cell.source.strip()]


def _trimmed(cell: RawCell) -> RawCell:
    lines = cell.source.split("\n")
    blank = next(at for at, line in enumerate(lines) if line.strip())
    source = "\n".join(lines[blank:]).rstrip()
    return replace(cell, source=source, line=cell.line + blank)


def _gallery_parts(at: int, cell: RawCell) -> Iterator[RawCell]:
    """A block's prose and then its code; a block with a title keeps its comments as code."""
    split: Callable[[str], tuple[str, str] | None]
    split = gallery.split_docstring if at == 0 else gallery.split_comments
    parts = None if cell.title or cell.metadata else split(cell.source)
    if parts is None:
        yield cell
        return
    prose, code = parts
    above = cell.source.count("\n") - code.count("\n")
    yield replace(cell, kind="markdown", source=to_markdown(prose))
    yield replace(cell, source=code, line=cell.line + above)


def _lines_in_strings(source: str) -> set[int]:
    """The lines of Python source (from 1) that begin inside a string; none if it is no Python."""
    tree = tree_or_none(source)
    if tree is None:
        return set()
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr))
    return {line for node in strings for line in range(node.lineno + 1, (node.end_lineno or 0) + 1)}
