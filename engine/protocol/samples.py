"""What is known of a series between two positions: its values, or buckets of them; with numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.protocol.frame import Floats, SeriesSnapshot

# A share that is too small to change a sum of numbers of double precision.
_NEGLIGIBLE = 1e-17
# The largest number that is drawn, so that what is reckoned with it stays finite.
_LARGEST = 1e300


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


def _drawable(values: Floats) -> Floats:
    """`values` with gaps for what is not finite, and no larger than can be reckoned with."""
    finite = np.isfinite(values)
    shown = values if finite.all() else np.where(finite, values, np.nan)
    return np.clip(shown, -_LARGEST, _LARGEST)


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
