"""View cells: plotext drawings made again from the values at an iteration's boundary."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from engine.lesson.model import Cell
from engine.protocol.frame import ViewDrawing
from engine.values.randomness import random_state_kept


class ViewArtist:
    """Draws the view cells of one lesson; compiles each once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._codes: dict[int, Any] = {}

    def draw_live(
        self, cell: Cell, namespace: Mapping[str, object], size: tuple[int, int], position: int
    ) -> ViewDrawing:
        """Draw while the training stands at a boundary, and leave no trace in it.

        What the cell assigns goes to a copy of the namespace, random numbers that it draws are
        given back, and plotext's own figure is put aside. Raises what the cell raises.
        """
        with random_state_kept():
            text = self._run(cell, dict(namespace), size)
        return ViewDrawing(cell.title, text, position, size)

    def draw_once(
        self, cell: Cell, namespace: dict[str, object], size: tuple[int, int], position: int
    ) -> ViewDrawing:
        """Run the cell as the file does, after the training: its names stay. Raises as above."""
        text = self._run(cell, namespace, size)
        return ViewDrawing(cell.title, text, position, size)

    def _run(self, cell: Cell, namespace: dict[str, object], size: tuple[int, int]) -> str:
        code = self._codes.get(cell.line)
        if code is None:
            padded = "\n" * (cell.line - 1) + cell.source
            code = self._codes[cell.line] = compile(padded, self.path, "exec")
        drawn = io.StringIO()
        with _printed_to(drawn), _plotext_for(*size):
            exec(code, namespace)
        return drawn.getvalue()


@contextmanager
def _printed_to(drawn: io.StringIO) -> Iterator[None]:
    """Have what is printed in `drawn`, until that is over or something else is in its place."""
    before, sys.stdout = sys.stdout, drawn
    try:
        yield
    finally:
        if sys.stdout is drawn:
            sys.stdout = before


@contextmanager
def _plotext_for(width: int, height: int) -> Iterator[None]:
    """Lend plotext a new figure of a pane's size.

    It keeps one figure for everybody in its modules, and asks one of them how large the terminal
    is; functions for both are not part of its API.
    """
    import plotext._core as core
    import plotext._global as common
    import plotext._utility as utility

    # plotext leaves the prompt's lines free below a drawing: one, and two under IPython.
    free = 2 if utility.is_ipython() else 1
    ask, figure = utility.terminal_size, core._figure
    utility.terminal_size = lambda: [width, height + free]
    core._figure = common.figure = core._figure_class()
    try:
        yield
    finally:
        core._figure = common.figure = figure
        utility.terminal_size = ask
