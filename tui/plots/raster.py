"""Lines as dots of braille, without plotext: many at once for the time of few.

What is drawn here lies behind what plotext draws, or before it, cell by cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.protocol.columns import column_at
from engine.protocol.frame import Columns
from tui.plots.figure import RGB
from tui.plots.plot import ACROSS, UP, Plane

_MARK_EVERY = 16
_BLANK, _BRAILLE = " ", 0x2800
# The bits of a cell's dots, from its upper left on (the block "Braille Patterns" of Unicode).
_BITS = np.array([[1, 8], [2, 16], [4, 32], [64, 128]], np.uint8)

_Cells = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """One line and its colour; `mark` stands on it here and there, `offset` tells where.

    In ASCII the line is made of `mark` alone, and elsewhere it may be "".
    """

    columns: Columns
    colour: RGB
    mark: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class _Layer:
    """The characters of a plane's cells, " " where there is none, and which trace each is of."""

    characters: npt.NDArray[np.str_]
    trace: npt.NDArray[np.int64]


def lay_behind(
    strips: Sequence[Strip], plane: Plane, traces: Sequence[Trace], *, in_ascii: bool
) -> list[Strip]:
    """The strips of a plane with traces where they are empty, later ones over earlier ones."""
    return _laid(strips, plane, traces, is_behind=True, in_ascii=in_ascii)


def lay_before(
    strips: Sequence[Strip], plane: Plane, traces: Sequence[Trace], *, in_ascii: bool
) -> list[Strip]:
    """The strips of a plane with traces over what stands there."""
    return _laid(strips, plane, traces, is_behind=False, in_ascii=in_ascii)


def _laid(
    strips: Sequence[Strip],
    plane: Plane,
    traces: Sequence[Trace],
    *,
    is_behind: bool,
    in_ascii: bool,
) -> list[Strip]:
    if not traces:
        return list(strips)
    covered = (
        _covered(strips, plane) if is_behind else np.zeros((plane.height, plane.width), np.bool_)
    )
    layer = _layer(plane, traces, ~covered, in_ascii=in_ascii)
    styles = [Style(color=Color.from_rgb(*trace.colour)) for trace in traces]
    rows = [
        _over(strip, plane, row, layer, styles) for row, strip in enumerate(strips[: plane.height])
    ]
    return [*rows, *strips[plane.height :]]


def _covered(strips: Sequence[Strip], plane: Plane) -> npt.NDArray[np.bool_]:
    """Where something stands already, shape [height, width]."""
    covered = np.ones((plane.height, plane.width), np.bool_)
    for row, strip in enumerate(strips[: plane.height]):
        text = strip.text[plane.left :].ljust(plane.width)
        # A character of another width hides what is behind it, with all of its row.
        if len(text) == plane.width:
            covered[row] = np.array(list(text)) != _BLANK
    return covered


def _layer(
    plane: Plane, traces: Sequence[Trace], free: npt.NDArray[np.bool_], *, in_ascii: bool
) -> _Layer:
    """What traces leave in the cells that are `free`."""
    codes = np.zeros(free.shape, np.uint8)
    trace_of = np.full(free.shape, -1, np.int64)
    whole = [_cells_of(trace.columns, plane) for trace in traces]
    for index, every in enumerate(whole):
        cells = np.where(free, every, 0).astype(np.uint8)
        trace_of[cells > 0] = index
        codes |= cells
    if in_ascii:
        marks = np.array([*(trace.mark for trace in traces), _BLANK])
        return _Layer(marks[trace_of], trace_of)
    characters = np.array([chr(_BRAILLE + code) for code in range(256)])[codes]
    characters[codes == 0] = _BLANK
    for index, trace in enumerate(traces):
        for row, column in _marked(trace_of == index, trace.offset) if trace.mark else ():
            characters[row, column] = trace.mark
    for index, trace in enumerate(traces):
        if trace.mark and not (characters[trace_of == index] == trace.mark).any():
            # What is hidden wholly has a mark at its end nevertheless.
            for row, column in _marked(whole[index] > 0, plane.width):
                characters[row, column] = trace.mark
                trace_of[row, column] = index
    return _Layer(characters, trace_of)


