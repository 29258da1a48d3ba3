from __future__ import annotations

import numpy as np
import pytest
from curves import long_series, snapshot, values_at
from hypothesis import given
from hypothesis import strategies as st

from engine.protocol.columns import column_at, merge_columns, reduce_to_columns
from engine.protocol.frame import EVERY_VALUE, Columns, CurveRequest, Floats
from engine.protocol.reduction import reduce_series
from engine.protocol.samples import (
    Samples,
    above_zero,
    moving_average,
    samples_between,
    smoothed_between,
)

NUMBERS = st.one_of(st.floats(-9, 9), st.just(float("nan")))


def test_values_are_exact_where_the_shown_part_is_still_kept() -> None:
    series = long_series(np.arange(1000.0), kept=100, each=10)

    samples = samples_between(series, 901, 1000)

    assert samples.value.tolist() == list(range(900, 1000))


def test_buckets_stand_in_for_what_is_no_longer_kept() -> None:
    series = long_series(np.arange(1000.0), kept=100, each=10)

    samples = samples_between(series, 1, 1000)

    assert len(samples.value) == 100
    assert samples.low[0] == 0
    assert samples.high[-1] == 999


def test_a_bucket_that_reaches_into_the_shown_part_is_shown_within_it() -> None:
    series = long_series(np.arange(1000.0), kept=10, each=100)

    samples = samples_between(series, 580, 1000)

    assert samples.positions[0] == 580
    assert samples.low[0] == 500


@pytest.mark.parametrize("width", [7, 60, 140])
def test_a_spike_survives_the_reduction(width: int) -> None:
    values = np.ones(200_000)
    values[77_777] = 9.0

    series = long_series(values, kept=16_000, each=100)
    columns = reduce_to_columns(samples_between(series, 1, 200_000), 1, 200_000, width)

    assert columns.high.max() == 9.0
    assert (columns.high > 1).sum() == 1


def test_what_is_not_above_zero_is_a_gap_on_a_log_scale() -> None:
    samples = above_zero(values_at(100.0, 0.0, -5.0, 1.0))

    np.testing.assert_array_equal(samples.value, [100.0, np.nan, np.nan, 1.0])


def test_a_bucket_that_crosses_zero_keeps_its_upper_part_on_a_log_scale() -> None:
    one = np.array([1.0])

    samples = above_zero(Samples(one, -one, 100 * one, 10 * one))

    assert (samples.low[0], samples.value[0], samples.high[0]) == (10.0, 10.0, 100.0)


@pytest.mark.parametrize("weight", [0.1, 0.6, 0.9, 0.999])
def test_the_moving_average_is_the_recurrence_without_its_bias(weight: float) -> None:
    values = np.random.default_rng(0).normal(size=500)
    average, expected = 0.0, []
    for step, value in enumerate(values, start=1):
        average = weight * average + (1 - weight) * value
        expected.append(average / (1 - weight**step))

    smoothed = moving_average(values, weight)

    np.testing.assert_allclose(smoothed, expected, rtol=1e-9, atol=1e-12)


def test_the_moving_average_goes_on_behind_a_gap() -> None:
    smoothed = moving_average(np.array([4.0, np.nan, 4.0, np.inf, 4.0]), 0.9)

    np.testing.assert_allclose(smoothed, [4.0, np.nan, 4.0, np.nan, 4.0])


def test_the_average_of_a_shown_part_remembers_what_came_before() -> None:
    series = long_series(np.array([10.0] * 100 + [0.0] * 100), kept=200, each=10)

    samples = smoothed_between(series, 101, 200, 0.9)

    assert samples.positions[0] == 101
    assert samples.value[0] == pytest.approx(9.0, abs=1e-3)


def test_smoothing_is_the_same_for_values_and_for_buckets() -> None:
    values = np.linspace(10, 0, 1000)
    exact = smoothed_between(long_series(values, kept=1000, each=10), 1, 1000, 0.99)
    bucketed = smoothed_between(long_series(values, kept=100, each=10), 1, 1000, 0.99)

    last_exact, last_bucketed = exact.value[-1], bucketed.value[-1]

    assert last_bucketed == pytest.approx(last_exact, abs=0.1)


