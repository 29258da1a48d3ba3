"""Curves as SVG: every value is a point of a line, and axes, names and words say what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from markup import Markup

from engine.loops.recorder import Recorder
from engine.protocol.frame import SeriesSnapshot
from tui.exporting.colours import PageColours, alone
from tui.exporting.curves import curves_svg, notes_of, shown_series, wants_log_scale
from tui.language.catalogue import as_written

_POINT = re.compile(r"[ML](-?[\d.]+) (-?[\d.]+)")


def series_of(values: Sequence[float], name: str = "cost") -> SeriesSnapshot:
    recorder = Recorder()
    for position, value in enumerate(values, 1):
        recorder.record(name, position, value)
    return recorder.snapshot()[0]


def drawn(*series: SeriesSnapshot, is_logarithmic: bool = False) -> Markup:
    return Markup(curves_svg(series, as_written, title="Falling", is_logarithmic=is_logarithmic))


def points_of(curve: dict[str, str]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in _POINT.findall(curve["d"])]


def lines_of(markup: Markup) -> list[dict[str, str]]:
    """The lines of values; those of the legend are drawn by `h`."""
    return [one for one in markup.all("path", "line") if "h20" not in one["d"]]


def test_a_curve_goes_through_each_of_its_values() -> None:
    (line,) = lines_of(drawn(series_of([8.0, 4.0, 2.0, 1.0])))

    points = points_of(line)
    across = [x for x, _ in points]
    heights = [y for _, y in points]
    assert len(points) == 4
    assert np.allclose(np.diff(across), np.diff(across)[0], atol=0.11)
    # Each value is half the one before, so each way down is half the one before.
    assert np.allclose(np.diff(heights)[1:] * 2, np.diff(heights)[:-1], atol=0.3)


def test_a_few_values_are_marked_one_by_one() -> None:
    markup = drawn(series_of([8.0, 4.0, 2.0]))

    assert len(markup.all("circle", "dot")) == 3


def test_a_long_curve_keeps_its_spike() -> None:
    values = [1.0] * 5_000
    values[2_345] = 100.0

    (line,) = lines_of(drawn(series_of(values)))

    highest = min(y for _, y in points_of(line))
    lowest = max(y for _, y in points_of(line))
    assert lowest - highest > 150


def test_a_line_is_broken_where_a_value_is_no_number() -> None:
    series = series_of([4.0, 3.0, float("nan"), 2.0, 1.0])

    (line,) = lines_of(drawn(series))

    assert line["d"].count("M") == 2
    assert notes_of([series], as_written) == ["cost is nan at times, first at iteration 3."]


def test_a_logarithmic_scale_makes_halving_a_straight_line() -> None:
    series = series_of([2.0**-power for power in range(20)])

    (line,) = lines_of(drawn(series, is_logarithmic=True))

    heights = [y for _, y in points_of(line)]
    assert np.allclose(np.diff(heights), np.diff(heights)[0], atol=0.11)
    assert wants_log_scale([series])
    assert not wants_log_scale([series_of([3.0, 2.0, 1.0])])
    assert not wants_log_scale([series_of([1000.0, 1.0, -1.0])])


def test_who_does_not_see_a_curve_is_told_of_it() -> None:
    cost, error = series_of([8.0, 1.0, 4.0]), series_of([0.5, 0.25], "error")
    markup = drawn(cost, error, series_of([2.0], "loss"))

    assert markup.all("svg")[0]["role"] == "img"
    assert "Falling" in markup.text
    assert "cost: 3 values, lowest 1, highest 8, at the end 4." in markup.text
    assert "error: 2 values, lowest 0.25, highest 0.5, at the end 0.25." in markup.text
    assert "loss: 1 value, 2." in markup.text


def test_names_of_many_curves_stand_in_rows() -> None:
    many = [series_of([2.0, 1.0], f"a_name_of_some_length_{at}") for at in range(8)]

    markup = drawn(*many)

    names = markup.all("text", "name")
    assert len({one["y"] for one in names}) > 1
    assert max(float(one["x"]) for one in names) < 520


def test_nothing_is_drawn_of_values_that_are_none() -> None:
    assert curves_svg([series_of([float("nan")] * 3)], as_written, title="") == ""
    assert curves_svg([], as_written, title="") == ""


def test_one_value_is_no_curve() -> None:
    assert shown_series([series_of([1.0])]) == []


@pytest.mark.parametrize("name", ["<script>", "비용 & 오차"])
def test_names_are_shown_as_they_are_written(name: str) -> None:
    markup = drawn(series_of([2.0, 1.0], name))

    assert name in markup.text
    assert markup.all("script") == []


def test_an_image_alone_brings_its_styles() -> None:
    image = alone(curves_svg([series_of([2.0, 1.0])], as_written, title="Falling"), PageColours())

    assert image.startswith("<svg ")
    assert "prefers-color-scheme: dark" in image
    Markup(image)
