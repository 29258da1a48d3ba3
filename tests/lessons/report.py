"""The table of `make lessons`: each lesson, and what it came to beside its golden figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from golden import Golden, numbers
from playthrough import LessonBroke, play

_HEAD = ("lesson", "steps", "seconds", "golden figure", "golden", "ours", "match")
_RIGHT = {1, 2}
_MOST_NUMBERS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, its cells as they are shown, and whether all is well with it."""

    cells: tuple[str, ...]
    matches: bool


def rows_of(path: Path, golden: Sequence[Golden]) -> Iterator[Row]:
    """Play a lesson in full: a line for each figure, what the lesson is in the first of them."""
    try:
        played = play(path, golden, {})
    except LessonBroke as error:
        broken = str(error).strip().splitlines()
        yield Row((path.stem, "-", "-", "plays to its end", "yes", broken[-1], "no"), False)
        return
    lesson = (path.stem, str(played.steps), f"{played.seconds:.1f}")
    if not golden:
        yield Row((*lesson, "plays to its end", "yes", "yes", "yes"), True)
    for figure, ours in zip(golden, played.figures, strict=True):
        matches = figure.agrees(ours)
        told = (figure.what, _written(figure.expected), _written(ours), "yes" if matches else "no")
        yield Row((*lesson, *told), matches)
        lesson = ("", "", "")


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of the table, under a head."""
    lines = [_HEAD, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = zip(line, widths, strict=True)
        yield "  ".join(
            cell.rjust(width) if column in _RIGHT else cell.ljust(width)
            for column, (cell, width) in enumerate(cells)
        ).rstrip()


def _written(value: object) -> str:
    found = [f"{number:.7g}" for number in numbers(value)]
    rest = len(found) - _MOST_NUMBERS
    return " ".join(found[:_MOST_NUMBERS]) + (f" and {rest} more" if rest > 0 else "")
