import subprocess
import sys
import tracemalloc
from contextlib import suppress
from types import FrameType
from typing import Any

import numpy as np
import pytest

from engine.loops.recorder import BUCKETS, NEWEST, PENDING, Recorder, Series
from engine.protocol.frame import Span


def filled(count: int) -> Series:
    series = Series("cost")
    for position in range(count):
        series.append(position, float(position))
    return series


def test_values_come_back_at_their_positions_in_order() -> None:
    series = Series("비용")
    series.append(3, 0.5)
    series.append(10, 0.25)

    snapshot = series.snapshot()

    assert snapshot.name == "비용"
    assert snapshot.positions.tolist() == [3, 10]
    assert snapshot.values.tolist() == [0.5, 0.25]
    assert snapshot.count == 2
    assert snapshot.newest == 0.25


def test_an_empty_series_has_an_empty_snapshot() -> None:
    snapshot = Series("cost").snapshot()

    assert (snapshot.count, len(snapshot.values), len(snapshot.bucket_mean)) == (0, 0, 0)
    assert snapshot.newest is None


def test_the_first_value_that_is_not_finite_is_remembered() -> None:
    series = Series("cost")
    for position, value in enumerate([1.0, 2.0, float("inf"), float("nan"), 3.0]):
        series.append(position * 10, value)
    series.drain()
    series.append(60, float("nan"))

    snapshot = series.snapshot()

    assert snapshot.first_not_finite == 20
    assert snapshot.count == 6


def test_each_kind_of_value_is_known_by_where_it_began_and_was_seen_last() -> None:
    series = Series("cost")
    inf, nan = float("inf"), float("nan")

    for position, value in enumerate([1.0, 2.0, -inf, nan, 3.0, nan], 1):
        series.append(position, value)
        series.drain()
    snapshot = series.snapshot()

    assert snapshot.finite == Span(1, 5)
    assert snapshot.infinite == Span(3, 3)
    assert snapshot.nan == Span(4, 6)


def test_a_series_of_finite_values_is_nowhere_nan_or_infinite() -> None:
    snapshot = filled(2 * PENDING).snapshot()

    assert snapshot.finite == Span(0, 2 * PENDING - 1)
    assert (snapshot.infinite, snapshot.nan, snapshot.first_not_finite) == (None, None, None)


def test_values_that_are_not_finite_stay_out_of_the_buckets() -> None:
    series = filled(0)
    for position in range(2 * BUCKETS):
        series.append(position, float("nan") if position < 4 else float(position))
    series.append(2 * BUCKETS, float("inf"))

    snapshot = series.snapshot()

    assert np.isnan(snapshot.bucket_mean[0])
    assert np.isnan(snapshot.bucket_low[0])
    assert snapshot.bucket_high[1] == 7
    assert np.isnan(snapshot.bucket_high[-1])
    assert snapshot.bucket_last[-1] == 2 * BUCKETS


def test_the_newest_values_are_kept_one_by_one() -> None:
    count = 3 * NEWEST + 123

    snapshot = filled(count).snapshot()

    assert snapshot.count == count
    assert snapshot.positions.tolist() == list(range(count - NEWEST, count))
    assert snapshot.values.tolist() == list(map(float, range(count - NEWEST, count)))


