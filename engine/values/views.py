"""View cells: plotext drawings made again from the values at an iteration's boundary."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from engine.lesson.drawing_words import DrawingWords
from engine.lesson.model import Cell
from engine.protocol.frame import FrameRequest, ViewDrawing
from engine.values.lettering import lettering
from engine.values.printed_words import printed_in_words
from engine.values.randomness import random_state_kept


class ViewArtist:
    """Draws the view cells of one lesson, in its `words` of the moment; compiles each once."""

    def __init__(self, path: str, words: Callable[[], DrawingWords]) -> None:
        self.path = path
        self._words = words
        self._codes: dict[int, Any] = {}

    def draw_live(
        self, cell: Cell, namespace: Mapping[str, object], request: FrameRequest, position: int
    ) -> ViewDrawing:
        """Draw while the training stands at a boundary, and leave no trace in it.

        What the cell assigns goes to a copy of the namespace, random numbers that it draws are
        given back, and plotext's own figure is put aside. Raises what the cell raises.
        """
        with random_state_kept():
            return self._draw(cell, dict(namespace), request, position)

    def draw_once(
        self, cell: Cell, namespace: dict[str, object], request: FrameRequest, position: int
    ) -> ViewDrawing:
        """Run the cell as the file does, after the training: its names stay. Raises as above."""
        return self._draw(cell, namespace, request, position)

    def title_of(self, cell: Cell, request: FrameRequest) -> str:
        """The cell's title in the language that is asked for."""
        return self._words().said(cell.title, request.language)

    def _draw(
        self, cell: Cell, namespace: dict[str, object], request: FrameRequest, position: int
    ) -> ViewDrawing:
        code = self._codes.get(cell.line)
        if code is None:
            padded = "\n" * (cell.line - 1) + cell.source
            code = self._codes[cell.line] = compile(padded, self.path, "exec")
        words, language = self._words(), request.language
        texts: dict[str, None] = {}

        def say(text: str) -> str:
            texts[text] = None
            return words.said(text, language)

        def find(printed: str) -> str | None:
            # What a view prints may be data, as what a model wrote: only what is listed is words.
            if any(words.find(printed, one) is not None for one in words.tables):
                texts[printed] = None
            return words.find(printed, language)

        room = (request.view_width, request.view_height)
        drawn = io.StringIO()
        with _printed_to(drawn), _plotext_for(*room), lettering(say):
            exec(code, namespace)
        return ViewDrawing(
            self.title_of(cell, request),
            printed_in_words(drawn.getvalue(), words.fixed_parts(), find),
            position,
            room,
            language=language,
            texts=tuple(texts),
        )


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
    """Lend plotext a new figure of a pane's size, and have it say that the terminal is the pane.

    It keeps one figure for everybody in its modules, and asks one of them how large the terminal
    is; functions for both are not part of its API.
    """
    import plotext._core as core
    import plotext._global as common
    import plotext._utility as utility

    # plotext leaves the prompt's lines free below a drawing: one, and two under IPython.
    free = 2 if utility.is_ipython() else 1
    figure_class = core._figure_class
    ask, figure, take_size = utility.terminal_size, core._figure, figure_class._set_terminal_size

    def take_all_lines(figure: Any, width: int, height: int) -> None:
        take_size(figure, width, height + free)

    utility.terminal_size = lambda: [width, height]
    figure_class._set_terminal_size = take_all_lines
    core._figure = common.figure = figure_class()
    try:
        yield
    finally:
        core._figure = common.figure = figure
        figure_class._set_terminal_size = take_size
        utility.terminal_size = ask
