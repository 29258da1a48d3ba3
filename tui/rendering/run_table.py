"""The runs of a step as lines of a table: names, values, and how each has ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.rendering.widths import cell_width, pad, pad_left

_GAP = "  "
_NARROWEST_NAME = 8


@dataclass(frozen=True, slots=True)
class RunRow:
    """What is told of one run, as text; empty where there is nothing to tell."""

    name: str
    final: str
    best: str
    reached: str
    ending: str


def table_lines(rows: Sequence[RunRow], width: int, ellipsis: str = "…") -> list[str]:
    """The rows, each `width` cells wide, one under the other; numbers stand to the right.

    Where that is too little for all columns, the last go first and then the name is cut.
    """
    columns = [(cell_width_of(rows, part), part) for part in ("final", "best", "reached", "ending")]
    while columns and width - _taken(columns) < _NARROWEST_NAME:
        columns = columns[:-1]
    room = max(width - _taken(columns), 0)
    return [
        pad(row.name, room, ellipsis)
        + "".join(
            _GAP + (pad if part == "ending" else pad_left)(getattr(row, part), wide)
            for wide, part in columns
        )
        for row in rows
    ]


def cell_width_of(rows: Sequence[RunRow], part: str) -> int:
    """How many cells the widest of a column takes."""
    return max((cell_width(getattr(row, part)) for row in rows), default=0)


def _taken(columns: Sequence[tuple[int, str]]) -> int:
    return sum(wide + len(_GAP) for wide, _ in columns)
