"""Whether the curves of one run are those of another, as far as they reach; and curves kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.protocol.frame import Frame, Positions, ReducedCurve, SeriesSnapshot


def is_retold(told: Sequence[SeriesSnapshot], by: Sequence[SeriesSnapshot]) -> bool:
    """Whether every value of the curves `told` is in the curves `by` too, where it was.

    Of values that are no longer known one by one it is their lowest and highest that count. What
    the learner watches does not: it is read now and then, and makes no run another one.
    """
    others = {one.name: one for one in by}
    return all(
        one.name in others and _is_in(one, others[one.name]) for one in told if not one.is_asked
    )


def end_of(series: Sequence[SeriesSnapshot]) -> int:
    """The last position that any of the curves has; 0 where none has begun."""
    return max((int(one.positions[-1]) for one in series if len(one.positions)), default=0)


def series_of(frame: Frame | None) -> tuple[SeriesSnapshot, ...]:
    """The curves of a frame: whole where it has them so, else as much of them as a pane shows."""
    if frame is None:
        return ()
    series = frame.series or tuple(map(_unreduced, frame.curves))
    return tuple(one for one in series if one.count)


def _is_in(told: SeriesSnapshot, by: SeriesSnapshot) -> bool:
    if told.count > by.count:
        return False
    most = max(len(told.positions), len(by.positions))
    places, others = _places(told.positions, most), _places(by.positions, most)
    _, here, there = np.intersect1d(places, others, assume_unique=True, return_indices=True)
    if not np.array_equal(told.values[here], by.values[there], equal_nan=True):
        return False
    beside = np.delete(np.arange(len(told.positions)), here)
    return not len(beside) or _lies_in_buckets(told, beside, by)


def _places(positions: Positions, most: int) -> Positions:
    """A number for each of at most so many values, also where two loops wrote at one position."""
    before = np.arange(len(positions)) - np.searchsorted(positions, positions)
    return positions * (most + 1) + before


def _lies_in_buckets(told: SeriesSnapshot, which: Positions, by: SeriesSnapshot) -> bool:
    """Whether these values of `told` lie within the buckets of `by` that have their positions."""
    positions, values = told.positions[which], told.values[which]
    bucket = np.searchsorted(by.bucket_last, positions)
    if by.count == len(by.values) or bucket[-1] == len(by.bucket_last):
        return False
    if (by.bucket_first[bucket] > positions).any():
        return False
    is_within = (by.bucket_low[bucket] <= values) & (values <= by.bucket_high[bucket])
    return bool((is_within | ~np.isfinite(values)).all())


def _unreduced(curve: ReducedCurve) -> SeriesSnapshot:
    """A series of which no more is known than the columns of a pane and the newest value."""
    low, high = curve.columns.low, curve.columns.high
    if curve.request.is_logarithmic:
        low, high = 10.0**low, 10.0**high
    at = np.rint(curve.columns.position).astype(np.int64)
    newest = curve.newest
    return SeriesSnapshot(
        name=curve.name,
        count=curve.count,
        positions=np.array([] if newest is None else [newest.position], np.int64),
        values=np.array([] if newest is None else [newest.value], np.float64),
        bucket_first=at,
        bucket_last=at,
        bucket_low=low,
        bucket_high=high,
        bucket_mean=(low + high) / 2,
        first_not_finite=curve.first_not_finite,
        rejected=curve.rejected,
        finite=curve.finite,
        infinite=curve.infinite,
        nan=curve.nan,
        is_asked=curve.is_asked,
    )
