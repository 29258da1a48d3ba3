"""The recorded values of curves as a table; no widget may enter.

A series keeps its newest values one by one, and older ones only summed up in buckets. While nothing
is summed up, a row is an iteration. Where something is, a row is a span of iterations, and its
columns say so: nothing that stands for many values looks like one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.protocol.frame import OuterLoop, SeriesSnapshot

_OF_A_SPAN = ("mean", "lowest", "highest")


@dataclass(frozen=True, slots=True)
class CurveTable:
    """Names of columns, and rows of as many cells; an empty cell is a value that there is not.

    ``summed_up`` is how many values of all series stand in no row of their own.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    summed_up: int


def curve_table(series: Sequence[SeriesSnapshot], outer: OuterLoop | None) -> CurveTable:
    """All that is known of these series, in the order of the iterations.

    Where a loop stands around them, as of epochs, its own iterations are told too, from 1 on.
    """
    shown = [one for one in series if one.count]
    if all(one.count == len(one.values) for one in shown):
        places = ["iteration"]
        names = [one.name for one in shown]
        rows = _rows([_values(one) for one in shown], 1, outer)
    else:
        places = ["first_iteration", "last_iteration"]
        names = [f"{one.name}_{what}" for one in shown for what in _OF_A_SPAN]
        rows = _rows([_spans(one) for one in shown], len(_OF_A_SPAN), outer)
    if outer is not None:
        places += [place.replace("iteration", outer.label) for place in places]
    return CurveTable((*places, *names), rows, sum(_summed_up(one) for one in shown))


def as_csv(table: CurveTable) -> str:
    """The table with commas, as RFC 4180 has it."""
    return _written(table, lambda file: csv.writer(file))


def as_tabs(table: CurveTable) -> str:
    """The table with tabs, as spreadsheets take it from a clipboard."""
    return _written(table, lambda file: csv.writer(file, "excel-tab", lineterminator="\n"))


_Key = tuple[int, ...]
_Cells = dict[_Key, tuple[float, ...]]


def _values(series: SeriesSnapshot) -> _Cells:
    positions = series.positions.tolist()
    return {(at,): (value,) for at, value in zip(positions, series.values.tolist(), strict=True)}


def _spans(series: SeriesSnapshot) -> _Cells:
    """Buckets up to where each value is kept, and from there on each value as a span of one."""
    if series.count == len(series.values):
        begin, cells = 0, {}
    else:
        buckets = int(np.searchsorted(series.bucket_first, series.positions[0], side="left"))
        columns = (
            series.bucket_first,
            series.bucket_last,
            series.bucket_mean,
            series.bucket_low,
            series.bucket_high,
        )
        rows = zip(*(column[:buckets].tolist() for column in columns), strict=True)
        cells = {(first, last): tuple(values) for first, last, *values in rows}
        last = int(series.bucket_last[buckets - 1])
        begin = int(np.searchsorted(series.positions, last, side="right"))
    positions, values = series.positions[begin:].tolist(), series.values[begin:].tolist()
    return cells | {
        (at, at): (value,) * len(_OF_A_SPAN) for at, value in zip(positions, values, strict=True)
    }


def _summed_up(series: SeriesSnapshot) -> int:
    return series.count - sum(first == last for first, last in _spans(series))


def _rows(
    parts: Sequence[_Cells], width: int, outer: OuterLoop | None
) -> tuple[tuple[str, ...], ...]:
    """One row for each key of any part, the cells of all parts beside each other."""
    nothing = ("",) * width
    return tuple(
        (
            *map(str, key),
            *(() if outer is None else (_within(outer, position) for position in key)),
            *(
                cell
                for part in parts
                for cell in (map(repr, part[key]) if key in part else nothing)
            ),
        )
        for key in sorted({key for part in parts for key in part})
    )


def _within(outer: OuterLoop, position: int) -> str:
    """The outer loop's iteration that a position belongs to; "" where that is not known."""
    before = int(np.searchsorted(outer.ends, position, side="left"))
    return str(before + 1) if before < len(outer.ends) or outer.goes_on else ""


def _written(table: CurveTable, writer: Callable[[io.StringIO], Any]) -> str:
    file = io.StringIO()
    rows = writer(file)
    rows.writerow(table.columns)
    rows.writerows(table.rows)
    return file.getvalue()
