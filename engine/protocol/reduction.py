"""Series brought down to what a pane can show of them, with numpy; no text, no dots, no colours.

The session does this before a frame crosses to the interface, and the interface itself where it
has whole series. What it costs depends on how much of a series is kept, never on how long it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.protocol.frame import (
    Columns,
    CurveRequest,
    Floats,
    Reading,
    ReducedCurve,
    SeriesSnapshot,
)


def reduce_series(
    series: Sequence[SeriesSnapshot],
    request: CurveRequest,
    window: tuple[int, int] | None = None,
) -> tuple[ReducedCurve, ...]:
    """Each series as `request` asks for it, all over the same window of positions.

    That is a `window` of others where it is given: its first and its last position.
    """
    first, last = window or _shown_positions(series, request.zoom)
    ends = [int(one.positions[-1]) for one in series if one.count]
    if request.cursor is not None and request.cursor > max(ends, default=0):
        # The run has not come as far as the cursor: there it has no values.
        return tuple(replace(_reduced(one, first, last, request), at_cursor=None) for one in series)
    return tuple(_reduced(one, first, last, request) for one in series)


def shown_within(curves: Sequence[ReducedCurve], first: int, last: int) -> tuple[ReducedCurve, ...]:
    """Curves that were reduced for a wider window, with what they have from `first` to `last`."""
    return tuple(
        replace(
            one,
            shown_first=first,
            shown_last=last,
            columns=_within(one.columns, first, last),
            smoothed=None if one.smoothed is None else _within(one.smoothed, first, last),
        )
        for one in curves
    )


def read_at(series: SeriesSnapshot, position: int) -> Reading | None:
    """What a series held at `position`: the value recorded there, or the last one before it.

    None before its first value. The value may be nan or infinite.
    """
    index = int(np.searchsorted(series.positions, position, side="right")) - 1
    if index >= 0:
        return Reading(int(series.positions[index]), float(series.values[index]), is_exact=True)
    bucket = int(np.searchsorted(series.bucket_first, position, side="right")) - 1
    if bucket < 0 or series.count == len(series.values):
        return None
    at = min(position, int(series.bucket_last[bucket]))
    return Reading(at, float(series.bucket_mean[bucket]), is_exact=False)


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Values or buckets in order, arrays of shape [n]; nan in all three of a sample is a gap.

    A single value is a sample whose ``low``, ``high`` and ``value`` are the same.
    """

    positions: Floats
    low: Floats
    high: Floats
    value: Floats


def samples_between(series: SeriesSnapshot, first: int, last: int) -> Samples:
    """What is known of `series` from position `first` to `last`, both included.

    Exact values where all of them are still kept, else buckets.
    """
    if _is_kept_from(series, first):
        shown = _values_between(series, first, last)
        values = _drawable(series.values[shown])
        return Samples(series.positions[shown].astype(np.float64), values, values, values)
    shown, positions = _buckets_between(series, first, last)
    return Samples(
        positions,
        _drawable(series.bucket_low[shown]),
        _drawable(series.bucket_high[shown]),
        _drawable(series.bucket_mean[shown]),
    )


def smoothed_between(series: SeriesSnapshot, first: int, last: int, weight: float) -> Samples:
    """As `samples_between`, each value replaced by the moving average that ends at it."""
    if _is_kept_from(series, first):
        shown, values = _values_between(series, first, last), series.values
        positions = series.positions[shown].astype(np.float64)
    else:
        shown, positions = _buckets_between(series, first, last)
        values = series.bucket_mean
        weight = weight ** (series.count / len(values))
    begin = max(shown.start - _memory(weight), 0)
    average = moving_average(_drawable(values[begin : shown.stop]), weight)[shown.start - begin :]
    return Samples(positions, average, average, average)


def moving_average(values: Floats, weight: float) -> Floats:
    """The exponential moving average of `values` [n], free of the bias towards zero at the start.

    Entry t is the mean of the finite values up to t, each weighing ``weight`` times the one after
    it (Kingma and Ba, "Adam", 2015, section 3, for the bias); what is not finite stays nan.
    """
    finite = np.isfinite(values)
    if finite.all():
        # Where nothing is missing the weights add up to the same once the first are forgotten.
        mass = _decayed_sum(np.ones(min(len(values), _memory(weight))), weight)
        average = _decayed_sum(values, weight)
        average[: len(mass)] /= mass
        average[len(mass) :] /= mass[-1:]
        return average
    total = _decayed_sum(np.where(finite, values, 0.0), weight)
    mass = _decayed_sum(finite.astype(np.float64), weight)
    between_gaps: Floats = np.divide(total, mass, out=np.full(len(values), np.nan), where=finite)
    return between_gaps


def above_zero(samples: Samples) -> Samples:
    """`samples` as far as a logarithm has them: what is not above zero is a gap, or cut off."""
    high = np.where(samples.high > 0, samples.high, np.nan)
    if samples.low is samples.high:
        return Samples(samples.positions, high, high, high)
    value = np.fmin(np.where(samples.value > 0, samples.value, high), high)
    low = np.where(samples.low > 0, samples.low, value)
    return Samples(samples.positions, low, high, value)


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


