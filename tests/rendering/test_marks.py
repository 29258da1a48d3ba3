"""Marks on a curve where the learner has changed something in its run."""

from __future__ import annotations

import numpy as np
import pytest
from curves import WHOLE, draw, lines, plane, snapshot

from engine.protocol.frame import CurveRequest
from tui.plots.curve import CurveDrawing
from tui.plots.marks import ASCII_LINE, LINE, CurveMark, with_marks
from tui.rendering.palette import DARK

LATER = CurveMark(60, "lr", "0.1", "0.2")


def marked(
    *marks: CurveMark, width: int = 60, in_ascii: bool = False, request: CurveRequest = WHOLE
) -> CurveDrawing:
    falling = snapshot("cost", np.linspace(9, 1, 100))
    drawing = draw(falling, width=width, in_ascii=in_ascii, request=request)
    after = with_marks(drawing, marks, DARK, in_ascii=in_ascii)
    assert [strip.cell_length for strip in after.strips] == [width] * len(drawing.strips)
    return after


def columns_of(drawing: CurveDrawing, line: str = LINE) -> set[int]:
    return {
        drawing.left + at
        for row in plane(drawing)[1:]
        for at, character in enumerate(row)
        if character == line
    }


def test_a_line_stands_at_the_iteration_of_a_change_and_says_what_it_was_and_is() -> None:
    drawing = marked(LATER)

    assert columns_of(drawing) == {drawing.cell_of(60)}
    assert f"{LINE}lr 0.1→0.2 " in plane(drawing)[0]


def test_the_curve_stands_before_the_line() -> None:
    cell = marked().cell_of(60)
    assert cell is not None

    before = [strip.crop(cell, cell + 1).text for strip in marked().strips]
    after = [strip.crop(cell, cell + 1).text for strip in marked(LATER).strips]

    assert all(new == old for old, new in zip(before, after, strict=True) if old.strip())


def test_axes_legend_and_the_place_of_the_curve_stay() -> None:
    plain, drawing = marked(), marked(LATER)

    assert lines(drawing)[0] == lines(plain)[0]
    assert lines(drawing)[-2:] == lines(plain)[-2:]
    assert drawing.position_at(30) == plain.position_at(30)


def test_words_that_have_no_room_on_the_right_stand_on_the_left() -> None:
    drawing = marked(CurveMark(98, "lr", "0.1", "0.2"))

    assert f"lr 0.1→0.2{LINE}" in plane(drawing)[0]


def test_of_several_changes_each_has_its_words_where_they_fit() -> None:
    drawing = marked(CurveMark(20, "lr", "0.1", "0.2"), CurveMark(60, "lr", "0.2", "0.5"))

    assert f"{LINE}lr 0.1→0.2" in plane(drawing)[0]
    assert f"{LINE}lr 0.2→0.5" in plane(drawing)[0]
    assert len(columns_of(drawing)) == 2


def test_of_crowded_changes_the_older_ones_say_less() -> None:
    marks = [CurveMark(at, "momentum", "0.5", "0.9") for at in range(60, 90, 4)]

    top = plane(marked(*marks))[0]

    assert top.count(LINE) == len(marks)
    assert "momentum 0.5→0.9" in top


def test_changes_at_one_place_are_told_as_one() -> None:
    drawing = marked(LATER, CurveMark(60, "lr", "0.2", "0.5"), CurveMark(60, "p", "", "3"))

    assert "lr 0.1→0.5, p=3" in plane(drawing)[0]


def test_a_change_that_assigns_nothing_is_told_by_its_text() -> None:
    assert f"{LINE}model.eval()" in plane(marked(CurveMark(60, "model.eval()", "", "")))[0]


def test_wide_letters_take_two_cells() -> None:
    drawing = marked(CurveMark(60, "학습률", "0.1", "0.2"))

    assert f"{LINE}학습률 0.1→0.2" in plane(drawing)[0]


@pytest.mark.parametrize("width", range(16, 40, 3))
def test_no_width_is_too_small(width: int) -> None:
    marked(LATER, CurveMark(90, "학습률", "0.1", "0.2"), width=width)


def test_in_ascii_the_line_and_its_words_are_ascii() -> None:
    drawing = marked(LATER, in_ascii=True)

    assert columns_of(drawing, ASCII_LINE) == {drawing.cell_of(60)}
    assert "lr 0.1->0.2" in plane(drawing)[0]
    assert all(line.isascii() for line in lines(drawing))


def test_what_is_zoomed_away_has_no_line() -> None:
    drawing = marked(CurveMark(10, "lr", "0.1", "0.2"), request=CurveRequest(1 << 40, zoom=0.25))

    assert columns_of(drawing) == set()


def test_a_sentence_in_place_of_a_curve_has_no_marks() -> None:
    drawing = draw(snapshot("cost", []))

    assert with_marks(drawing, [LATER], DARK, in_ascii=False) is drawing
