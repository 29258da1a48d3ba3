"""Series brought down to what a pane can show of them, with numpy; no text, no dots, no colours.

The session does this before a frame crosses to the interface, and the interface itself where it
has whole series. What it costs depends on how much of a series is kept, never on how long it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.protocol.columns import logarithm, reduce_to_columns
from engine.protocol.frame import Columns, CurveRequest, Reading, ReducedCurve, SeriesSnapshot
from engine.protocol.samples import Samples, above_zero, samples_between, smoothed_between


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