_NEGLIGIBLE = 1e-17
_LARGEST = 1e300
_SMALLEST_POWER = -300.0


def _shown_positions(series: Sequence[SeriesSnapshot], zoom: float) -> tuple[int, int]:
    begun = [one for one in series if one.count]
    first = min((int(one.bucket_first[0]) for one in begun), default=0)
    last = max((int(one.positions[-1]) for one in begun), default=0)
    return last - round((last - first) * zoom), last


def _reduced(series: SeriesSnapshot, first: int, last: int, request: CurveRequest) -> ReducedCurve:
    samples, weight, cursor = (
        samples_between(series, first, last),
        request.smoothing,
        request.cursor,
    )
    smoothed = smoothed_between(series, first, last, weight) if weight else None
    return ReducedCurve(
        name=series.name,
        count=series.count,
        request=request,
        first=int(series.bucket_first[0]) if series.count else 0,
        last=int(series.positions[-1]) if series.count else 0,
        shown_first=first,
        shown_last=last,
        columns=_columns(samples, first, last, request),
        smoothed=None if smoothed is None else _columns(smoothed, first, last, request),
        has_left_out=request.is_logarithmic and bool((samples.low <= 0).any()),
        newest=_newest(series),
        at_cursor=None if cursor is None else read_at(series, cursor),
        first_not_finite=series.first_not_finite,
        rejected=series.rejected,
        finite=series.finite,
        infinite=series.infinite,
        nan=series.nan,
        is_asked=series.is_asked,
    )


def _columns(samples: Samples, first: int, last: int, request: CurveRequest) -> Columns:
    if not request.is_logarithmic:
        return reduce_to_columns(samples, first, last, request.columns)
    # The logarithm keeps the order of values, so the few that are left over will do.
    return logarithm(reduce_to_columns(above_zero(samples), first, last, request.columns))


def _within(columns: Columns, first: int, last: int) -> Columns:
    """The columns whose middle stands from `first` to `last`."""
    shown = (columns.position >= first) & (columns.position <= last)
    if shown.all():
        return columns
    return Columns(
        columns.position[shown],
        columns.low[shown],
        columns.high[shown],
        columns.start[shown],
        columns.end[shown],
        columns.joined[shown],
    )


def _newest(series: SeriesSnapshot) -> Reading | None:
    if not series.count:
        return None
    return Reading(int(series.positions[-1]), float(series.values[-1]), is_exact=True)


def _is_kept_from(series: SeriesSnapshot, first: int) -> bool:
    """Whether every value from position `first` on is kept one by one."""
    return series.count == len(series.values) or bool(series.positions[0] <= first)


def _values_between(series: SeriesSnapshot, first: int, last: int) -> slice:
    """Which of the single values stand from `first` to `last`."""
    begin, end = np.searchsorted(series.positions, (first, last + 1)).tolist()
    return slice(begin, end)


def _buckets_between(series: SeriesSnapshot, first: int, last: int) -> tuple[slice, Floats]:
    """Which buckets reach between `first` and `last`, and where each of them stands there."""
    middle = (series.bucket_first + series.bucket_last) / 2
    reach = float((series.bucket_last - series.bucket_first).max()) / 2
    begin = int(np.searchsorted(middle, first - reach, side="left"))
    end = int(np.searchsorted(middle, last + reach, side="right"))
    return slice(begin, end), np.clip(middle[begin:end], first, last)


def _those(samples: Samples, places: npt.NDArray[np.intp]) -> Samples:
    """The samples at these places; to choose from a single array is several times cheaper."""
    positions, value = samples.positions[places], samples.value[places]
    if samples.low is samples.high:
        return Samples(positions, value, value, value)
    return Samples(positions, samples.low[places], samples.high[places], value)


def _drawable(values: Floats) -> Floats:
    """`values` with gaps for what is not finite, and no larger than can be reckoned with."""
    finite = np.isfinite(values)
    shown = values if finite.all() else np.where(finite, values, np.nan)
    return np.clip(shown, -_LARGEST, _LARGEST)


def _log10(values: Floats) -> Floats:
    powers: Floats = np.maximum(np.log10(values), _SMALLEST_POWER)
    return powers


def _memory(weight: float) -> int:
    """After how many values one no longer counts in a moving average: a power of two."""
    count = 1
    while weight**count > _NEGLIGIBLE:
        count *= 2
    return count


def _decayed_sum(values: Floats, weight: float) -> Floats:
    """Entry t is the sum of ``values[i] * weight ** (t - i)`` for i up to t.

    Each round doubles how many values a sum reaches back, so a few rounds do.
    """
    total, part = values.copy(), np.empty_like(values)
    reach, memory = 1, _memory(weight)
    while reach < min(len(total), memory):
        total[reach:] += np.multiply(total[:-reach], weight**reach, out=part[reach:])
        reach *= 2
    return total
