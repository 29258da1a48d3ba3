"""Texts in plotext's drawings: in the reader's language, and two cells for each wide character.

plotext gives each character of a text one cell. Here a wide one, such as a Hangul syllable, takes
the next cell too while a drawing is put together, so that texts are centred and padded by what the
terminal shows of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Say = Callable[[str], str]

# It stands in the second cell of a wide character: one of those that are left to private use.
_SECOND_HALF = "\uf8ff"


def spread(text: str) -> str:
    """The text with something in the second cell of each wide character."""
    return "".join(
        character + _SECOND_HALF if _is_wide(character) else character
        for character in unicodedata.normalize("NFC", text)
    )


def closed_up(row: Sequence[str]) -> list[str]:
    """The cells of a drawing's row as they are written: none is left of what a wide one covers.

    Of a wide character whose first half was drawn over, or is all that has room, a blank is left.
    """
    cells = list(row)
    for at, cell in enumerate(cells):
        if _is_wide(cell) and at + 1 < len(cells):
            cells[at + 1] = ""
        elif _is_wide(cell) or cell == _SECOND_HALF:
            cells[at] = " "
    return cells


def cells_of(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(1 + _is_wide(character) for character in unicodedata.normalize("NFC", text))


def _is_wide(character: str) -> bool:
    return len(character) == 1 and unicodedata.east_asian_width(character) in "WF"


@contextmanager
def lettering(say: Say) -> Iterator[None]:
    """Have each text that plotext puts into a drawing said by `say`, and its wide characters fit.

    Where a plot is built and where its cells are written are no parts of plotext's API.
    """
    from plotext._build import build_class
    from plotext._matrix import matrix_class

    build, write = build_class.build_plot, matrix_class.set_canvas

    def build_lettered(plot: Any) -> None:
        _letter(plot, say)
        try:
            build(plot)
        except IndexError:
            # For its legend plotext takes the first colour that a series has in sight, which one of
            # nan, or beyond the axes, has not.
            plot.label = [None] * len(plot.label)
            build(plot)

    def write_closed_up(matrix: Any) -> str:
        matrix.marker = [closed_up(row) for row in matrix.marker]
        return str(write(matrix))

    build_class.build_plot, matrix_class.set_canvas = build_lettered, write_closed_up
    try:
        yield
    finally:
        build_class.build_plot, matrix_class.set_canvas = build, write


def _letter(plot: Any, say: Say) -> None:
    """Put what is said in the place of the title, names of axes, ticks, legend and texts."""

    def said(text: str | None) -> str | None:
        return None if text is None else spread(say(text.replace(_SECOND_HALF, "")))

    plot.title = said(plot.title)
    plot.xlabel, plot.ylabel = list(map(said, plot.xlabel)), list(map(said, plot.ylabel))
    plot.xlabels = [ticks and list(map(said, ticks)) for ticks in plot.xlabels]
    plot.ylabels = [ticks and list(map(said, ticks)) for ticks in plot.ylabels]
    plot.label = list(map(said, plot.label))
    # One that stands upright has one character a row, and is kept from its bottom.
    upright = plot.default.orientation[1]
    plot.text = [
        say(text[::-1])[::-1] if orientation == upright else said(text)
        for text, orientation in zip(plot.text, plot.torien, strict=True)
    ]
