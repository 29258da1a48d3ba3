"""The dots that the line of a curve lights, whatever width its columns were made for."""

from __future__ import annotations

import numpy as np
import pytest
from curves import values_at

from engine.protocol.frame import EVERY_VALUE, Columns
from engine.protocol.reduction import Samples, reduce_to_columns
from tui.plots.dots import Dots, rasterise


def columns_of(samples: Samples, width: int = EVERY_VALUE) -> Columns:
    return reduce_to_columns(samples, 1, len(samples.positions), width)


def test_a_spike_lights_dots_from_bottom_to_top() -> None:
    values = [1.0] * 50 + [9.0] + [1.0] * 49
    dots = rasterise(columns_of(values_at(*values)), (1, 100), (1.0, 9.0), 20, 8)

    assert dots.any(axis=0).all()
    assert dots[:, 10].all() or dots[:, 9].all()


def test_a_line_has_no_hole_between_far_points() -> None:
    dots = rasterise(columns_of(values_at(0.0, 100.0)), (1, 2), (0.0, 100.0), 30, 40)

    assert dots.any(axis=0).all()
    assert dots.any(axis=1).all()


def test_a_gap_is_not_bridged() -> None:
    columns = columns_of(values_at(1.0, 1.0, np.nan, 1.0, 1.0))

    dots = rasterise(columns, (1, 5), (0.0, 2.0), 41, 4)

    assert np.flatnonzero(dots.any(axis=0)).tolist() == [*range(11), *range(30, 41)]


@pytest.mark.parametrize("drawn", [1, 31, 90, 100, 140])
def test_few_values_are_drawn_alike_whatever_width_they_were_reduced_for(drawn: int) -> None:
    samples = values_at(*np.random.default_rng(0).random(40))

    exact, reduced = (
        rasterise(columns_of(samples, made_for), (1, 40), (0.0, 1.0), drawn, 16)
        for made_for in (EVERY_VALUE, 100)
    )

    np.testing.assert_array_equal(reduced, exact)


@pytest.mark.parametrize("drawn", [31, 90, 99, 100])
def test_many_values_reduced_for_a_wider_pane_are_drawn_at_most_one_column_off(drawn: int) -> None:
    samples = values_at(*np.random.default_rng(0).random(5000))

    exact, reduced = (
        rasterise(columns_of(samples, made_for), (1, 5000), (0.0, 1.0), drawn, 16)
        for made_for in (EVERY_VALUE, 100)
    )

    assert not (exact & ~widened(reduced)).any()
    assert not (reduced & ~widened(exact)).any()


def test_many_values_reduced_for_a_narrower_pane_leave_no_column_empty() -> None:
    columns = columns_of(values_at(*np.random.default_rng(0).random(5000)), 100)

    dots = rasterise(columns, (1, 5000), (0.0, 1.0), 140, 16)

    assert dots.any(axis=0).all()


def widened(dots: Dots) -> Dots:
    """The dots and those beside them."""
    padded = np.pad(dots, ((0, 0), (1, 1)))
    return padded[:, :-2] | padded[:, 1:-1] | padded[:, 2:]
