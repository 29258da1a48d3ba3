"""The shape of a cost's curve, and the facts that it is read from; no words and no drawing.

The rules, in the order in which they are tried, for a curve of something that should fall:

1. Its last value is nan or infinite: it diverges.
2. It ended a thousand times above its first value: it diverges, whatever it did on the way.
3. In the second half of the run it turned at least three times, and the swings between one turn
   and the next were large: a fifth of all the height that the curve ever covered and a tenth of
   the level that it swings about. Where it turned at nearly every iteration, which the noise of
   mini-batches does not do, a twentieth and a fiftieth are large. It bounces.
4. It ended above where it began by more than a tenth, or it has climbed back a quarter of what it
   had fallen: it diverges.
5. It fell by no more than a hundredth: it hardly moved, so it crawls.
6. After the first fifth of the run it had made less than a twentieth of its fall: it was flat,
   then fell, so it waits.
7. In the last quarter of the run it still fell at 60 percent of its average pace; or at 25
   percent, and what it has fallen is not half of where it began: most of the way may lie ahead,
   so it crawls.
8. Otherwise it has fallen and levels off: it converges.

Where it ended is a level, the median of the last tenth. Where it began is the first value, or the
median of the first tenth where that wavers and lies higher. Of a run too long to be kept value by
value, levels are means over buckets, and turns are those of the newest values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.protocol.curves import CurveFacts, Reason, Shape
from engine.protocol.frame import Floats, SeriesSnapshot

_FAR_ABOVE = 1_000.0
_FEWEST_TURNS = 3
_NEARLY_EVERY = 0.9
_ROSE = 0.1
_CLIMBED_BACK = 0.25
_HARDLY_MOVED = 0.01
_FAST = 0.6
_STILL_FALLING = 0.25
_HALF_WAY = 0.5
_HARDLY_BEGUN = 0.05


@dataclass(frozen=True, slots=True)
class _Large:
    """What makes a swing large: shares of the height covered, and of the level."""

    of_covered: float
    of_level: float


_WHERE_IT_WAVERS = _Large(of_covered=0.2, of_level=0.1)
_WHERE_IT_ALTERNATES = _Large(of_covered=0.05, of_level=0.02)


class TooShort(Exception):
    """A curve of fewer than three values, which has no shape yet."""


def classify(series: SeriesSnapshot) -> Shape:
    """The shape of a curve. Raises TooShort where there are fewer than three values."""
    return explain(series).shape


def explain(series: SeriesSnapshot) -> CurveFacts:
    """What a curve did, and so which shape it has.

    Raises TooShort where there are fewer than three values, unless the last one is not finite.
    """
    means = series.values if series.count == len(series.values) else series.bucket_mean
    levels = means[np.isfinite(means)]
    blew_up = series.newest is not None and not np.isfinite(series.newest)
    if len(levels) < 3 and not blew_up:
        raise TooShort(f"{series.name} has {series.count} values; a shape takes at least 3")
    # A cost may come close to the largest float before it is infinite.
    with np.errstate(over="ignore"):
        return _facts(series, levels, series.values[np.isfinite(series.values)])


def _facts(series: SeriesSnapshot, levels: Floats, newest: Floats) -> CurveFacts:
    trend = _trend(levels) if len(levels) else _NO_TREND
    swings = _swings(newest)
    lows = series.bucket_low[np.isfinite(series.bucket_low)]
    return CurveFacts(
        reason=_reason(series, trend, swings),
        # What is told are the curve's own values: levels are for the rules alone.
        start=trend.first,
        end=float(newest[-1]) if len(newest) else trend.end,
        lowest=float(np.min(lows)) if len(lows) else trend.lowest,
        rises=swings.rises,
        pace=trend.pace,
        first_not_finite=series.first_not_finite,
    )


def _reason(series: SeriesSnapshot, trend: _Trend, swings: _Swings) -> Reason:
    """The first rule that holds; those after it may count on those before it not to."""
    if not np.isfinite(series.values[-1]):
        return Reason.NOT_FINITE
    if trend.end > _FAR_ABOVE * abs(trend.first) > 0:
        return Reason.FAR_ABOVE
    if swings.are_large(covered=np.nanmax(series.bucket_high) - np.nanmin(series.bucket_low)):
        return Reason.SWUNG
    if _rose(trend):
        return Reason.ROSE
    fallen, size = trend.start - trend.end, abs(trend.start)
    if fallen <= _HARDLY_MOVED * size:
        return Reason.HARDLY_MOVED
    if trend.start - trend.after_a_fifth < _HARDLY_BEGUN * fallen:
        return Reason.FLAT_AT_FIRST
    enough = _STILL_FALLING if fallen < _HALF_WAY * size else _FAST
    return Reason.STILL_FALLING if trend.pace >= enough else Reason.LEVELLED_OFF


def _rose(trend: _Trend) -> bool:
    large = _ROSE * abs(trend.start)
    fallen, climbed = trend.start - trend.lowest, trend.end - trend.lowest
    return trend.end - trend.start > large or (fallen > large and climbed > _CLIMBED_BACK * fallen)


@dataclass(frozen=True, slots=True)
class _Trend:
    first: float
    start: float
    end: float
    lowest: float
    after_a_fifth: float
    pace: float


_NO_TREND = _Trend(np.nan, np.nan, np.nan, np.nan, np.nan, 0.0)


def _trend(levels: Floats) -> _Trend:
    count = len(levels)
    width = max(1, count // 10)
    first = float(levels[0])
    wavers = len(_turns(levels[:width])) > 0
    start = max(first, float(np.median(levels[:width]))) if wavers else first
    end = float(np.median(levels[-width:]))
    parts = [levels[at : at + width] for at in range(0, count - width + 1, width)]
    lowest = min(end, *(float(np.median(part)) for part in parts))
    late = max(1, count // 4)
    quarter = float(np.median(levels[-late - width : -late]))
    # The level of the end stands in the middle of the values that it is the median of.
    average = (start - end) / (count - 1 - (width - 1) / 2) if count > 1 else 0.0
    pace = (quarter - end) / late / average if average > 0 else 0.0
    # Of a run of three or four values the second is the earliest that can say anything.
    fifth, half = max(1, count // 5), width // 2
    after_a_fifth = float(np.median(levels[fifth - half : fifth + half + 1]))
    return _Trend(first, start, end, lowest, after_a_fifth, pace)


@dataclass(frozen=True, slots=True)
class _Swings:
    """The turns of a curve: ``usual`` and ``level`` are medians of its second half."""

    rises: int
    usual: float
    level: float
    large: _Large

    def are_large(self, covered: float) -> bool:
        """Whether swings are large in a curve that covers this height in all."""
        enough = max(self.large.of_covered * covered, self.large.of_level * self.level)
        return self.usual > 0 and self.usual >= enough


def _swings(values: Floats) -> _Swings:
    second_half = values[len(values) // 2 :]
    turns = _turns(second_half)
    if len(turns) < _FEWEST_TURNS:
        return _Swings(_rises(values), 0.0, 0.0, _WHERE_IT_WAVERS)
    alternates = len(turns) >= _NEARLY_EVERY * (len(second_half) - 2)
    return _Swings(
        rises=_rises(values),
        usual=float(np.median(np.abs(np.diff(turns)))),
        level=float(np.median(np.abs(second_half))),
        large=_WHERE_IT_ALTERNATES if alternates else _WHERE_IT_WAVERS,
    )


def _turns(values: Floats) -> Floats:
    """The values at which a curve turns from rising to falling or back."""
    moved = values[np.diff(values, prepend=np.nan) != 0]
    directions = np.sign(np.diff(moved))
    turns: Floats = moved[1:-1][directions[1:] != directions[:-1]]
    return turns


def _rises(values: Floats) -> int:
    """How often a curve turns from falling to rising."""
    directions = np.sign(np.diff(values))
    directions = directions[directions != 0]
    return int(np.count_nonzero((directions[:-1] < 0) & (directions[1:] > 0)))
