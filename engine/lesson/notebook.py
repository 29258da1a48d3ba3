"""A Jupyter notebook as text in the percent format; its outputs never enter."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from engine.lesson.model import LessonError
from engine.lesson.source import LARGEST, read_whole, too_large

_KINDS = ("code", "markdown", "raw")

# What jupytext itself writes and obeys: layout, other languages, what to leave out.
_JUPYTEXTS = {
    "active", "cell_depth", "cell_marker", "hide_input", "hide_output",
    "incorrectly_encoded_metadata", "language", "lines_to_end_of_cell_marker",
    "lines_to_next_cell", "magic_args", "region_name",
}  # fmt: skip


def read_notebook(path: Path) -> str:
    """The notebook's cells in the percent format, magics as they stand, without its metadata.

    Raises LessonError where it is not a notebook of format 4 in Python.
    """
    import jupytext
    import nbformat

    # Made again from what a lesson needs, so that nothing else in the file can be at fault. The
    # hydrogen flavour of the percent format leaves magics uncommented, so that the code stays what
    # the notebook holds.
    cells = [cell.as_json(at) for at, cell in enumerate(_cells(path, read_whole(path)))]
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    notebook = nbformat.from_dict(whole)  # type: ignore[no-untyped-call]
    percent = {
        "extension": ".py",
        "format_name": "hydrogen",
        "notebook_metadata_filter": "-all",
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return str(jupytext.writes(notebook, fmt=percent))


def notebook_head(path: Path) -> list[str]:
    """The cells of a notebook before its first code cell, as lines in the percent format."""
    lines: list[str] = []
    for cell in _cells(path, read_whole(path)):
        if cell.kind == "code":
            break
        if cell.kind == "markdown":
            lines.append("# %% [markdown]")
        lines.extend(f"# {line}" for line in cell.source.split("\n"))
    return lines or [""]


@dataclass(frozen=True, slots=True)
class _Cell:
    kind: str
    source: str
    metadata: dict[str, Any]

    def as_json(self, at: int) -> dict[str, Any]:
        """The cell as format 4 has it, the one at index `at`, without what it put out."""
        metadata = {
            key: value
            for key, value in self.metadata.items()
            if key.isidentifier() and key not in _JUPYTEXTS
        }
        cell = {"id": str(at), "cell_type": self.kind, "source": self.source, "metadata": metadata}
        return cell | ({"outputs": [], "execution_count": None} if self.kind == "code" else {})


def _cells(path: Path, text: str) -> list[_Cell]:
    """The cells in a notebook's JSON.

    Raises LessonError where it is not a notebook of format 4 in Python.
    """
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        raise _no_json(path, error.lineno, error.msg) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 5,000 brackets
        raise _no_json(path, 1, str(error)) from error
    match notebook:
        case {"metadata": {"kernelspec": {"language": str(language)}}} if language != "python":
            problem = f"the notebook is written in {language}; only Python notebooks are lessons"
            raise LessonError(path, 1, problem)
        case {"nbformat": 4, "cells": list(listed)}:
            cells = [_cell(path, cell) for cell in listed]
        case _:
            raise LessonError(path, 1, "not a notebook of format 4; save it again from Jupyter")
    size = sum(len(cell.source) for cell in cells)
    if size > LARGEST:
        raise too_large(path, size)
    return cells


def _no_json(path: Path, line: int, why: str) -> LessonError:
    return LessonError(path, line, f"the notebook is not JSON ({why}); save it again from Jupyter")


def _cell(path: Path, cell: object) -> _Cell:
    match cell:
        case {"cell_type": str(kind), "source": str() | list() as source, **rest}:
            text = source if isinstance(source, str) else "".join(map(str, source))
            metadata = rest.get("metadata", {})
            if kind in _KINDS and _is_text(text) and _is_metadata(metadata):
                return _Cell(kind, text, metadata)
    raise LessonError(path, 1, "the notebook has a broken cell; save it again from Jupyter")


def _is_metadata(metadata: object) -> TypeGuard[dict[str, Any]]:
    """Whether the title and the tags are what Jupyter lets them be."""
    if not isinstance(metadata, dict) or not isinstance(metadata.get("title", ""), str):
        return False
    tags = metadata.get("tags", [])
    return isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)


def _is_text(text: str) -> bool:
    """Whether Python can read it: JSON can also write zero characters, and halves of others."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
