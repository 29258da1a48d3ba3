"""A Jupyter notebook as cells, and as text in the percent format; its outputs never enter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from engine.lesson.findings import OfFile
from engine.lesson.model import LessonError
from engine.reading.cells import RawCell, kept_cells
from engine.reading.source import LARGEST, read_whole, too_large

# Cells of other kinds, which other programs write, are shown as what they hold.
_KINDS = ("code", "markdown", "raw")
_FENCE = re.compile(r"`+")
# What JSON can write, and Python cannot read: zero characters, and halves of others.
_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")

# What jupytext itself writes and obeys: layout, other languages, what to leave out.
_JUPYTEXTS = {
    "active", "cell_depth", "cell_marker", "hide_input", "hide_output",
    "incorrectly_encoded_metadata", "language", "lines_to_end_of_cell_marker",
    "lines_to_next_cell", "magic_args", "region_name",
}  # fmt: skip
# The least that can be a notebook: a file that holds nothing is one without cells.
_EMPTY = '{"nbformat": 4, "metadata": {}, "cells": []}'


def read_notebook(path: Path) -> str:
    """The notebook's cells as JSON, without what they put out.

    Raises LessonError where it is not a notebook of format 3 or 4 in Python.
    """
    listed = [cell.as_json() for cell in _cells(path, read_whole(path))]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": listed})


def notebook_cells(path: Path, written: str) -> tuple[str, list[RawCell]]:
    """The text in the percent format that a notebook is, magics as they stand, and its cells in it.

    `written` is what `read_notebook` gave. A cell is a cell of the notebook's, whatever stands in
    it.
    """
    lines: list[str] = []
    cells: list[RawCell] = []
    for at, cell in enumerate(_cells(path, written)):
        is_header = at == 0 and cell.kind == "raw" and cell.source.startswith("---")
        if not is_header:
            lines.append(cell.marker_line)
        marker = len(lines)
        shown = cell.lines if cell.kind == "code" else [f"# {line}".rstrip() for line in cell.lines]
        if cell.kind != "raw":
            metadata = {key: value for key, value in cell.metadata.items() if key != "title"}
            title = str(cell.metadata.get("title", ""))
            cells.append(RawCell(cell.kind, title, cell.source, marker + 1, marker, metadata))
        lines += [*shown, ""]
    return "\n".join(lines), kept_cells(cells)


def notebook_head(path: Path) -> list[str]:
    """The cells of a notebook before its first code cell, as lines in the percent format."""
    lines: list[str] = []
    for cell in takewhile(lambda one: one.kind != "code", _cells(path, read_whole(path))):
        if cell.kind == "markdown":
            lines.append("# %% [markdown]")
        lines.extend(f"# {line}" for line in cell.lines)
    return lines or [""]


@dataclass(frozen=True, slots=True)
class _Cell:
    kind: str
    source: str
    metadata: dict[str, Any]

    @property
    def lines(self) -> list[str]:
        return self.source.split("\n")

    @property
    def marker_line(self) -> str:
        """The marker that says of the cell, in the percent format, what its metadata say."""
        kind = "" if self.kind == "code" else f"[{self.kind}]"
        options = [
            f"{key}={json.dumps(value, ensure_ascii=False)}"
            for key, value in self.metadata.items()
            if key != "title"
        ]
        title = str(self.metadata.get("title", ""))
        return " ".join(part for part in ("# %%", title, kind, *options) if part)

    def as_json(self) -> dict[str, Any]:
        """The cell as format 4 has it, without what it put out."""
        return {"cell_type": self.kind, "source": self.source, "metadata": self.metadata}


def _cells(path: Path, text: str) -> list[_Cell]:
    """The cells in a notebook's JSON.

    Raises LessonError where it is not a notebook of format 3 or 4 in Python.
    """
    try:
        notebook = json.loads(text if text.strip() else _EMPTY)
    except json.JSONDecodeError as error:
        raise _no_json(path, error.lineno, error.msg) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 5,000 brackets
        raise _no_json(path, 1, str(error)) from error
    match notebook:
        case {"metadata": {"kernelspec": {"language": str(language)}}} if not _is_python(language):
            raise LessonError(path, 1, OfFile.NOTEBOOK_LANGUAGE.told(language=language))
        case {"nbformat": 4, "cells": list(listed)}:
            cells = [_cell(path, cell) for cell in map(_as_format_4, listed)]
        case {"nbformat": 3, "worksheets": list(sheets)}:
            cells = [_cell(path, cell) for cell in _cells_of_format_3(sheets)]
        case _:
            raise LessonError(path, 1, OfFile.NOTEBOOK_FORMAT.told())
    size = sum(len(cell.source) for cell in cells)
    if size > LARGEST:
        raise too_large(path, size)
    return cells


def _cells_of_format_3(sheets: Iterable[object]) -> Iterator[object]:
    """The cells of a notebook from before 2015 as format 4 has them."""
    for sheet in sheets:
        yield from map(_as_format_4, sheet.get("cells", ()) if isinstance(sheet, dict) else ())


def _as_format_4(cell: object) -> object:
    """A cell as format 4 has it; notebooks of that format may have kept some of the one before."""
    match cell:
        case {"cell_type": "code", "input": source, **rest}:
            return {**rest, "cell_type": "code", "source": source}
        case {"cell_type": "heading", "source": source, **rest}:
            level = rest.get("level", 1)
            marks = "#" * (level if isinstance(level, int) else 1)
            words = source if isinstance(source, list) else [source]
            return {"cell_type": "markdown", "source": [f"{marks} ", *words]}
    return cell


def _is_python(language: str) -> bool:
    """Whether a kernel's language is Python, as it is where the notebook does not say."""
    return language.casefold().startswith("python") or not language


def _no_json(path: Path, line: int, why: str) -> LessonError:
    return LessonError(path, line, OfFile.NOTEBOOK_JSON.told(why=why))


def _cell(path: Path, cell: object) -> _Cell:
    match cell:
        case {"cell_type": str(kind), **rest}:
            source, metadata = rest.get("source") or "", rest.get("metadata")
            text = "".join(map(str, source)) if isinstance(source, list) else str(source)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            if kind not in _KINDS:
                fence = "`" * max(3, 1 + max(map(len, _FENCE.findall(text)), default=0))
                kind, text = "markdown", f"{fence}{kind}\n{text}\n{fence}"
            # Python refuses code with a zero character, and Markdown has another stand for it.
            text = _NO_TEXT.sub("\0" if kind == "code" else "\ufffd", text)
            return _Cell(kind, text, _ours(metadata if isinstance(metadata, dict) else {}))
    raise LessonError(path, 1, OfFile.NOTEBOOK_CELL.told())


def _ours(metadata: dict[str, Any]) -> dict[str, Any]:
    """What may say something to us of a cell."""
    return {
        key: value
        for key, value in metadata.items()
        if key.isidentifier() and key not in _JUPYTEXTS and _is_jupyters(key, value)
    }


def _is_jupyters(key: str, value: object) -> bool:
    """Whether a title and tags are what Jupyter lets them be; other programs write more."""
    match key:
        case "title":
            return isinstance(value, str)
        case "tags":
            return isinstance(value, list) and all(isinstance(tag, str) for tag in value)
    return True
