"""Curves as characters in cells, braille or plain ASCII; axes and legend are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.protocol.frame import Columns
from tui.plots.axes import Tick
from tui.plots.dots import Dots, rasterise

RGB = tuple[int, int, int]
Codes = npt.NDArray[np.int64]
MARKS = "●▲■◆○△"
"""What stands on each of several curves, so that they are told apart without colours."""
ASCII_MARKS = "*+ox#%"
ASCII_FAINT = "."
_MARK_EVERY = 16


@dataclass(frozen=True, slots=True)
class Plane:
    """The part of a pane that curves are drawn on, `width` by `height` cells, `left` cells in.

    Its edges stand for the positions `first` and `last` and the values `lower` and `upper`;
    `ticks` are the values named beside it.
    """

    first: int
    last: int
    lower: float
    upper: float
    ticks: list[Tick]
    left: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One curve, its colour and the character that tells it apart."""

    columns: Columns
    mark: str
    colour: RGB


@dataclass(frozen=True, slots=True, eq=False)
class Inked:
    """What is seen of layers, arrays of shape [height, width] in cells, row 0 the lowest.

    ``codes`` are the characters, 0 where there is none, ``owners`` the place in ``colours`` of
    what each is drawn in.
    """

    codes: Codes
    owners: Codes
    colours: list[RGB]


def draw_braille(faint: list[Layer], main: list[Layer], plane: Plane) -> Inked:
    """The layers, later ones over earlier ones, with 2 by 4 dots in each cell.

    Where `main` has several, the mark of each stands on its curve here and there; a curve that
    fits one cell is its mark.
    """
    layers = [*faint, *main]
    dots = [_braille(layer, plane) for layer in layers]
    codes, owners = _stack([np.where(part > 0, part + _BRAILLE, 0) for part in dots])
    for index, part in enumerate(dots[len(faint) :], start=len(faint)):
        lit = part > 0
        if len(main) == 1 and lit.sum() > 1:
            continue
        for column in _marked_columns(lit, index * _MARK_EVERY // len(layers)):
            rows = np.flatnonzero(lit[:, column])
            row = rows[len(rows) // 2]
            codes[row, column], owners[row, column] = ord(layers[index].mark), index
    return Inked(codes, owners, [layer.colour for layer in layers])


def draw_ascii(faint: list[Layer], main: list[Layer], plane: Plane) -> Inked:
    """The layers, later ones over earlier ones, each cell that is lit showing its layer's mark."""
    layers = [*faint, *main]
    lit = [np.where(_braille(layer, plane) > 0, ord(layer.mark), 0) for layer in layers]
    return Inked(*_stack(lit), [layer.colour for layer in layers])


def row_at(value: float, plane: Plane) -> int:
    """The row of cells, from the lowest, that `value` is drawn in."""
    share = (value / 2 - plane.lower / 2) / (plane.upper / 2 - plane.lower / 2)
    return round(share * (4 * plane.height - 1)) // 4


def as_rgb(colour: str) -> RGB:
    """The parts, each from 0 to 255, of a palette's "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


_BRAILLE = 0x2800
# The bits of the dots of a braille cell, lowest row first (Unicode Standard, chapter 21.1).
_BRAILLE_BITS = np.array([[0x40, 0x80], [0x04, 0x20], [0x02, 0x10], [0x01, 0x08]])


def _braille(layer: Layer, plane: Plane) -> Codes:
    """The braille dots that a layer lights, as bits, shape [height, width], row 0 the lowest."""
    positions, values = (plane.first, plane.last), (plane.lower, plane.upper)
    dots = rasterise(layer.columns, positions, values, 2 * plane.width, 4 * plane.height)
    blocks = dots.reshape(plane.height, 4, plane.width, 2)
    bits: Codes = np.einsum("hrwc,rc->hw", blocks, _BRAILLE_BITS)
    return bits


def _stack(parts: list[Codes]) -> tuple[Codes, Codes]:
    """For each cell the last character laid on it, 0 for none, and who laid it there."""
    codes, owners = np.zeros_like(parts[0]), np.zeros_like(parts[0])
    for index, part in enumerate(parts):
        lit = part > 0
        codes[lit], owners[lit] = part[lit], index
    return codes, owners


def _marked_columns(lit_cells: Dots, offset: int) -> list[int]:
    """Every sixteenth lit column from `offset` on; the last lit one where that leaves none."""
    lit = np.flatnonzero(lit_cells.any(axis=0))
    chosen = lit[lit % _MARK_EVERY == offset % _MARK_EVERY]
    columns: list[int] = (chosen if len(chosen) else lit[-1:]).tolist()
    return columns
