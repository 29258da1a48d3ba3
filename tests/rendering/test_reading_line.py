"""The line above a curve: which values it reads, in which colours, and how it wraps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from curves import snapshot
from rich.cells import cell_len
from textual.strip import Strip

from engine.protocol.frame import EVERY_VALUE, CurveRequest, Reading, SeriesSnapshot
from engine.protocol.reduction import reduce_series
from tui.plots.reading_line import RunReading, draw_readings, format_reading
from tui.rendering.palette import DARK

COST = snapshot("cost", [4.0, 2.0, 1.564298])
ACCURACY = snapshot("accuracy", [0.5, 0.75], positions=[2, 3])


def drawn(
    series: Sequence[SeriesSnapshot], cursor: int | None = None, width: int = 60
) -> list[Strip]:
    curves = reduce_series(series, CurveRequest(EVERY_VALUE, cursor=cursor))
    return draw_readings(curves, width, DARK)


def text_of(series: Sequence[SeriesSnapshot], cursor: int | None = None) -> str:
    return "\n".join(strip.text.rstrip() for strip in drawn(series, cursor))


def colours(strips: list[Strip]) -> dict[str, str]:
    return {
        part.text.strip(): part.style.color.get_truecolor().hex
        for strip in strips
        for part in strip
        if part.style is not None and part.style.color is not None
    }


def test_without_a_cursor_the_newest_values_are_read() -> None:
    assert text_of([COST, ACCURACY]) == "newest, at 3  cost 1.564298  accuracy 0.750000"


def test_at_a_cursor_the_values_of_that_position_are_read() -> None:
    assert text_of([COST, ACCURACY], cursor=2) == "at 2  cost 2.000000  accuracy 0.500000"


def test_a_series_that_begins_later_has_no_reading() -> None:
    assert text_of([COST, ACCURACY], cursor=1) == "at 1  cost 4.000000"


def test_nothing_is_read_where_nothing_was_recorded() -> None:
    assert drawn([]) == []
    assert drawn([snapshot("cost", [])]) == []


def test_a_mean_over_several_values_is_marked() -> None:
    thinned = replace(
        COST,
        count=300,
        positions=np.array([300]),
        values=np.array([1.0]),
        bucket_first=np.array([1, 151]),
        bucket_last=np.array([150, 300]),
        bucket_low=np.array([2.0, 1.0]),
        bucket_high=np.array([4.0, 2.0]),
        bucket_mean=np.array([3.0, 1.5]),
    )

    assert text_of([thinned], cursor=100) == "at 100  cost ≈3.000000"
    assert text_of([thinned]) == "newest, at 300  cost 1.000000"


def test_values_that_are_not_finite_are_told() -> None:
    assert text_of([snapshot("cost", [1.0, float("nan")])]) == "newest, at 2  cost nan"


def test_each_name_has_the_colour_of_its_curve() -> None:
    found = colours(drawn([COST, ACCURACY]))

    assert found["cost"] == DARK.series[0]
    assert found["accuracy"] == DARK.series[1]


@pytest.mark.parametrize("width", [1, 5, 12, 20])
def test_a_narrow_pane_wraps_the_line_and_loses_nothing(width: int) -> None:
    strips = drawn([COST, snapshot("정확도", [0.75])], width=width)

    assert all(cell_len(strip.text) <= max(width, 2) for strip in strips)
    together = "".join(strip.text for strip in strips).replace(" ", "")
    assert together == "newest,at3cost1.564298정확도0.750000"


def test_a_name_and_its_value_stay_on_one_line() -> None:
    strips = drawn([COST, ACCURACY], width=34)

    told = [strip.text.rstrip() for strip in strips]
    assert told == ["newest, at 3  cost 1.564298", "accuracy 0.750000"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.564298, "1.564298"),
        (9852.556641, "9852.556641"),
        (-0.5551, "-0.555100"),
        (0.0, "0"),
        (0.0001, "0.000100"),
        (0.00001234567, "1.234567e-05"),
        (123456.0, "1.234560e+05"),
        (nan, "nan"),
        (-inf, "-inf"),
    ],
)
def test_a_number_reads_as_the_lessons_print_it(value: float, text: str) -> None:
    assert format_reading(value) == text


def test_where_only_another_run_has_come_to_its_value_stands_alone() -> None:
    curves = reduce_series([COST], CurveRequest(EVERY_VALUE, cursor=40))
    other = RunReading("lr 0.1", 1, Reading(40, 0.5, is_exact=True))

    [line] = draw_readings(curves, 60, DARK, runs=[other])

    assert line.text.startswith("at 40  ")
    assert line.text.rstrip().endswith("lr 0.1 0.500000")
    assert "cost" not in line.text
