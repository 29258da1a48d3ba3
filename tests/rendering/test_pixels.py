"""The pixels of a canvas, as half blocks and as characters."""

from __future__ import annotations

import numpy as np
import pytest
from textual.strip import Strip

from tui.plots.pixels import PixelGrid, draw_pixels, fitting_grid
from tui.rendering.palette import DARK, LIGHT, Palette

CROSS = np.array([[1.0, 0, 0], [0, 1, 0], [0, 1, 1], [0, 0, 0]])


def texts(strips: list[Strip]) -> list[str]:
    return [strip.text for strip in strips]


def drawn(
    pixels: np.ndarray,  # type: ignore[type-arg]
    scale: int = 1,
    pen: tuple[int, int] | None = None,
    palette: Palette = DARK,
    *,
    in_ascii: bool = False,
) -> list[Strip]:
    return draw_pixels(pixels, PixelGrid(*pixels.shape, scale), pen, palette, in_ascii=in_ascii)


def test_a_cell_shows_two_pixels_and_their_ink_also_without_colours() -> None:
    assert texts(drawn(CROSS)) == ["▀▄ ", " ▀▀"]


def test_a_wider_scale_draws_each_pixel_in_two_columns_and_a_whole_row() -> None:
    assert texts(drawn(CROSS, 2)) == ["██    ", "  ██  ", "  ████", "      "]


def test_in_ascii_two_pixels_are_one_shade() -> None:
    assert texts(drawn(CROSS, in_ascii=True)) == ["== ", " =="]
    assert texts(drawn(CROSS, 2, in_ascii=True)) == ["@@    ", "  @@  ", "  @@@@", "      "]


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_full_ink_has_the_colour_of_the_text(palette: Palette) -> None:
    (strip, _) = drawn(CROSS, palette=palette)

    style = next(iter(strip)).style
    assert style is not None
    assert style.color is not None
    assert style.color.name.lower() == palette.text


def test_the_paper_stands_out_from_the_ground() -> None:
    (strip,) = drawn(np.zeros((2, 2)))

    style = next(iter(strip)).style
    assert style is not None
    assert style.bgcolor is not None
    assert style.bgcolor.name != DARK.ground


@pytest.mark.parametrize(("pen", "mark"), [((0, 1), "▀╹ "), ((1, 1), "▀╻ ")])
def test_the_pen_is_a_mark_in_its_half_of_the_cell(pen: tuple[int, int], mark: str) -> None:
    assert texts(drawn(CROSS, pen=pen))[0] == mark


def test_in_ascii_the_pen_is_no_shade() -> None:
    assert texts(drawn(CROSS, pen=(0, 2), in_ascii=True))[0] == "==X"


def test_an_odd_number_of_rows_ends_in_half_a_line() -> None:
    assert texts(drawn(np.ones((3, 2)))) == ["██", "▀▀"]


def test_values_that_are_no_shade_are_the_nearest_one() -> None:
    assert texts(drawn(np.array([[np.nan, 7.0, -3.0]] * 2))) == [" █ "]


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(28, 14, 1), (55, 40, 1), (56, 28, 2), (56, 27, 1), (90, 42, 3)]
)
def test_the_grid_is_the_largest_that_fits(width: int, height: int, scale: int) -> None:
    grid = fitting_grid((28, 28), width, height)

    assert grid.scale == scale
    assert grid.width <= width
    assert grid.height <= height


def test_a_grid_that_fits_nowhere_has_scale_one() -> None:
    assert fitting_grid((64, 64), 20, 5) == PixelGrid(64, 64, 1)


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_the_middle_of_a_pixels_cell_is_a_point_in_that_pixel(scale: int) -> None:
    grid = PixelGrid(5, 7, scale)
    for pixel in np.ndindex(5, 7):
        row, column, _ = grid.cell_of((pixel[0], pixel[1]))

        point = grid.point_at(column, row)

        assert point == pytest.approx(pixel, abs=0.5)