@pytest.mark.parametrize("count", [1, BUCKETS, BUCKETS + 1, PENDING + 1, 10_007, 100_000])
def test_the_buckets_sum_up_every_value(count: int) -> None:
    random = np.random.default_rng(count)
    values = random.normal(size=count)
    values[random.random(count) < 0.2] = np.nan
    series = Series("cost")

    for position, value in enumerate(values.tolist()):
        series.append(position * 3, value)
        if random.random() < 0.001:
            series.drain()
    snapshot = series.snapshot()

    width = (int(snapshot.bucket_last[0]) - int(snapshot.bucket_first[0])) // 3 + 1
    parts = [values[start : start + width] for start in range(0, count, width)]
    finite = [part[np.isfinite(part)] for part in parts]
    assert len(snapshot.bucket_first) == len(parts) <= BUCKETS
    assert snapshot.bucket_first.tolist() == [3 * start for start in range(0, count, width)]
    assert snapshot.bucket_last[-1] == 3 * (count - 1)
    np.testing.assert_array_equal(
        snapshot.bucket_low, [part.min() if len(part) else np.nan for part in finite]
    )
    np.testing.assert_array_equal(
        snapshot.bucket_high, [part.max() if len(part) else np.nan for part in finite]
    )
    np.testing.assert_allclose(
        snapshot.bucket_mean, [part.mean() if len(part) else np.nan for part in finite]
    )


def test_the_mean_of_huge_values_does_not_overflow() -> None:
    series = Series("cost")
    for position in range(4 * BUCKETS):
        series.append(position, 1.5e308)

    assert series.snapshot().bucket_mean[0] == pytest.approx(1.5e308)


def test_memory_stays_under_one_mebibyte() -> None:
    filled(1)
    tracemalloc.start()
    series = filled(20 * PENDING + PENDING - 1)

    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert series.snapshot().count == 21 * PENDING - 1
    assert held < 2**20


def test_what_is_pending_does_not_grow_with_the_number_of_values() -> None:
    series = filled(10 * PENDING + 5)

    assert len(series.pending) == 5


def test_a_stop_at_any_line_leaves_no_position_without_its_value() -> None:
    def stop(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code is Series.append.__code__ and event == "line":
            lines.append(frame.f_lineno)
            if len(lines) == stopped_at:
                raise KeyboardInterrupt
        return stop

    stopped_at, lines = 0, list[int]()
    while stopped_at == len(lines):
        stopped_at, lines = stopped_at + 1, []
        series = filled(3)
        before = sys.gettrace()
        with suppress(KeyboardInterrupt):
            sys.settrace(stop)
            series.append(4, 1.0)
        sys.settrace(before)
        series.append(5, 2.0)

        snapshot = series.snapshot()
        assert snapshot.positions[-1] == 5
        assert len(snapshot.positions) == len(snapshot.values)

    assert stopped_at > 3


def test_a_snapshot_does_not_change_when_training_goes_on() -> None:
    series = filled(10)
    snapshot = series.snapshot()

    for position in range(10, 3 * BUCKETS):
        series.append(position, -1.0)
    series.drain()

    assert snapshot.values.tolist() == list(map(float, range(10)))
    assert snapshot.bucket_low.tolist() == list(map(float, range(10)))


def test_a_recorder_keeps_names_in_the_order_first_seen() -> None:
    recorder = Recorder()
    recorder.record("cost", 0, 1.0)
    recorder.record("accuracy", 0, 0.5)
    recorder.record("cost", 1, 0.25)

    snapshots = recorder.snapshot()

    assert [snapshot.name for snapshot in snapshots] == ["cost", "accuracy"]
    assert snapshots[0].values.tolist() == [1.0, 0.25]


def test_a_cleared_recorder_starts_again() -> None:
    recorder = Recorder()
    recorder.record("cost", 5, 1.0)
    recorder.clear()
    recorder.record("cost", 0, 2.0)

    (snapshot,) = recorder.snapshot()

    assert snapshot.positions.tolist() == [0]


def test_recording_and_looking_do_not_import_torch() -> None:
    program = """
import sys
import engine.loops.recorder, engine.values.tensors, engine.errors.tracebacks
recorder = engine.loops.recorder.Recorder()
recorder.record("cost", 0, 0.5)
recorder.record("name", 0, "x")
recorder.snapshot()
assert engine.values.tensors.pinned_tensors({"x": [1]}, ["x", "x[0]", "x.y"]) == []
print("torch" in sys.modules)
"""

    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (printed.stdout.strip(), printed.stderr) == ("False", "")
