"""Pictures as quarters of blocks: their shape, their colours, and what tells them without."""

from __future__ import annotations

import numpy as np
import pytest
from textual.strip import Strip

from tui.scrollback.blocks import cells_for, draw_picture

RED, WHITE = (255, 0, 0), (255, 255, 255)


def picture(rows: int, columns: int, colour: tuple[int, int, int] = WHITE) -> np.ndarray:
    return np.full((rows, columns, 3), colour, np.uint8)


def texts(strips: list[Strip]) -> list[str]:
    return [strip.text for strip in strips]


def draw(pixels: np.ndarray, width: int, height: int) -> list[Strip]:
    return draw_picture(pixels, width, height, has_colours=True, in_ascii=False)


@pytest.mark.parametrize(
    ("shape", "room", "cells"),
    [
        ((480, 640), (80, 100), (80, 30)),
        ((480, 640), (80, 12), (32, 12)),
        ((100, 10), (80, 20), (4, 20)),
        ((2, 2), (80, 20), (8, 4)),
        ((1, 4000), (80, 20), (80, 1)),
    ],
)
def test_a_picture_keeps_its_shape_in_the_room_there_is(
    shape: tuple[int, int], room: tuple[int, int], cells: tuple[int, int]
) -> None:
    assert cells_for(shape, *room) == cells


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (480, 640), (37, 1)])
@pytest.mark.parametrize("room", [(1, 1), (7, 3), (80, 20)])
def test_a_picture_of_any_size_is_drawn_within_its_room(
    size: tuple[int, int], room: tuple[int, int]
) -> None:
    strips = draw(picture(*size), *room)

    assert 1 <= len(strips) <= room[1]
    assert {strip.cell_length for strip in strips} <= set(range(1, room[0] + 1))


def test_one_colour_is_the_ground_of_blanks() -> None:
    strips = draw(picture(40, 40, RED), 20, 10)

    assert set("".join(texts(strips))) == {" "}
    [segment] = strips[0]
    assert segment.style is not None
    assert segment.style.bgcolor is not None
    assert segment.style.bgcolor.get_truecolor() == RED


def test_a_cell_has_the_two_colours_of_its_quarters() -> None:
    pixels = picture(2, 2)
    pixels[0, 0] = RED

    [strip] = draw(pixels.repeat(8, 0).repeat(8, 1), 1, 1)

    [segment] = strip
    assert segment.text == "▘"
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.bgcolor is not None
    assert segment.style.color.get_truecolor() == RED
    assert segment.style.bgcolor.get_truecolor() == WHITE


def test_without_colours_what_is_not_paper_is_drawn() -> None:
    pixels = picture(80, 80)
    pixels[:, 38:42] = RED

    strips = draw_picture(pixels, 20, 10, has_colours=False, in_ascii=False)

    assert {segment.style for strip in strips for segment in strip} == {None}
    assert {text.strip() != "" for text in texts(strips)} == {True}
    assert {text[:8].strip() for text in texts(strips)} == {""}


def test_in_ascii_a_plot_is_drawn_by_shades() -> None:
    pixels = picture(80, 80)
    pixels[:, 38:42] = RED

    strips = draw_picture(pixels, 20, 10, has_colours=True, in_ascii=True)

    assert "".join(texts(strips)).isascii()
    assert {text.strip() != "" for text in texts(strips)} == {True}


def test_without_colours_a_photograph_is_told_by_its_light() -> None:
    light = np.linspace(0, 255, 80).astype(np.uint8)
    pixels = np.repeat(np.tile(light, (80, 1))[..., np.newaxis], 3, axis=2)

    strips = draw_picture(pixels, 20, 10, has_colours=False, in_ascii=False)

    assert texts(strips)[0][0] == " "
    assert texts(strips)[0][-1] == "@"
