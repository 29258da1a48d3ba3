"""Where ticks stand and what they say: round, few, and equally many rows apart."""

from __future__ import annotations

import numpy as np
import pytest

from tui.plots.axes import ValueAxis, log_axis, value_axis
from tui.plots.positions import position_ticks

ROWS, DOTS = 11, 4


def labels(axis: ValueAxis) -> list[str]:
    return [tick.label for tick in axis.ticks]


def rows_of(axis: ValueAxis, rows: int, dots: int) -> np.ndarray:
    """In which row each tick stands, a row's middle being a whole number; shape [ticks]."""
    share = [(tick.at - axis.lower) / (axis.upper - axis.lower) for tick in axis.ticks]
    return (np.array(share) * (rows * dots - 1) - (dots - 1) / 2) / dots


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (0, 1, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (1.6, 29661, ["0", "10k", "20k", "30k"]),
        (0, 3.2e6, ["0", "1M", "2M", "3M"]),
        (-2e-5, 2.5e-5, ["-2e-5", "-1e-5", "0", "1e-5", "2e-5", "3e-5"]),
        (0, 1.5e30, ["0", "0.5e30", "1.0e30", "1.5e30"]),
        (-200, 0, ["-200", "-160", "-120", "-80", "-40", "0"]),
        (0.6931, 0.6935, ["0.6931", "0.6932", "0.6933", "0.6934", "0.6935", "0.6936"]),
    ],
)
def test_value_labels_are_round_and_short(lower: float, upper: float, said: list[str]) -> None:
    assert labels(value_axis(lower, upper, ROWS, DOTS)) == said


@pytest.mark.parametrize("rows", [4, 5, 8, 11, 12, 20, 45])
@pytest.mark.parametrize("dots", [1, 4])
def test_ticks_are_four_to_six_and_equally_many_rows_apart(rows: int, dots: int) -> None:
    for upper in np.geomspace(1e-3, 1e6, 200).tolist():
        axis = value_axis(-0.3, upper, rows, dots)

        at = rows_of(axis, rows, dots)
        np.testing.assert_allclose(at, np.rint(at), atol=1e-6)
        assert len(set(np.diff(np.rint(at)).tolist())) == 1
        assert 4 <= len(at) <= 6


@pytest.mark.parametrize("rows", [2, 3, 5, 11, 45])
@pytest.mark.parametrize(
    ("lower", "upper"), [(0.3, 17.2), (-1e300, 1e300), (1e9, 1e9 + 1000), (-2e-5, 3e-5)]
)
def test_the_axis_reaches_from_the_lowest_to_the_highest_value(
    lower: float, upper: float, rows: int
) -> None:
    axis = value_axis(lower, upper, rows, DOTS)

    room = 1e-9 * max(abs(lower), abs(upper))
    assert axis.lower <= lower + room
    assert axis.upper >= upper - room
    assert len(axis.ticks) >= 1


def test_a_curve_fills_most_of_its_plane() -> None:
    spans = np.geomspace(1e-3, 1e6, 200).tolist()
    axes = [value_axis(0.0, span, 20, DOTS) for span in spans]

    filled = [span / (axis.upper - axis.lower) for span, axis in zip(spans, axes, strict=True)]

    assert min(filled) > 0.55
    assert np.mean(filled) > 0.85


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (0, 4, ["1", "10", "100", "1k", "10k", "100k"]),
        (-6, -2, ["1e-6", "1e-5", "1e-4", "0.001", "0.01", "0.1"]),
        (-300, 300, ["1e-200", "1", "1e200"]),
        (0, 2.5, ["1", "3", "10", "30", "100", "300"]),
        (-0.8, 0.8, ["0.2", "0.5", "1", "2", "5"]),
        (0.5, 0.6, ["3.25", "3.50", "3.75", "4.00"]),
    ],
)
def test_log_labels_are_decades_or_parts_of_one(
    lower: float, upper: float, said: list[str]
) -> None:
    assert labels(log_axis(lower, upper, ROWS, DOTS)) == said


