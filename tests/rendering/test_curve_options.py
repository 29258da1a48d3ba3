from __future__ import annotations

import re

import numpy as np
import pytest
from curves import WIDTH, colours, draw, labels, lines, plane, snapshot

from engine.protocol.frame import EVERY_VALUE, CurveRequest
from tui.rendering.palette import DARK


def test_zoom_shows_the_last_part_and_its_bounds() -> None:
    values = [*np.linspace(1000, 2, 90), *np.linspace(2, 1, 10)]

    drawing = draw(snapshot("cost", values), request=CurveRequest(EVERY_VALUE, zoom=0.1))

    assert (drawing.first, drawing.last) == (90, 100)
    assert float(labels(drawing)[0]) < 3
    assert "last 10%" in lines(drawing)[0]


@pytest.mark.parametrize("in_ascii", [False, True])
def test_the_cursor_stands_where_its_position_is_drawn(in_ascii: bool) -> None:
    request = CurveRequest(EVERY_VALUE, cursor=700)

    drawing = draw(snapshot("cost", [*[1.0] * 999, 0.0]), request=request, in_ascii=in_ascii)

    cell = drawing.cell_of(700)
    assert cell is not None
    assert drawing.strips[5].text[cell] == ("|" if in_ascii else "│")


def test_a_cursor_outside_the_shown_part_is_not_drawn() -> None:
    request = CurveRequest(EVERY_VALUE, cursor=3, zoom=0.5)

    drawing = draw(snapshot("cost", [*[1.0] * 99, 0.0]), request=request)

    assert "│" not in "".join(plane(drawing))


def test_each_cell_leads_back_to_itself() -> None:
    drawing = draw(snapshot("cost", np.linspace(9, 1, 5000)))

    for cell in range(drawing.left, WIDTH):
        position = drawing.position_at(cell)
        assert position is not None
        assert drawing.cell_of(position) == cell


def test_each_position_leads_back_to_itself() -> None:
    drawing = draw(snapshot("cost", np.linspace(9, 1, 20)))

    for position in range(1, 21):
        cell = drawing.cell_of(position)
        assert cell is not None
        assert drawing.position_at(cell) == position


def test_what_lies_beside_the_curve_has_no_position() -> None:
    drawing = draw(snapshot("cost", np.linspace(9, 1, 20)))

    assert drawing.position_at(drawing.left - 1) is None
    assert drawing.position_at(WIDTH) is None
    assert drawing.cell_of(0) is drawing.cell_of(21) is None


def test_smoothing_draws_the_average_bright_over_the_dim_values() -> None:
    values = [1.0, 0.0] * 50

    bare = draw(snapshot("cost", values))
    smooth = draw(snapshot("cost", values), request=CurveRequest(EVERY_VALUE, smoothing=0.9))

    assert DARK.series[0] in colours(bare) & colours(smooth)
    assert len(colours(smooth)) == len(colours(bare)) + 1


def test_ascii_is_ascii_and_tells_series_apart() -> None:
    series = snapshot("cost", np.linspace(9, 1, 50)), snapshot("accuracy", [5.0] * 50)
    request = CurveRequest(EVERY_VALUE, smoothing=0.5, cursor=25, is_logarithmic=True)

    drawing = draw(*series, request=request, in_ascii=True)

    text = "\n".join(lines(drawing))
    assert text.isascii()
    assert "*" in text
    assert "+" in "".join(row[10:] for row in plane(drawing))


@pytest.mark.parametrize("smoothing", [-0.1, 1.0])
def test_a_smoothing_that_is_no_weight_is_refused(smoothing: float) -> None:
    with pytest.raises(ValueError, match=re.escape(str(smoothing))):
        CurveRequest(EVERY_VALUE, smoothing=smoothing)


@pytest.mark.parametrize("zoom", [0.0, 1.5])
def test_a_zoom_that_is_no_fraction_is_refused(zoom: float) -> None:
    with pytest.raises(ValueError, match=re.escape(str(zoom))):
        CurveRequest(EVERY_VALUE, zoom=zoom)


def test_a_curve_without_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="columns is 0"):
        CurveRequest(0)
