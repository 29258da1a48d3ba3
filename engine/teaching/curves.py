"""What the curve of a cost says that training moves: no number any more, up and down, or nothing.

Only what noise does not do is told: the cost of small batches wavers, and that is no fault.
"""

from __future__ import annotations

import numpy as np

from engine.judging.shapes import TooShort, explain
from engine.protocol.curves import CurveFacts, Reason
from engine.protocol.frame import Floats, OuterLoop, SeriesSnapshot
from engine.protocol.noticed import Slip

_FEWEST_VALUES = 20
_NEARLY_EVERY = 0.9
_CRAWLED = 0.05
_STEADY = 0.8
_GREW = 10.0
_THROWN = 3.0
_STAYED = 2.0
_HARDLY_EVER = 0.1


def not_finite(series: SeriesSnapshot) -> tuple[int, float | None] | None:
    """Where a cost was no finite number for the first time, and the last finite one before.

    None where it always was one.
    """
    first = series.first_not_finite
    if first is None:
        return None
    before = series.values[(series.positions < first) & np.isfinite(series.values)]
    return first, float(before[-1]) if len(before) else None


def slip_of_rate(
    series: SeriesSnapshot, outer: OuterLoop | None
) -> tuple[Slip, float, float] | None:
    """Whether the steps were too long or too short, with the first value and the last.

    None where the curve does not say so without doubt. `outer` is the loop around all others.
    """
    values = series.values
    if series.count < _FEWEST_VALUES or not np.isfinite(values).all():
        return None
    try:
        facts = explain(series)
    except TooShort:
        return None
    first = float(series.bucket_mean[0]) if series.count > len(values) else float(values[0])
    last = float(values[-1])
    if facts.reason is Reason.SWUNG and _alternates(_by_passes(series, outer)):
        return Slip.BOUNCES, first, last
    grew = last > _GREW * abs(first) > 0 and _moves(values, 1)
    if grew or _was_thrown(values):
        return Slip.GROWS, first, last
    if _crawled(facts, values):
        return Slip.CRAWLS, first, last
    return None


def goes_by_passes(outer: OuterLoop | None) -> bool:
    """Whether the mean of each pass is what counts: passes are short, and one follows another."""
    if outer is None or not len(outer.ends):
        return False
    return bool(outer.ends[-1] / len(outer.ends) < _FEWEST_VALUES)


def _by_passes(series: SeriesSnapshot, outer: OuterLoop | None) -> Floats:
    """The values; where they are of short passes again and again, the mean of each pass.

    Of two batches in turn one may cost more than the other, whatever the rate.
    """
    if outer is None or not goes_by_passes(outer):
        return series.values
    passes = np.searchsorted(outer.ends, series.positions)
    counts = np.bincount(passes)
    sums = np.bincount(passes, weights=series.values)
    return sums[counts > 0] / counts[counts > 0]


def _alternates(values: Floats) -> bool:
    """Whether it turns at nearly every iteration of the second half."""
    if len(values) < _FEWEST_VALUES:
        return False
    return _share_of_turns(values) >= _NEARLY_EVERY


def _share_of_turns(values: Floats) -> float:
    """At how many of the iterations of its second half it turns."""
    moves = np.sign(np.diff(values[len(values) // 2 :]))
    return float(np.mean(moves[1:] * moves[:-1] < 0))


def _was_thrown(values: Floats) -> bool:
    """Whether one step threw it far above all before, from where it comes back slowly or never.

    It had not fallen by then: where it had, another training of a larger cost may have begun. And
    it does not waver as the costs of batches do, of which one may be far above all others.
    """
    first, last = values[0], values[-1]
    if not last > _STAYED * first > 0 or _share_of_turns(values) > _HARDLY_EVER:
        return False
    highest = np.maximum.accumulate(values)[:-1]
    return bool(np.any((values[1:] > _THROWN * highest) & (values[:-1] >= first)))


def _moves(values: Floats, direction: int) -> bool:
    """Whether nearly every iteration moves it this way."""
    return bool(np.mean(np.sign(np.diff(values)) == direction) >= _NEARLY_EVERY)


def _crawled(facts: CurveFacts, values: Floats) -> bool:
    """Whether it fell at each iteration, as fast at the end as all along, and hardly at all."""
    fallen = facts.start - facts.end
    is_little = 0 < fallen <= _CRAWLED * abs(facts.start)
    return is_little and facts.pace >= _STEADY and _moves(values, -1)
