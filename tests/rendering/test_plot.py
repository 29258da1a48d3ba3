"""The plane of curves as plotext draws it: lines, gaps, marks, and what stands in one row."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from curves import WIDTH, draw, lines, lit_columns, plane, snapshot
from rich.segment import Segment
from textual.strip import Strip

from engine.protocol.curves import Shape
from engine.protocol.frame import EVERY_VALUE, CurveRequest
from engine.protocol.reduction import reduce_series
from tui.language.catalogue import translator
from tui.plots.curve import CurveDrawing, draw_curve
from tui.plots.plot import name_among_labels
from tui.plots.positions import position_ticks
from tui.rendering.palette import DARK

TALL = 20
EMPTY = " ⠀"


def drawn(
    values: list[float], columns: int = EVERY_VALUE, height: int = TALL, *, in_ascii: bool = False
) -> CurveDrawing:
    curves = reduce_series([snapshot("cost", values)], CurveRequest(columns))
    return draw_curve(curves, WIDTH, height, DARK, in_ascii=in_ascii)


def lit_cells(drawing: CurveDrawing) -> np.ndarray:
    """Which cells of the plane have something in them, shape [rows, columns]."""
    return np.array([[cell not in EMPTY for cell in row] for row in plane(drawing)])


def test_a_spike_reaches_from_bottom_to_top() -> None:
    drawing = draw(snapshot("cost", [*[1.0] * 500, 9.0, *[1.0] * 499]))

    spike = lit_cells(drawing).sum(axis=0).max()
    assert spike >= len(plane(drawing)) - 3


def test_a_line_has_no_hole_between_far_points() -> None:
    cells = lit_cells(drawn([0.0, 100.0]))

    assert cells.any(axis=0).all()
    assert cells.any(axis=1).all()


def test_a_gap_is_not_bridged() -> None:
    drawing = draw(snapshot("cost", [1.0, 1.0, nan, 1.0, 1.0]))

    lit = np.array(lit_columns(drawing))
    first, second = np.flatnonzero(np.diff(lit.astype(int)))
    assert (first + 1) / drawing.width == pytest.approx(0.25, abs=0.05)
    assert (second + 1) / drawing.width == pytest.approx(0.75, abs=0.05)


@pytest.mark.parametrize("columns", [40, 100, 140])
def test_few_values_are_drawn_alike_whatever_width_they_were_reduced_for(columns: int) -> None:
    values = np.random.default_rng(0).random(20).tolist()

    assert lines(drawn(values, columns)) == lines(drawn(values))


def test_many_values_reduced_for_a_narrower_pane_leave_no_column_empty() -> None:
    drawing = drawn(np.random.default_rng(0).random(5000).tolist(), columns=50)

    assert all(lit_columns(drawing))


@pytest.mark.parametrize("in_ascii", [False, True])
def test_a_value_stands_in_the_row_of_its_tick(in_ascii: bool) -> None:
    drawing = drawn([0.0, *[40.0] * 30, *[60.0] * 30, 100.0], in_ascii=in_ascii)

    rows = {strip.text[:5].strip(): strip.text[drawing.left :] for strip in drawing.strips}
    for value, share in (("40", 0.25), ("60", 0.75)):
        assert rows[value][int(share * drawing.width)] not in EMPTY


def test_the_mark_of_a_curve_stands_on_its_line() -> None:
    drawing = draw(snapshot("cost", [3.7] * 50), snapshot("accuracy", np.linspace(0, 9, 50)))

    [row] = [row for row in plane(drawing) if "●" in row]
    assert row.count("●") >= 3
    assert all(row[at - 1] not in EMPTY for at, cell in enumerate(row) if at and cell == "●")


def test_a_curve_that_ended_before_the_shown_part_is_in_the_legend_alone() -> None:
    request = CurveRequest(EVERY_VALUE, zoom=0.1)

    drawing = draw(snapshot("a", [1.0]), snapshot("b", [5.0] * 99), request=request)

    assert lines(drawing)[0].split()[:4] == ["●", "a", "▲", "b"]
    assert "●" not in "".join(plane(drawing))


def test_one_drawing_leaves_nothing_in_the_next() -> None:
    fresh = lines(drawn([3.0, 2.0, 1.0]))

    request = CurveRequest(EVERY_VALUE, cursor=50, smoothing=0.9, is_logarithmic=True)
    draw(snapshot("비용", np.linspace(9, 1, 100)), snapshot("b", [5.0] * 9), request=request)

    assert lines(drawn([3.0, 2.0, 1.0])) == fresh


def test_a_tall_drawing_names_its_axes() -> None:
    assert lines(drawn([3.0, 2.0, 1.0]))[-1].split() == ["cost", "iteration"]


def test_a_low_drawing_names_positions_among_their_labels() -> None:
    rows = lines(drawn([3.0, 2.0, 1.0] * 33, height=13))

    assert rows[-1].split() == ["iteration", "20", "40", "60", "80"]
    assert "┬" in rows[-2]


def test_a_name_that_finds_no_room_among_labels_is_left_out() -> None:
    labels = Strip([Segment("   10   20   30")])

    assert name_among_labels(labels, "iteration", DARK).text == labels.text
    assert name_among_labels(labels, "it", DARK).text == "it 10   20   30"


def test_names_in_korean_keep_the_drawing_as_wide_as_its_pane() -> None:
    curves = reduce_series([snapshot("비용", [3.0, 2.0, 1.0])], CurveRequest(EVERY_VALUE))

    drawing = draw_curve(curves, WIDTH, TALL, DARK, translator("ko"))

    last = drawing.strips[-1]
    assert last.text.split() == ["비용", "반복"]
    assert "\u200b" not in last.text
    assert {strip.cell_length for strip in drawing.strips} == {WIDTH}


@pytest.mark.parametrize("width", [34, 35, 36, 40, 58])
@pytest.mark.parametrize("last", [12, 100, 150, 250, 300, 400, 1500, 5000])
def test_each_label_of_the_positions_has_its_room(width: int, last: int) -> None:
    curves = reduce_series([snapshot("cost", [1.0] * last)], CurveRequest(10))

    drawing = draw_curve(curves, width, 8, DARK)

    said = [tick.label for tick in position_ticks(1, last, drawing.width)]
    assert lines(drawing)[-1].replace("iteration", "").split() == said


def test_noise_on_a_large_pane_is_drawn_from_as_few_points_as_on_a_small_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import plotext

    given: list[int] = []
    plot = type(plotext.main()).plot

    def counting(figure: object, positions: list[float], *rest: object, **options: object) -> None:
        given.append(len(positions))
        plot(figure, positions, *rest, **options)

    monkeypatch.setattr(type(plotext.main()), "plot", counting)
    noise = snapshot("cost", np.random.default_rng(0).random(20_000))
    smoothed = CurveRequest(EVERY_VALUE, smoothing=0.9)

    draw_curve(reduce_series([noise] * 4, smoothed), 190, 50, DARK)

    assert len(given) == 8
    assert sum(given) < 700


def with_prediction(
    shape: Shape, request: CurveRequest, values: list[float], *, in_ascii: bool = False
) -> CurveDrawing:
    curves = reduce_series([snapshot("cost", values)], request)
    return draw_curve(curves, WIDTH, TALL, DARK, predicted={"cost": shape}, in_ascii=in_ascii)


FALLING = np.geomspace(100, 1, 50).tolist()


@pytest.mark.parametrize("is_logarithmic", [False, True])
def test_a_predicted_shape_is_dots_behind_the_curve(is_logarithmic: bool) -> None:
    request = CurveRequest(EVERY_VALUE, is_logarithmic=is_logarithmic)

    drawing = with_prediction(Shape.DIVERGES, request, FALLING, in_ascii=True)

    rows = [row for row in plane(drawing) if row.strip()]
    assert "predicted" in lines(drawing)[0]
    assert ":" in rows[0][-5:] + rows[1][-5:]
    assert "*" in rows[0][:5] + rows[1][:5]
    assert "*" in rows[-1][-5:] + rows[-2][-5:]


def test_a_part_of_a_curve_is_seen_without_the_predicted_shape() -> None:
    request = CurveRequest(EVERY_VALUE, zoom=0.5)

    drawing = with_prediction(Shape.DIVERGES, request, FALLING)

    assert "predicted" not in lines(drawing)[0]


def test_a_curve_that_never_moves_has_no_predicted_shape_behind_it() -> None:
    drawing = with_prediction(Shape.BOUNCES, CurveRequest(EVERY_VALUE), [1.5] * 20)

    assert "predicted" not in lines(drawing)[0]
