from __future__ import annotations

import numpy as np
import pytest

from engine.protocol.frame import SeriesSnapshot
from tui.plots.reduction import (
    Samples,
    bounds,
    logarithm,
    moving_average,
    rasterise,
    reduce_to_columns,
    samples_between,
    smoothed_between,
)


def long_series(values: np.ndarray, kept: int, each: int) -> SeriesSnapshot:
    """Positions from 1, the last `kept` values one by one, buckets of `each` values."""
    positions = np.arange(1, len(values) + 1)
    groups = values.reshape(-1, each)
    return SeriesSnapshot(
        name="cost",
        count=len(values),
        positions=positions[-kept:],
        values=values[-kept:],
        bucket_first=positions[::each],
        bucket_last=positions[each - 1 :: each],
        bucket_low=groups.min(axis=1),
        bucket_high=groups.max(axis=1),
        bucket_mean=groups.mean(axis=1),
        first_not_finite=None,
    )


def values_at(*values: float) -> Samples:
    numbers = np.array(values, dtype=np.float64)
    return Samples(np.arange(1.0, len(values) + 1), numbers, numbers, numbers)


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


def test_a_spike_lights_dots_from_bottom_to_top() -> None:
    values = [1.0] * 50 + [9.0] + [1.0] * 49
    columns = reduce_to_columns(values_at(*values), 1, 100, 20)

    dots = rasterise(columns, 1.0, 9.0, 20, 8)

    assert dots.any(axis=0).all()
    assert dots[:, 10].all() or dots[:, 9].all()


def test_a_line_has_no_hole_between_far_points() -> None:
    columns = reduce_to_columns(values_at(0.0, 100.0), 1, 2, 30)

    dots = rasterise(columns, 0.0, 100.0, 30, 40)

    assert dots.any(axis=0).all()
    assert dots.any(axis=1).all()


def test_a_gap_is_not_bridged() -> None:
    columns = reduce_to_columns(values_at(1.0, 1.0, np.nan, 1.0, 1.0), 1, 5, 41)

    dots = rasterise(columns, 0.0, 2.0, 41, 4)

    assert np.flatnonzero(dots.any(axis=0)).tolist() == [*range(11), *range(30, 41)]


def test_bounds_leave_out_what_is_not_finite() -> None:
    assert bounds([values_at(np.nan, 2.0, 5.0), values_at(-1.0)]) == (-1.0, 5.0)
    assert bounds([values_at(np.nan)]) is None
    assert bounds([]) is None


def test_a_logarithm_leaves_out_what_is_not_above_zero() -> None:
    samples = logarithm(values_at(100.0, 0.0, -5.0, 1.0))

    np.testing.assert_array_equal(samples.value, [2.0, np.nan, np.nan, 0.0])


def test_a_bucket_that_crosses_zero_keeps_its_upper_part_on_a_log_scale() -> None:
    one = np.array([1.0])

    samples = logarithm(Samples(one, -one, 100 * one, 10 * one))

    assert (samples.low[0], samples.value[0], samples.high[0]) == (1.0, 1.0, 2.0)


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
