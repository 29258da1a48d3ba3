from __future__ import annotations

import numpy as np

from engine.protocol.frame import CurveRequest, Reading, SeriesSnapshot
from engine.protocol.reduction import read_at, reduce_series


def series() -> SeriesSnapshot:
    """Values 0 to 19 at positions 10, 20, ... 200; the last five are kept one by one."""
    positions = np.arange(10, 201, 10)
    values = np.arange(20.0)
    return SeriesSnapshot(
        name="cost",
        count=20,
        positions=positions[-5:],
        values=values[-5:],
        bucket_first=positions[::4],
        bucket_last=positions[3::4],
        bucket_low=values[::4],
        bucket_high=values[3::4],
        bucket_mean=values[::4] + 1.5,
        first_not_finite=None,
    )


def empty() -> SeriesSnapshot:
    none, nothing = np.empty(0, dtype=np.int64), np.empty(0)
    return SeriesSnapshot("loss", 0, none, nothing, none, none, nothing, nothing, nothing, None)


def test_a_kept_value_is_read_exactly() -> None:
    assert read_at(series(), 170) == Reading(170, 16.0, is_exact=True)


def test_between_two_positions_the_earlier_one_is_read() -> None:
    assert read_at(series(), 199) == Reading(190, 18.0, is_exact=True)


def test_what_is_no_longer_kept_is_read_as_the_mean_of_its_bucket() -> None:
    assert read_at(series(), 65) == Reading(65, 5.5, is_exact=False)


def test_between_two_buckets_the_earlier_one_is_read() -> None:
    assert read_at(series(), 45) == Reading(40, 1.5, is_exact=False)


def test_before_the_first_position_nothing_is_read() -> None:
    assert read_at(series(), 9) is None
    assert read_at(empty(), 9) is None


def test_the_newest_value_of_each_series_that_has_one() -> None:
    curve, begins_later = reduce_series([series(), empty()], CurveRequest(100))

    assert curve.newest == Reading(200, 19.0, is_exact=True)
    assert begins_later.newest is None


def test_the_values_at_the_cursor_are_read_where_it_stands() -> None:
    with_cursor, without = (
        reduce_series([series()], CurveRequest(100, cursor=cursor))[0] for cursor in (175, None)
    )

    assert with_cursor.at_cursor == Reading(170, 16.0, is_exact=True)
    assert without.at_cursor is None


def test_behind_where_the_run_has_come_to_nothing_is_read() -> None:
    behind, within = (
        reduce_series([series()], CurveRequest(100, cursor=201)),
        reduce_series([series(), seldom()], CurveRequest(100, cursor=150)),
    )

    assert behind[0].at_cursor is None
    assert within[1].at_cursor == Reading(100, 1.0, is_exact=True)


def seldom() -> SeriesSnapshot:
    """One value, at position 100."""
    at, value = np.array([100]), np.array([1.0])
    return SeriesSnapshot("accuracy", 1, at, value, at, at, value, value, value, None)
