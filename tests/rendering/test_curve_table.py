"""The values of curves as a table, whole or as far as they are known: no app, no file."""

from __future__ import annotations

import csv
import io

import numpy as np
from curves import long_series, snapshot

from engine.protocol.frame import OuterLoop
from tui.taking_along.curve_table import as_csv, as_tabs, curve_table


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_row_is_an_iteration_and_a_column_a_series() -> None:
    table = curve_table([snapshot("cost", [4.0, 1 / 3]), snapshot("accuracy", [0.5], [2])], None)

    assert read(as_csv(table)) == [
        ["iteration", "cost", "accuracy"],
        ["1", "4.0", ""],
        ["2", "0.3333333333333333", "0.5"],
    ]
    assert table.summed_up == 0


def test_values_that_are_not_finite_are_said_as_they_are() -> None:
    table = curve_table([snapshot("cost", [1.0, float("inf"), float("nan")])], None)

    assert [row[1] for row in read(as_csv(table))] == ["cost", "1.0", "inf", "nan"]


def test_tabs_stand_between_the_cells_for_a_clipboard() -> None:
    assert as_tabs(curve_table([snapshot("cost", [4.0])], None)) == "iteration\tcost\n1\t4.0\n"


def test_a_series_without_values_is_no_column() -> None:
    table = curve_table([snapshot("loss", []), snapshot("cost", [1.0])], None)

    assert table.columns == ("iteration", "cost")


def test_where_values_are_summed_up_columns_say_what_each_row_is() -> None:
    series = long_series(np.arange(1.0, 13.0), kept=6, each=4)

    table = curve_table([series], None)

    assert read(as_csv(table)) == [
        ["first_iteration", "last_iteration", "cost_mean", "cost_lowest", "cost_highest"],
        ["1", "4", "2.5", "1.0", "4.0"],
        ["5", "8", "6.5", "5.0", "8.0"],
        *([str(at), str(at), *[f"{at}.0"] * 3] for at in range(9, 13)),
    ]
    assert table.summed_up == 8


def test_each_iteration_of_a_long_series_is_in_one_row() -> None:
    series = long_series(np.arange(1.0, 1001.0), kept=100, each=8)

    rows = curve_table([series], None).rows

    spans = [range(int(first), int(last) + 1) for first, last, *_ in rows]
    assert [at for span in spans for at in span] == list(range(1, 1001))


def test_a_whole_series_beside_a_long_one_keeps_each_value() -> None:
    long, short = long_series(np.arange(1.0, 13.0), kept=6, each=4), snapshot("loss", [5.0], [3])

    rows = read(as_csv(curve_table([long, short], None)))

    assert rows[1] == ["1", "4", "2.5", "1.0", "4.0", "", "", ""]
    assert rows[2] == ["3", "3", "", "", "", "5.0", "5.0", "5.0"]


def test_the_epoch_is_told_of_each_iteration_as_far_as_it_is_known() -> None:
    cost = snapshot("cost", [5.0, 4.0, 3.0, 2.0, 1.0])
    ended = OuterLoop("epoch", np.array([2, 4]), goes_on=False)

    table = curve_table([cost], ended)
    running = curve_table([cost], OuterLoop("epoch", np.array([2, 4]), goes_on=True))

    assert table.columns == ("iteration", "epoch", "cost")
    assert [row[1] for row in table.rows] == ["1", "1", "2", "2", ""]
    assert [row[1] for row in running.rows] == ["1", "1", "2", "2", "3"]


def test_a_span_of_iterations_says_its_first_epoch_and_its_last() -> None:
    series = long_series(np.arange(1.0, 13.0), kept=6, each=4)

    table = curve_table([series], OuterLoop("epoch", np.array([3, 6, 9, 12]), goes_on=False))

    assert table.columns[:4] == ("first_iteration", "last_iteration", "first_epoch", "last_epoch")
    assert [row[:4] for row in table.rows[:3]] == [
        ("1", "4", "1", "2"),
        ("5", "8", "2", "3"),
        ("9", "9", "3", "3"),
    ]
