"""A Jupyter notebook as text in the percent format; its outputs never enter."""

from __future__ import annotations

import json
from pathlib import Path

from engine.lesson import LessonError
from engine.source import read_whole


def read_notebook(path: Path) -> str:
    """The notebook's cells in the percent format, magics as they stand, without its metadata.

    Raises LessonError where it is not a notebook of format 4 in Python.
    """
    import jupytext

    text = read_whole(path)
    _cells(path, text)
    notebook = jupytext.reads(text, fmt="ipynb")
    # Jupyter's own bookkeeping says nothing to a reader; the hydrogen flavour of the percent
    # format leaves magics uncommented, so that the code stays what the notebook holds.
    notebook.metadata = {}
    percent = {
        "extension": ".py",
        "format_name": "hydrogen",
        "notebook_metadata_filter": "-all",
    }
    return str(jupytext.writes(notebook, fmt=percent))


def notebook_head(path: Path) -> list[str]:
    """The cells of a notebook before its first code cell, as lines in the percent format."""
    lines: list[str] = []
    for kind, source in _cells(path, read_whole(path)):
        if kind == "code":
            break
        if kind == "markdown":
            lines.append("# %% [markdown]")
        lines.extend(f"# {line}" for line in source.split("\n"))
    return lines or [""]


def _cells(path: Path, text: str) -> list[tuple[str, str]]:
    """The type and the source of each cell of a notebook's JSON.

    Raises LessonError where it is not a notebook of format 4 in Python.
    """
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"the notebook is not JSON ({error.msg}); save it again from Jupyter"
        raise LessonError(path, error.lineno, problem) from error
    match notebook:
        case {"metadata": {"kernelspec": {"language": str(language)}}} if language != "python":
            problem = f"the notebook is written in {language}; only Python notebooks are lessons"
            raise LessonError(path, 1, problem)
        case {"nbformat": 4, "cells": list(cells)}:
            return [_cell(path, cell) for cell in cells]
    raise LessonError(path, 1, "not a notebook of format 4; save it again from Jupyter")


def _cell(path: Path, cell: object) -> tuple[str, str]:
    match cell:
        case {"cell_type": str(kind), "source": str(source)}:
            return kind, source
        case {"cell_type": str(kind), "source": list(lines)}:
            return kind, "".join(str(line) for line in lines)
    raise LessonError(path, 1, "the notebook has a broken cell; save it again from Jupyter")
