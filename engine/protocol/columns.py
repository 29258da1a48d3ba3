"""Samples brought down to the columns of a pane: in each the extremes of what stands there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine.protocol.frame import Columns, Floats
from engine.protocol.samples import Samples

_SMALLEST_POWER = -300.0


def logarithm(columns: Columns) -> Columns:
    """Columns of values above zero as powers of ten."""
    return replace(
        columns,
        low=_log10(columns.low),
        high=_log10(columns.high),
        start=_log10(columns.start),
        end=_log10(columns.end),
    )


def column_at(positions: Floats, first: int, last: int, width: int) -> npt.NDArray[np.intp]:
    """The column, of `width`, in which each position stands; a single position stands midway."""
    if last == first:
        return np.full(len(positions), (width - 1) // 2, dtype=np.intp)
    return np.rint((positions - first) * ((width - 1) / (last - first))).astype(np.intp)


def reduce_to_columns(samples: Samples, first: int, last: int, width: int) -> Columns:
    """The extremes of `samples` in each of `width` columns from position `first` to `last`."""
    finite = np.isfinite(samples.value)
    joined = np.append(False, finite)[:-1]
    if not finite.all():
        joined = joined[finite]
        samples = _those(samples, np.flatnonzero(finite))
    value = samples.value
    each = Columns(samples.positions, samples.low, samples.high, value, value, joined)
    return merge_columns(each, first, last, width)


def merge_columns(columns: Columns, first: int, last: int, width: int) -> Columns:
    """`columns` brought down to `width` of them or fewer, from position `first` to `last`.

    Columns that hold more than one value each may come out one beside where their values would.
    """
    column = column_at(columns.position, first, last, width)
    ends = np.flatnonzero(column[1:] != column[:-1])
    if len(ends) >= len(column) - 1:
        return columns
    starts, ends = np.append(0, ends + 1), np.append(ends, len(column) - 1)
    return Columns(
        (columns.position[starts] + columns.position[ends]) / 2,
        np.minimum.reduceat(columns.low, starts),
        np.maximum.reduceat(columns.high, starts),
        columns.start[starts],
        columns.end[ends],
        columns.joined[starts],
    )


def _those(samples: Samples, places: npt.NDArray[np.intp]) -> Samples:
    """The samples at these places; to choose from a single array is several times cheaper."""
    positions, value = samples.positions[places], samples.value[places]
    if samples.low is samples.high:
        return Samples(positions, value, value, value)
    return Samples(positions, samples.low[places], samples.high[places], value)


def _log10(values: Floats) -> Floats:
    powers: Floats = np.maximum(np.log10(values), _SMALLEST_POWER)
    return powers
