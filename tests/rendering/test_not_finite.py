from __future__ import annotations

from math import inf, nan

import pytest
from curves import WHOLE, draw, labels, lines, plane, snapshot

from engine.protocol.reduction import reduce_series
from tui.language.catalogue import as_written, translator
from tui.plots.not_finite import not_finite_words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([3.0, nan, nan], "cost is nan from iteration 2 on."),
        ([3.0, 1e300, inf, inf], "cost is infinite from iteration 3 on."),
        ([3.0, -inf, nan, nan], "cost is infinite from iteration 2 on, and nan from 3 on."),
        ([3.0, nan, inf, nan], "cost is nan or infinite from iteration 2 on."),
        ([nan, nan], "cost is nan from iteration 1 on."),
        ([3.0, nan, 2.0], "cost is nan at times, first at iteration 2."),
        ([3.0, 2.0, inf, 1.0], "cost is infinite at times, first at iteration 3."),
        ([inf, nan, 1.0, nan], "cost is nan or infinite at times, first at iteration 1."),
        ([3.0, 2.0], ""),
        ([], ""),
    ],
)
def test_the_kind_of_value_and_where_it_began_are_said(values: list[float], words: str) -> None:
    [curve] = reduce_series([snapshot("cost", values)], WHOLE)

    assert not_finite_words(curve, as_written) == words


def test_korean_says_it_too() -> None:
    [curve] = reduce_series([snapshot("비용", [1.0, inf, nan])], WHOLE)

    words = not_finite_words(curve, translator("ko"))

    assert words == "비용: 2번째 반복부터 무한대, 3번째 반복부터 nan입니다."


def test_it_stands_under_the_curve_and_the_curve_above_it() -> None:
    drawing = draw(snapshot("cost", [9.0, 5.0, 4.0, nan]))

    assert lines(drawing)[-1] == "cost is nan from iteration 4 on."
    assert labels(drawing) == ["9.0", "7.5", "6.0", "4.5"]
    assert "".join(plane(drawing)).strip()


def test_of_several_series_each_is_said_and_the_curves_keep_their_room() -> None:
    series = [snapshot(name, [2.0, 1.0, nan]) for name in ("cost", "loss", "error", "비용")]

    drawing = draw(*series)

    told = [line for line in lines(drawing) if "is nan" in line]
    assert told == [f"{name} is nan from iteration 3 on." for name in ("cost", "loss", "error")]


def test_a_cost_that_grows_until_it_overflows_keeps_readable_labels() -> None:
    growing = [10.0**power for power in range(0, 39, 2)]

    drawing = draw(snapshot("cost", [*growing, inf, nan]))

    assert labels(drawing) == ["9e37", "6e37", "3e37", "0"]
    assert lines(drawing)[-1].startswith("cost is infinite from iteration 21 on, and nan from 22")