def test_the_average_of_a_shown_part_is_that_of_the_whole_to_the_last_bit() -> None:
    series = long_series(np.random.default_rng(0).normal(size=4000), kept=4000, each=10)

    part, whole = (smoothed_between(series, first, 4000, 0.9) for first in (3500, 1))

    np.testing.assert_array_equal(part.value, whole.value[-501:])


@given(st.lists(NUMBERS, max_size=80), st.integers(1, 30))
def test_a_column_holds_the_extremes_and_the_ends_of_its_values(
    values: list[float], width: int
) -> None:
    last = max(len(values), 1)

    columns = reduce_to_columns(values_at(*values), 1, last, width)

    np.testing.assert_array_equal(rows_of(columns, last, width), one_by_one(values, last, width))


@given(st.lists(NUMBERS, max_size=80), st.integers(1, 30))
def test_what_was_reduced_less_can_be_reduced_further(values: list[float], width: int) -> None:
    last = max(len(values), 1)
    every = reduce_to_columns(values_at(*values), 1, last, EVERY_VALUE)

    columns = merge_columns(every, 1, last, width)

    np.testing.assert_array_equal(rows_of(columns, last, width), one_by_one(values, last, width))


def test_all_curves_of_a_frame_show_the_same_window() -> None:
    early = long_series(np.arange(1000.0), kept=1000, each=10)
    late = snapshot("accuracy", [5.0, 6.0], positions=[1500, 2001])

    curves = reduce_series([early, late], CurveRequest(100, zoom=0.75))

    assert [(one.first, one.last) for one in curves] == [(1, 1000), (1500, 2001)]
    assert [(one.shown_first, one.shown_last) for one in curves] == [(501, 2001)] * 2
    assert [(one.lowest, one.highest) for one in curves] == [(500.0, 999.0), (5.0, 6.0)]


def test_a_curve_is_never_larger_than_was_asked_for() -> None:
    series = long_series(np.random.default_rng(0).normal(size=60_000), kept=16_000, each=30)

    [curve] = reduce_series([series], CurveRequest(100, smoothing=0.9))

    assert len(curve.columns.position) == 100
    assert curve.smoothed is not None
    assert len(curve.smoothed.position) == 100


def test_a_log_scale_holds_powers_of_ten_and_tells_what_it_left_out() -> None:
    series = [snapshot("cost", [1000.0, 10.0]), snapshot("loss", [100.0, -1.0])]

    cost, loss = reduce_series(series, CurveRequest(100, is_logarithmic=True))

    assert (cost.lowest, cost.highest, cost.has_left_out) == (1.0, 3.0, False)
    assert (loss.lowest, loss.highest, loss.has_left_out) == (2.0, 2.0, True)


def test_a_series_without_values_has_a_curve_without_columns() -> None:
    [curve] = reduce_series([snapshot("cost", [])], CurveRequest(100, smoothing=0.9))

    assert (curve.first, curve.last, curve.newest) == (0, 0, None)
    assert curve.lowest is curve.highest is None


def rows_of(columns: Columns, last: int, width: int) -> Floats:
    """For each column where it stands, its extremes, its first and last value, if it is joined."""
    at = column_at(columns.position, 1, last, width)
    parts = (at, columns.low, columns.high, columns.start, columns.end, columns.joined)
    return np.array(parts, dtype=np.float64).T


def one_by_one(values: list[float], last: int, width: int) -> Floats:
    """The same, put together value by value."""
    rows: list[list[float]] = []
    is_joined = False
    for index, value in enumerate(values):
        if np.isnan(value):
            is_joined = False
            continue
        [at] = column_at(np.array([index + 1.0]), 1, last, width).tolist()
        if rows and rows[-1][0] == at:
            _, low, high, start, _, joined = rows[-1]
            rows[-1] = [at, min(low, value), max(high, value), start, value, joined]
        else:
            rows.append([at, value, value, value, value, is_joined])
        is_joined = True
    return np.array(rows, dtype=np.float64).reshape(-1, 6)