def _over(
    strip: Strip,
    plane: Plane,
    row: int,
    layer: _Layer,
    styles: Sequence[Style],
) -> Strip:
    """A row of a plane with a row of a layer over it."""
    characters, trace = layer.characters[row], layer.trace[row]
    if not (trace >= 0).any():
        return strip
    under = strip.adjust_cell_length(plane.left + plane.width)
    edges = np.flatnonzero(np.diff(trace)) + 1
    cuts = [0, *edges.tolist(), plane.width]
    parts: list[Segment] = list(under.crop(0, plane.left))
    for begin, end in pairwise(cuts):
        if begin == end:
            continue
        if trace[begin] >= 0:
            parts.append(Segment("".join(characters[begin:end]), styles[int(trace[begin])]))
        else:
            parts += under.crop(plane.left + begin, plane.left + end)
    return Strip(parts, plane.left + plane.width).simplify()


@lru_cache(maxsize=256)
def _cells_of(columns: Columns, plane: Plane) -> _Cells:
    """The dots of a line in each cell of a plane, as bits, shape [height, width]."""
    across, up = ACROSS * plane.width, UP * plane.height
    low, high = _extents(columns, plane, across, up)
    rows = np.arange(up)[:, np.newaxis]
    dots = (rows >= np.rint(low)) & (rows <= np.rint(high))
    # Rows count from the lowest dot; cells from the upper left.
    blocks = dots[::-1].reshape(plane.height, UP, plane.width, ACROSS).transpose(0, 2, 1, 3)
    cells: _Cells = (blocks * _BITS).sum(axis=(2, 3)).astype(np.uint8)
    return cells


def _extents(
    columns: Columns, plane: Plane, across: int, up: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The lowest and the highest dot of a line in each column of dots; nan where it has none."""
    low, high = np.full(across, np.nan), np.full(across, np.nan)
    is_shown = (columns.position >= plane.first) & (columns.position <= plane.last)
    if not is_shown.any():
        return low, high
    at = column_at(columns.position[is_shown], plane.first, plane.last, across)
    start, end, lowest, highest = (
        _rows_of(values[is_shown], plane, up)
        for values in (columns.start, columns.end, columns.low, columns.high)
    )
    np.fmin.at(low, at, lowest)
    np.fmax.at(high, at, highest)
    # Each column takes half of the way to the next, so that no dot stands alone.
    begin = np.arange(at[0], at[-1])
    before = np.searchsorted(at, begin, side="right") - 1
    is_joined = columns.joined[is_shown][before + 1]
    begin, before = begin[is_joined], before[is_joined]
    share = (begin + 0.5 - at[before]) / (at[before + 1] - at[before])
    crossed = end[before] + share * (start[before + 1] - end[before])
    for side in (begin, begin + 1):
        low[side], high[side] = np.fmin(low[side], crossed), np.fmax(high[side], crossed)
    return low, high


def _rows_of(values: npt.NDArray[np.float64], plane: Plane, up: int) -> npt.NDArray[np.float64]:
    """The row of dots, from the lowest, at which each value stands."""
    lower, upper = plane.axis.lower / 2, plane.axis.upper / 2
    rows: npt.NDArray[np.float64] = (values / 2 - lower) / (upper - lower) * (up - 1)
    return rows


def _marked(cells: npt.NDArray[np.bool_], offset: int) -> list[tuple[int, int]]:
    """Row and column of the cells that bear a mark: about every sixteenth, or at the line's end."""
    lit = np.flatnonzero(cells.any(axis=0))
    if not len(lit):
        return []
    wanted = range(offset, cells.shape[1], _MARK_EVERY)
    found = np.unique(np.searchsorted(lit, wanted))
    columns = lit[found[found < len(lit)]].tolist() or [int(lit[-1])]
    return [(int(np.flatnonzero(cells[:, column])[-1]), column) for column in columns]
