"""Tensors drawn: images, heat maps, lines, bars and histograms."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from rich.color import Color
from textual.strip import Strip

from engine.protocol.tensors import TensorSnapshot
from tui.plots.pictures import draw_tensor, zero_colour
from tui.plots.tensors import draw_tensors
from tui.rendering.glyphs import ASCII
from tui.rendering.palette import DARK, LIGHT, Palette


def seen(
    window: npt.ArrayLike | None = None,
    shape: tuple[int, ...] | None = None,
    histogram: Sequence[int] | None = None,
) -> TensorSnapshot:
    """A snapshot as the engine makes it of a tensor that fits its window."""
    values = None if window is None else np.array(window, dtype=np.float64)
    finite = np.array([0.0, 1.0]) if values is None else values[np.isfinite(values)]
    if values is not None and values.ndim < 3:
        shape = shape or values.shape
        values = values.reshape(1, *np.atleast_2d(values).shape)
    return TensorSnapshot(
        name="W",
        shape=shape or (2, 2),
        dtype="float32",
        device="cpu",
        requires_grad=False,
        corner=np.zeros((1, 1)),
        changed=np.zeros((1, 1), dtype=bool),
        lowest=float(finite.min()),
        highest=float(finite.max()),
        mean=0.0,
        window=values,
        histogram=None if histogram is None else np.array(histogram),
    )


def drawn(
    tensor: TensorSnapshot, width: int = 40, height: int = 10, palette: Palette = DARK
) -> tuple[Strip, ...]:
    return draw_tensor(tensor, width, height, palette, in_ascii=False, in_characters=False)


def written(tensor: TensorSnapshot, width: int = 40, height: int = 10) -> list[str]:
    strips = draw_tensor(tensor, width, height, DARK, in_ascii=True, in_characters=True)
    return [strip.text.rstrip() for strip in strips]


def pixels(strips: Sequence[Strip]) -> list[list[Color | None]]:
    """The colours of the upper and the lower halves, row by row."""
    rows: list[list[Color | None]] = []
    for strip in strips:
        styles = [segment.style for segment in strip for _ in segment.text]
        rows.append([style.color for style in styles if style])
        rows.append([style.bgcolor for style in styles if style])
    return rows


IMAGE = np.zeros((8, 8))
IMAGE[1, 2] = 1.0


def test_an_image_has_square_pixels_from_the_ground_to_the_ink() -> None:
    strips = drawn(seen(IMAGE), 20, 4)

    rows = pixels(strips)
    assert (len(rows), len(rows[0])) == (8, 8)
    assert rows[1][2] == Color.parse(DARK.text)
    assert rows[0][0] == Color.parse(DARK.ground)


def test_an_image_fills_the_room_by_whole_pixels() -> None:
    rows = pixels(drawn(seen(IMAGE), 20, 8))

    assert (len(rows), len(rows[0])) == (16, 16)
    assert [row[4:6] for row in rows[2:4]] == [[Color.parse(DARK.text)] * 2] * 2


def test_an_image_of_three_channels_has_its_own_colours() -> None:
    colours = np.zeros((3, 8, 8))
    colours[0, 0, 0] = 1.0

    rows = pixels(drawn(seen(colours, shape=(3, 8, 8))))

    assert rows[0][0] == Color.parse("#ff0000")


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_a_heat_map_tells_signs_by_colours_and_sizes_by_their_strength(palette: Palette) -> None:
    strips = drawn(seen([[-2.0, 0.0, 2.0, 1.0]] * 2, shape=(2, 4)), 4, palette=palette)

    below, zero, above, half = pixels(strips)[0]
    ends = (palette.negative, zero_colour(palette), palette.positive)
    assert [below, zero, above] == [Color.parse(end) for end in ends]
    assert half not in (zero, above)


def test_a_value_that_is_not_finite_is_a_pixel_of_its_own() -> None:
    rows = pixels(drawn(seen([[math.nan, -1.0], [1.0, math.inf]]), 2))

    assert [rows[0][0], rows[1][1]] == [Color.parse(DARK.bad)] * 2


def test_a_heat_map_can_be_read_without_colours() -> None:
    heat = seen([[-2.0, -1.0, 0.0], [1.0, 2.0, math.nan]])

    assert written(heat, 3) == ["=-.", "+#!"]


def test_an_image_can_be_read_without_colours() -> None:
    assert written(seen(IMAGE), 16, 8)[1] == "    @@"


def test_a_short_vector_is_bars_and_a_long_one_a_line() -> None:
    bars, line = written(seen(np.ones(8))), written(seen(np.linspace(-1, 1, 80)))

    assert any("#" in text for text in bars)
    assert any("*" in text for text in line)
    assert [text.split("+")[0].strip() for text in (line[0], line[-1])] == ["1", "-1"]


def test_a_line_leaves_out_what_is_not_finite() -> None:
    values = np.full(80, math.nan)
    values[40:] = 2.0

    texts = written(seen(values))

    assert all("*" not in text[:20] for text in texts)
    assert any("*" in text[20:] for text in texts)


def test_nothing_is_drawn_of_a_vector_without_a_finite_value() -> None:
    assert (
        draw_tensor(
            TensorSnapshot(
                *(
                    "W",
                    (80,),
                    "float32",
                    "cpu",
                    False,
                    np.zeros((1, 1)),
                    np.zeros((1, 1), dtype=bool),
                ),
                *(None, None, None),
                window=np.full((1, 1, 80), math.nan),
            ),
            40,
            10,
            DARK,
            in_ascii=False,
            in_characters=False,
        )
        == ()
    )


def test_a_histogram_says_where_it_begins_and_ends_and_how_high_it_is() -> None:
    texts = written(seen(histogram=[1, 3, 0, 0]), 30)

    assert texts[0].startswith("75%+")
    assert texts[-1].split() == ["0", "1"]


@pytest.mark.parametrize(
    "tensor",
    [
        seen(IMAGE),
        seen(np.linspace(-1, 1, 784 * 12).reshape(784, 12)),
        seen(np.ones((3, 8, 8)), shape=(3, 8, 8)),
        seen(np.linspace(-1, 1, 80)),
        seen(np.ones(8)),
        seen(histogram=[1, 3, 0, 0]),
    ],
    ids=["image", "heat map", "colours", "line", "bars", "histogram"],
)
@pytest.mark.parametrize("size", [(8, 5), (20, 6), (60, 16), (1, 1)])
@pytest.mark.parametrize("in_ascii", [False, True])
def test_a_picture_fits_its_room(
    tensor: TensorSnapshot, size: tuple[int, int], in_ascii: bool
) -> None:
    strips = draw_tensor(tensor, *size, DARK, in_ascii=in_ascii, in_characters=in_ascii)

    assert len(strips) <= size[1]
    assert all(strip.cell_length <= size[0] for strip in strips)
    assert not in_ascii or all(strip.text.isascii() for strip in strips)


def test_what_is_as_it_was_is_not_drawn_again() -> None:
    assert drawn(seen(IMAGE)) is drawn(seen(IMAGE))


def test_a_picture_stands_in_place_of_the_corner() -> None:
    heat = seen([[-2.0, -1.0, 0.0], [1.0, 2.0, math.nan]])

    strips = draw_tensors([heat], 40, DARK, ASCII, height=8)

    assert [strip.text.rstrip() for strip in strips][2:] == ["====----....", "++++####!!!!"]


def test_the_picture_of_more_dimensions_says_which_matrix_it_shows() -> None:
    batch = seen([[-2.0, 2.0]] * 2, shape=(64, 2, 2))

    assert "[0, :, :]" in [strip.text for strip in draw_tensors([batch], 40, DARK, height=8)]


@pytest.mark.parametrize(
    ("shape", "window", "told"),
    [
        ((784, 128), (1, 20, 40), "[::40, ::4]"),
        ((60000,), (1, 1, 100), "[::600]"),
        ((200, 1), (1, 1, 100), "[::2, :]"),
        ((64, 3, 16, 16), (3, 16, 16), "[0, :, :, :]"),
        ((64, 1, 28, 28), (1, 14, 28), "[0, 0, ::2, ::2]"),
    ],
)
def test_a_picture_of_a_part_says_of_which(
    shape: tuple[int, ...], window: tuple[int, ...], told: str
) -> None:
    tensor = seen(np.ones(window), shape=shape)

    assert told in [strip.text for strip in draw_tensors([tensor], 40, DARK, height=10)]
