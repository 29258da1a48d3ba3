"""Series brought down to the columns of a pane with numpy; no text, no colours, no plotext here.

What this costs depends on the pane and on how much of a series is kept, never on how long it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.protocol.frame import Floats, SeriesSnapshot

Dots = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Values or buckets in order, arrays of shape [n]; nan in all three of a sample is a gap.

    A single value is a sample whose ``low``, ``high`` and ``value`` are the same.
    """

    positions: Floats
    low: Floats
    high: Floats
    value: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The columns of a pane that hold samples, arrays of shape [k], ``column`` ascending.

    ``low`` and ``high`` are the extremes within a column, ``start`` and ``end`` its first and last
    value; ``joined`` says whether no gap lies between a column and the one before.
    """

    column: npt.NDArray[np.intp]
    low: Floats
    high: Floats
    start: Floats
    end: Floats
    joined: npt.NDArray[np.bool_]


def samples_between(series: SeriesSnapshot, first: int, last: int) -> Samples:
    """What is known of `series` from position `first` to `last`, both included.

    Exact values where all of them are still kept, else buckets.
    """
    return _part(_kept(series, first), first, last)


def smoothed_between(series: SeriesSnapshot, first: int, last: int, weight: float) -> Samples:
    """As `samples_between`, each value replaced by the moving average that ends at it."""
    kept = _kept(series, first)
    average = moving_average(kept.samples.value, weight**kept.values_each)
    samples = Samples(kept.samples.positions, average, average, average)
    return _part(replace(kept, samples=samples), first, last)


def moving_average(values: Floats, weight: float) -> Floats:
    """The exponential moving average of `values` [n], free of the bias towards zero at the start.

    Entry t is the mean of the finite values up to t, each weighing ``weight`` times the one after
    it (Kingma and Ba, "Adam", 2015, section 3, for the bias); what is not finite stays nan.
    """
    finite = np.isfinite(values)
    total = _decayed_sum(np.where(finite, values, 0.0), weight)
    mass = _decayed_sum(finite.astype(np.float64), weight)
    average: Floats = np.divide(total, mass, out=np.full(len(values), np.nan), where=finite)
    return average


def logarithm(samples: Samples) -> Samples:
    """`samples` as powers of ten: what is not above zero is a gap, or cut from its bucket."""
    high = _log10(samples.high)
    value = np.fmin(np.where(samples.value > 0, _log10(samples.value), high), high)
    low = np.where(samples.low > 0, _log10(samples.low), value)
    return Samples(samples.positions, low, high, value)


def bounds(parts: list[Samples]) -> tuple[float, float] | None:
    """The lowest and highest finite value of all; None where there is none."""
    lows = [np.fmin.reduce(part.low, initial=np.nan) for part in parts]
    highs = [np.fmax.reduce(part.high, initial=np.nan) for part in parts]
    if not np.isfinite(lows).any():
        return None
    return float(np.nanmin(lows)), float(np.nanmax(highs))


def column_at(positions: Floats, first: int, last: int, width: int) -> npt.NDArray[np.intp]:
    """The column, of `width`, in which each position stands; a single position stands midway."""
    if last == first:
        return np.full(len(positions), (width - 1) // 2, dtype=np.intp)
    return np.rint((positions - first) * ((width - 1) / (last - first))).astype(np.intp)


def reduce_to_columns(samples: Samples, first: int, last: int, width: int) -> Columns:
    """The extremes of `samples` in each of `width` columns from position `first` to `last`."""
    finite = np.flatnonzero(np.isfinite(samples.value))
    low, high, value = samples.low[finite], samples.high[finite], samples.value[finite]
    gaps_before = finite - np.arange(len(finite))
    column = column_at(samples.positions[finite], first, last, width)
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    if not len(starts):
        return Columns(column, low, high, value, value, np.empty(0, dtype=np.bool_))
    ends = np.append(starts[1:], len(column)) - 1
    joined = np.append(False, gaps_before[starts[1:]] == gaps_before[ends[:-1]])
    return Columns(
        column[starts],
        np.minimum.reduceat(low, starts),
        np.maximum.reduceat(high, starts),
        value[starts],
        value[ends],
        joined,
    )


def rasterise(columns: Columns, lower: float, upper: float, width: int, height: int) -> Dots:
    """The dots that a line through `columns` lights, shape [height, width], row 0 the lowest.

    `lower` and `upper` are the values at the middle of the lowest and the highest row.
    """
    if not len(columns.column):
        return np.zeros((height, width), dtype=np.bool_)
    low, high, start, end = (
        (values / 2 - lower / 2) / (upper / 2 - lower / 2) * (height - 1)
        for values in (columns.low, columns.high, columns.start, columns.end)
    )
    across = np.arange(width)
    left = np.searchsorted(columns.column, across, side="right") - 1
    right = np.minimum(left + 1, len(columns.column) - 1)
    before = np.maximum(left, 0)
    held = columns.column[before] == across
    share = (across - columns.column[before]) / np.maximum(
        columns.column[right] - columns.column[before], 1
    )
    between = end[before] + share * (start[right] - end[before])
    lit = held | ((left >= 0) & (right > left) & columns.joined[right])
    bottom, top = np.where(held, low[before], between), np.where(held, high[before], between)
    enter, leave = np.where(held, start[before], between), np.where(held, end[before], between)
    meets = lit[:-1] & lit[1:] & (~held[1:] | columns.joined[before[1:]])
    middle = (leave[:-1] + enter[1:]) / 2
    bottom[:-1] = np.where(meets, np.minimum(bottom[:-1], middle), bottom[:-1])
    top[:-1] = np.where(meets, np.maximum(top[:-1], middle), top[:-1])
    bottom[1:] = np.where(meets, np.minimum(bottom[1:], middle), bottom[1:])
    top[1:] = np.where(meets, np.maximum(top[1:], middle), top[1:])
    rows = np.arange(height)[:, np.newaxis]
    dots: Dots = (rows >= np.rint(bottom)) & (rows <= np.rint(top)) & lit
    return dots


_NEGLIGIBLE = 1e-17
_LARGEST = 1e300
_SMALLEST_POWER = -300.0


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """Samples, how many values each stands for, and how far it reaches to its sides."""

    samples: Samples
    values_each: float
    reach: float


def _kept(series: SeriesSnapshot, first: int) -> _Kept:
    """All that is known of `series`, as exact values where these begin at or before `first`."""
    if series.count == len(series.values) or series.positions[0] <= first:
        values = np.where(np.isfinite(series.values), series.values, np.nan)
        values = np.clip(values, -_LARGEST, _LARGEST)
        return _Kept(Samples(series.positions.astype(np.float64), values, values, values), 1.0, 0.0)
    low, high, mean = (
        np.clip(values, -_LARGEST, _LARGEST)
        for values in (series.bucket_low, series.bucket_high, series.bucket_mean)
    )
    middle = (series.bucket_first + series.bucket_last) / 2
    reach = float((series.bucket_last - series.bucket_first).max()) / 2
    return _Kept(Samples(middle, low, high, mean), series.count / len(middle), reach)


def _part(kept: _Kept, first: int, last: int) -> Samples:
    samples = kept.samples
    begin = int(np.searchsorted(samples.positions, first - kept.reach, side="left"))
    end = int(np.searchsorted(samples.positions, last + kept.reach, side="right"))
    return Samples(
        np.clip(samples.positions[begin:end], first, last),
        samples.low[begin:end],
        samples.high[begin:end],
        samples.value[begin:end],
    )


def _log10(values: Floats) -> Floats:
    powers: Floats = np.log10(values, out=np.full(len(values), np.nan), where=values > 0)
    return np.maximum(powers, _SMALLEST_POWER)


def _decayed_sum(values: Floats, weight: float) -> Floats:
    """Entry t is the sum of ``values[i] * weight ** (t - i)`` for i up to t.

    Each round doubles how many values a sum reaches back, so a few rounds do.
    """
    total = values.copy()
    reach = 1
    while reach < len(total) and weight**reach > _NEGLIGIBLE:
        total[reach:] += weight**reach * total[:-reach]
        reach *= 2
    return total
