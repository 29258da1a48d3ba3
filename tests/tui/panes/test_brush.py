"""The brush: soft strokes, as wide as those of MNIST, on any size of canvas."""

from __future__ import annotations

import numpy as np
import pytest

from tui.panes.brush import erased, painted


def test_a_dot_is_full_in_its_pixel_and_half_in_those_beside_it() -> None:
    pixels = painted(np.zeros((5, 5)), (2, 2), (2, 2))

    assert pixels[2].tolist() == [0, 0.5, 1, 0.5, 0]
    assert pixels[:, 2].tolist() == [0, 0.5, 1, 0.5, 0]
    assert pixels[1, 1] == pytest.approx(1.5 - 2**0.5)


@pytest.mark.parametrize("end", [(10, 2), (2, 10), (10, 10), (4, 9)])
def test_a_stroke_is_about_two_pixels_wide_in_every_direction(end: tuple[int, int]) -> None:
    pixels = painted(np.zeros((13, 13)), (2, 2), end)
    length = np.hypot(end[0] - 2, end[1] - 2)

    without_its_ends = pixels.sum() - painted(np.zeros((13, 13)), (2, 2), (2, 2)).sum()

    assert without_its_ends / length == pytest.approx(2, abs=0.15)


def test_a_stroke_between_two_rows_is_full_in_both() -> None:
    pixels = painted(np.zeros((4, 3)), (1.5, 0), (1.5, 2))

    assert pixels[:, 1].tolist() == [0, 1, 1, 0]


def test_a_second_stroke_makes_nothing_lighter_or_more_than_full() -> None:
    once = painted(np.zeros((5, 5)), (2, 2), (2, 2))

    twice = painted(once, (2, 3), (2, 3))

    assert (twice >= once).all()
    assert twice.max() == 1


def test_the_eraser_takes_away_what_the_same_stroke_laid() -> None:
    full = np.ones((5, 5))

    pixels = erased(full, (2, 2), (2, 2))

    assert pixels[2].tolist() == [1, 0.5, 0, 0.5, 1]


def test_the_eraser_leaves_nothing_of_the_same_stroke() -> None:
    stroke = (1.25, 0.5), (3.75, 4.25)
    inked = painted(np.zeros((5, 5)), *stroke)

    assert erased(inked, *stroke).sum() == 0


def test_a_stroke_beyond_the_edge_paints_what_is_inside() -> None:
    pixels = painted(np.zeros((3, 3)), (1, -5), (1, 9))

    assert pixels[1].tolist() == [1, 1, 1]


def test_the_pixels_given_stay_as_they_were() -> None:
    before = np.zeros((3, 3))

    painted(before, (1, 1), (1, 1))

    assert before.sum() == 0