@pytest.mark.parametrize(
    ("lower", "upper", "rows", "said"),
    [
        (1.564, 1.597, 11, ["1.56", "1.57", "1.58", "1.59", "1.60"]),
        (2, 400, 9, ["1", "10", "100", "1000"]),
        (2, 400, 12, ["1", "3", "10", "30", "100", "300"]),
    ],
)
def test_rows_of_ticks_within_three_decades_are_even(
    lower: float, upper: float, rows: int, said: list[str]
) -> None:
    axis = log_axis(np.log10(lower), np.log10(upper), rows, DOTS)

    at = np.floor(rows_of(axis, rows, DOTS) + 0.5)
    assert labels(axis) == said
    assert len(set(np.diff(at).tolist())) == 1
    assert axis.lower <= np.log10(lower)
    assert axis.upper >= np.log10(upper)


@pytest.mark.parametrize("rows", [8, 11, 14, 20, 45])
def test_rows_of_log_ticks_differ_little(rows: int) -> None:
    for span in np.linspace(0.01, 2.9, 290).tolist():
        at = np.floor(rows_of(log_axis(-1.7, span - 1.7, rows, DOTS), rows, DOTS) + 0.5)

        apart = np.diff(at)
        assert np.ptp(apart) <= 0.4 * apart.mean(), span


@pytest.mark.parametrize("rows", [10, 20, 45])
def test_ticks_of_a_log_axis_are_four_to_six_in_rows_of_their_own(rows: int) -> None:
    for span in np.linspace(0.02, 12, 400).tolist():
        axis = log_axis(-1.7, span - 1.7, rows, DOTS)

        at = np.floor(rows_of(axis, rows, DOTS) + 0.5)
        assert 4 <= len(set(at.tolist())) == len(axis.ticks) <= 6, span


def test_decades_of_a_small_pane_are_all_marked_though_their_rows_are_less_even() -> None:
    assert labels(log_axis(0.19, 4.47, 9, DOTS)) == ["10", "100", "1k", "10k"]


@pytest.mark.parametrize("rows", [2, 3, 20])
def test_all_the_decades_that_there_are_find_room(rows: int) -> None:
    axis = log_axis(-300.0, 300.0, rows, DOTS)

    assert axis.lower <= -300
    assert axis.upper >= 300


def test_decades_are_equally_many_rows_apart() -> None:
    axis = log_axis(-5.3, 2.2, 20, DOTS)

    at = rows_of(axis, 20, DOTS)
    np.testing.assert_allclose(at, np.rint(at), atol=1e-6)
    assert len(set(np.diff(np.rint(at)).tolist())) == 1


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1, 100, ["20", "40", "60", "80", "100"]),
        (1, 3, ["1", "2", "3"]),
        (7, 7, ["7"]),
        (90_000, 100_000, ["90k", "92k", "94k", "96k", "98k", "100k"]),
        (1, 10_000_000, ["2M", "4M", "6M", "8M", "10M"]),
        (12_340, 12_350, ["12340", "12342", "12344", "12346", "12348", "12350"]),
        (1, 150, ["25", "50", "75", "100", "125", "150"]),
    ],
)
def test_positions_are_whole_and_round(first: int, last: int, said: list[str]) -> None:
    assert [tick.label for tick in position_ticks(first, last, 70)] == said


def test_a_last_position_that_finds_no_room_is_left_out_before_less_round_ones_are_taken() -> None:
    assert [tick.label for tick in position_ticks(51, 100, 26)] == ["60", "70", "80", "90"]


@pytest.mark.parametrize("cells", [40, 100])
def test_positions_are_four_to_six_where_there_are_as_many(cells: int) -> None:
    for last in [*range(8, 400), 500, 600, 938, 1000, 2000]:
        assert 4 <= len(position_ticks(1, last, cells)) <= 6, last


def test_the_usual_numbers_of_iterations_are_marked_four_times_in_a_small_terminal() -> None:
    cells = 30

    for last in (10, 20, 30, 50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 600, 1000, 2000):
        assert 4 <= len(position_ticks(1, last, cells)) <= 6, last
