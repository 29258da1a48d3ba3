from __future__ import annotations

import numpy as np
import pytest
from curves import WHOLE, colours, draw, labels, lines, lit_columns, plane, snapshot

from engine.protocol.frame import EVERY_VALUE, CurveRequest, SeriesSnapshot
from engine.protocol.reduction import reduce_series
from tui.plots.curve import draw_curve
from tui.rendering.palette import DARK

LOGARITHMIC = CurveRequest(EVERY_VALUE, is_logarithmic=True)


def test_a_falling_cost_goes_from_upper_left_to_lower_right() -> None:
    rows = plane(draw(snapshot("cost", np.linspace(9, 1, 50))))

    assert rows[0][0] != " "
    assert rows[-1][-1] != " "
    assert rows[0][-1] == rows[-1][0] == " "


def test_positions_on_the_axis_are_whole_numbers() -> None:
    axis = lines(draw(snapshot("cost", np.linspace(9, 1, 100))))[-1].removeprefix("iteration")

    assert axis.split() == ["20", "40", "60", "80", "100"]


def test_a_single_value_is_one_mark_midway() -> None:
    rows = "".join(plane(draw(snapshot("cost", [3.2]))))

    assert rows.replace(" ", "") == "●"


def test_a_series_that_never_moves_is_a_line_with_its_value_between_labels() -> None:
    drawing = draw(snapshot("cost", [1.5] * 20))

    assert sum(1 for row in plane(drawing) if row.strip()) == 1
    assert float(labels(drawing)[0]) > 1.5 > float(labels(drawing)[-1])


@pytest.mark.parametrize(
    "values",
    [
        [1e30, 1, 1e-30],
        [-1e30, 1e30],
        [1.7e308, -1.7e308, 0],
        [5e-324, 0],
        [-200, -1],
        [29661.8, 1.564298],
        [0.6931471, 0.6931473],
        [-2e-5, 2e-5],
        [1e9, 1e9 + 1000],
    ],
)
@pytest.mark.parametrize("request_", [WHOLE, LOGARITHMIC], ids=["linear", "log"])
def test_any_range_gets_short_labels(values: list[float], request_: CurveRequest) -> None:
    drawing = draw(snapshot("cost", values), request=request_)

    if drawing.width:
        assert len(labels(drawing)) >= 2
        assert max(map(len, labels(drawing))) <= 12
    else:
        assert max(values) <= 0


def test_an_axis_that_comes_near_zero_reaches_it() -> None:
    drawing = draw(snapshot("cost", np.linspace(29661.8, 1.564298, 50)))

    assert labels(drawing)[-1] == "0"


def test_series_that_begin_at_different_positions_share_one_axis() -> None:
    cost = snapshot("cost", np.linspace(9, 1, 100))
    accuracy = snapshot("accuracy", [5, 6], positions=[50, 100])

    drawing = draw(accuracy, cost)

    assert (drawing.first, drawing.last) == (1, 100)
    assert lit_columns(drawing)[0]


def test_values_that_are_not_finite_are_a_gap() -> None:
    values = np.full(300, 2.0)
    values[100:200] = [np.nan, np.inf] * 50

    lit = lit_columns(draw(snapshot("cost", [*values, 1.0])))

    assert lit[0]
    assert lit[-1]
    assert not any(lit[len(lit) * 4 // 10 : len(lit) * 6 // 10])


def test_infinity_does_not_stretch_the_axis() -> None:
    drawing = draw(snapshot("cost", [1.0, 2.0, np.inf, -np.inf, 3.0]))

    assert float(labels(drawing)[0]) <= 4


def test_a_series_without_a_finite_value_is_a_sentence() -> None:
    drawing = draw(snapshot("비용", [np.inf, np.nan]))

    assert lines(drawing)[:2] == [
        "비용: every value here is nan or infinite. 비용 is infinite",
        "from iteration 1 on, and nan from 2 on.",
    ]
    assert drawing.position_at(10) is None


def test_no_values_is_a_sentence() -> None:
    assert lines(draw())[0] == "No values yet: the curve begins with the first one."
    assert lines(draw(snapshot("cost", [])))[0] == lines(draw())[0]


def test_too_little_room_is_a_sentence_within_that_room() -> None:
    drawing = draw_curve(reduce_series([snapshot("cost", [1, 2])], WHOLE), 10, 3, DARK)

    assert [strip.text.rstrip() for strip in drawing.strips] == [
        "Too little",
        "room for a",
        "curve.",
    ]


def test_a_log_scale_leaves_out_what_is_not_above_zero_and_says_so() -> None:
    values = [100.0] * 40 + [-1.0] * 40 + [1.0] * 40

    drawing = draw(snapshot("cost", values), request=LOGARITHMIC)

    middle = drawing.left + drawing.width // 2
    assert lines(drawing)[-1] == "Values at or below 0 are left out (log scale)."
    assert {strip.text[middle] for strip in drawing.strips[1:-3]} == {" "}


def test_a_log_scale_makes_a_line_of_an_exponential() -> None:
    values = 10.0 ** np.linspace(5, 0, 200)

    drawing = draw(snapshot("cost", values), request=LOGARITHMIC)

    middle = [row[drawing.width // 2] for row in plane(drawing)]
    lit = [index for index, character in enumerate(middle) if character != " "]
    assert abs(lit[0] - len(middle) / 2) <= 1
    assert {"10k", "1000", "100"} & set(labels(drawing))


def test_a_log_scale_without_anything_above_zero_is_a_sentence() -> None:
    drawing = draw(snapshot("cost", [0, -1]), request=LOGARITHMIC)

    assert lines(drawing)[0].startswith("No value here is above 0")


def test_two_series_have_two_colours_and_two_marks() -> None:
    drawing = draw(snapshot("비용", np.linspace(9, 1, 50)), snapshot("정확도", [5.0] * 50))

    text = "".join(plane(drawing))
    assert {DARK.series[0], DARK.series[1]} <= colours(drawing)
    assert "●" in text
    assert "▲" in text
    assert lines(drawing)[0] == " ● 비용 ▲ 정확도"


def test_marks_of_different_series_stand_in_different_columns() -> None:
    drawing = draw(snapshot("cost", [1.0] * 50), snapshot("accuracy", [5.0] * 50))

    upper, lower = (row for row in plane(drawing) if row.strip())
    columns = [{n for n, cell in enumerate(row) if cell in "●▲"} for row in (upper, lower)]
    assert columns[0]
    assert columns[1]
    assert not columns[0] & columns[1]


def test_a_series_keeps_its_colour_while_others_begin() -> None:
    accuracy = snapshot("accuracy", np.linspace(0, 1, 50))

    drawing = draw(snapshot("cost", []), accuracy)

    assert DARK.series[1] in colours(drawing)


def test_a_series_that_was_rejected_says_why() -> None:
    empty = snapshot("loss", [])
    fields = {name: getattr(empty, name) for name in SeriesSnapshot.__slots__}
    rejected = SeriesSnapshot(**{**fields, "rejected": "a str, not a number"})

    assert lines(draw(rejected))[0] == "loss is a str, not a number."


def test_names_of_several_curves_keep_their_marks_where_there_is_no_room_for_all() -> None:
    names = ("SGD_cost", "Nesterov_cost", "Adam_cost")
    several = [snapshot(name, [1.0, 2.0]) for name in names]

    assert lines(draw(*several, width=36))[0] == " ● SGD_cost ▲ Nesterov_… ■ Adam_cost"
    assert lines(draw(*several, width=40))[0] == " ● SGD_cost ▲ Nesterov_cost ■ Adam_cost"
