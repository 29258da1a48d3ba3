"""Taking a frame: everything that one step shows at one boundary, read in the worker thread."""

from __future__ import annotations

import time
from dataclasses import replace

from engine.canvas import Unpaintable, snapshot_canvas, write_canvas
from engine.frame import CanvasSnapshot, Floats, Frame, TensorSnapshot, ViewDrawing
from engine.gate import FrameRequest
from engine.lesson import Cell, Step
from engine.loops import LoopRuntime
from engine.names import assigned_names
from engine.tensors import pinned_tensors, snapshot_tensor
from engine.tracebacks import format_error
from engine.views import ViewArtist

_MOST_TENSORS = 24


class FrameTaker:
    """Looks at one running step from the worker's own thread, so that nothing moves meanwhile."""

    def __init__(
        self,
        step: Step,
        namespace: dict[str, object],
        loops: LoopRuntime,
        artist: ViewArtist,
    ) -> None:
        self._step = step
        self._namespace = namespace
        self._loops = loops
        self._artist = artist
        self._names = _shown_names(step.cell)
        self._tensors: dict[str, TensorSnapshot] = {}
        self._drawings: dict[int, ViewDrawing] = {}
        self._epoch_drawn: tuple[int, tuple[int, int]] | None = None
        self._canvas: CanvasSnapshot | None = None
        self._last: Frame | None = None

    def take(self, request: FrameRequest) -> Frame:
        """The frame of this moment. A view cell that raises shows its error in its place."""
        started = time.perf_counter()
        self._draw_due_views(request)
        return self._frame(started)

    def take_last(self, request: FrameRequest) -> Frame:
        """The frame after the cell's end: its views run as the file runs them, and may raise."""
        started = time.perf_counter()
        size = (request.view_width, request.view_height)
        for view in self._step.views:
            self._drawings[view.line] = self._artist.draw_once(
                view, self._namespace, size, self._loops.position
            )
        if self._step.cell is not None and self._step.cell.canvas is not None:
            self._canvas = snapshot_canvas(self._step.cell.canvas, self._namespace, 0)
        return self._frame(started)

    def paint(self, pixels: Floats, stroke: int, request: FrameRequest) -> Frame | None:
        """The last frame with `pixels` in the canvas, and with what its views draw of them.

        None where the step has no canvas, or did not come to its end.
        """
        if self._canvas is None or self._last is None:
            return None
        started = time.perf_counter()
        name = self._canvas.name
        try:
            write_canvas(name, self._namespace, pixels)
            self._canvas = snapshot_canvas(name, self._namespace, stroke)
        except Unpaintable as error:
            self._canvas = replace(self._canvas, stroke=stroke, problem=str(error))
        size = (request.view_width, request.view_height)
        for view in self._step.views:
            self._drawings[view.line] = self._draw_live(view, size, self._last.position)
        self._last = replace(
            self._last,
            tensors=self._look_at_tensors(),
            views=tuple(self._drawings.values()),
            canvas=self._canvas,
            seconds_spent=time.perf_counter() - started,
        )
        return self._last

    def _frame(self, started: float) -> Frame:
        tensors = self._look_at_tensors()
        self._last = Frame(
            step=self._step.index,
            position=self._loops.position,
            loops=self._loops.progress(),
            series=self._loops.curves(),
            tensors=tensors,
            views=tuple(self._drawings.values()),
            seconds_spent=time.perf_counter() - started,
            canvas=self._canvas,
        )
        return self._last

    def _look_at_tensors(self) -> tuple[TensorSnapshot, ...]:
        found = pinned_tensors(self._namespace, self._names)[:_MOST_TENSORS]
        self._tensors = {
            name: snapshot_tensor(name, tensor, self._tensors.get(name)) for name, tensor in found
        }
        return tuple(self._tensors.values())

    def _draw_due_views(self, request: FrameRequest) -> None:
        """Draw what has changed since it was drawn; nothing before the first iteration's end.

        A canvas has been drawn by then, also where there is no iteration.
        """
        progress, position = self._loops.progress(), self._loops.position
        if self._canvas is None and not (progress and position):
            return
        size = (request.view_width, request.view_height)
        epoch = (progress[0].done if progress else 0, size)
        for view in self._step.views:
            if view.view != "every epoch" or epoch != self._epoch_drawn:
                self._drawings[view.line] = self._draw_live(view, size, position)
        self._epoch_drawn = epoch

    def _draw_live(self, view: Cell, size: tuple[int, int], position: int) -> ViewDrawing:
        try:
            return self._artist.draw_live(view, self._namespace, size, position)
        except Exception as error:  # the learner's own code may raise anything: it is shown
            line = format_error(error, self._artist.path).line or view.line
            text = f"{view.title}: {type(error).__name__}: {error} (line {line})"
            return ViewDrawing(view.title, text, position)


def _shown_names(cell: Cell | None) -> tuple[str, ...]:
    if cell is None:
        return ()
    return cell.show if cell.show is not None else assigned_names(cell.source)
