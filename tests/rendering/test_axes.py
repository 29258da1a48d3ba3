from __future__ import annotations

import pytest

from tui.plots.axes import log_ticks, position_ticks, value_ticks


@pytest.mark.parametrize(
    ("lower", "upper", "labels"),
    [
        (0, 10, ["0", "5", "10"]),
        (0, 1, ["0", "0.5", "1.0"]),
        (1.6, 29661, ["10k", "20k"]),
        (0, 3e6, ["0", "1M", "2M", "3M"]),
        (-2e-5, 2e-5, ["-2e-5", "0", "2e-5"]),
        (0, 1.5e30, ["0", "5e29", "1e30", "1.5e30"]),
        (-200, 0, ["-200", "-100", "0"]),
    ],
)
def test_value_labels_are_round_and_short(lower: float, upper: float, labels: list[str]) -> None:
    assert [tick.label for tick in value_ticks(lower, upper, 3)] == labels


@pytest.mark.parametrize(
    ("lower", "upper", "labels"),
    [
        (0, 4, ["1", "100", "10k"]),
        (-6, -2, ["1e-6", "1e-4", "0.01"]),
        (-30, 30, ["1e-30", "1", "1e30"]),
        (0.2, 1.2, ["2", "5", "10"]),
        (0.5, 0.6, ["3.2", "3.4", "3.6", "3.8"]),
    ],
)
def test_log_labels_are_decades_or_parts_of_one(
    lower: float, upper: float, labels: list[str]
) -> None:
    assert [tick.label for tick in log_ticks(lower, upper, 3)] == labels


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (1, 100, ["20", "40", "60", "80", "100"]),
        (1, 3, ["1", "2", "3"]),
        (7, 7, ["7"]),
        (90_000, 100_000, ["90k", "92k", "94k", "96k", "98k", "100k"]),
        (1, 10_000_000, ["2M", "4M", "6M", "8M", "10M"]),
        (12_340, 12_350, ["12340", "12342", "12344", "12346", "12348", "12350"]),
    ],
)
def test_positions_are_whole_and_round(first: int, last: int, labels: list[str]) -> None:
    assert [tick.label for tick in position_ticks(first, last, 5)] == labels
