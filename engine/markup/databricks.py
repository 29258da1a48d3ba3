"""A notebook that Databricks saved as a script: cells between comments, prose behind `# MAGIC %md`.

It knows text only: neither cells nor steps enter here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

_FIRST_LINE = "# Databricks notebook source"
_BETWEEN = re.compile(r"^# COMMAND -{5,}\s*$")
_TITLE = re.compile(r"^# DBTITLE \d+,\s*(.*?)\s*$")
_MAGIC = re.compile(r"^# MAGIC ?")
_PROSE = re.compile(r"^# MAGIC %md(?:-sandbox)?[ \t]*")


@dataclass(frozen=True, slots=True)
class SavedCell:
    """A cell, from its first line (from 1) that says something; of prose, its Markdown."""

    line: int
    title: str
    text: str
    is_prose: bool


def is_databricks(lines: Sequence[str]) -> bool:
    """Whether the first line says that Databricks has made the file."""
    return bool(lines) and lines[0].strip() == _FIRST_LINE


def saved_cells(lines: Sequence[str], inside: Collection[int] = ()) -> Iterator[SavedCell]:
    """The cells that hold something; on the lines `inside` a statement goes on."""
    numbered = [(at, line) for at, line in enumerate(lines[1:], 2)]
    ends = [at for at, line in numbered if _BETWEEN.match(line) and at not in inside]
    for first, end in zip([1, *ends], [*ends, len(lines) + 1], strict=True):
        cell = _cell(first + 1, list(lines[first : end - 1]))
        if cell is not None:
            yield cell


def _cell(line: int, lines: list[str]) -> SavedCell | None:
    title = ""
    while lines and (not lines[0].strip() or _TITLE.match(lines[0])):
        said = _TITLE.match(lines.pop(0))
        title = said[1] if said else title
        line += 1
    if not lines:
        return None
    is_prose = bool(_PROSE.match(lines[0]))
    if is_prose:
        lines = [_PROSE.sub("", lines[0]), *(_MAGIC.sub("", line) for line in lines[1:])]
    return SavedCell(line, title, "\n".join(lines).strip("\n"), is_prose)
