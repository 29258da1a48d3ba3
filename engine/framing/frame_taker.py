"""Taking a frame: everything that one step shows at one boundary, read in the worker thread."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.asking.watching import Watcher
from engine.code.names import assigned_names
from engine.framing.drawings import Drawings, TakenAt
from engine.framing.ran_lines import CalledFunction, RanLines
from engine.lesson.model import Cell, Step
from engine.loops.runtime import LoopRuntime
from engine.protocol.frame import CanvasSnapshot, Floats, Frame, FrameRequest, SeriesSnapshot
from engine.protocol.statements import NextStatement
from engine.protocol.tensors import NamedTensor, OpenedTensor, TensorRequest, TensorSnapshot
from engine.stepping.stepping import Standing
from engine.values.canvas import Unpaintable, snapshot_canvas, write_canvas
from engine.values.movement import Movement
from engine.values.opening import open_tensor
from engine.values.paths import follow, gradient_of
from engine.values.peeking import is_tensor, unseen
from engine.values.statistics import Effort, effort_at_rest, effort_between_iterations
from engine.values.tensors import describe_tensor, pinned_tensors, snapshot_tensor
from engine.values.views import ViewArtist

if TYPE_CHECKING:
    from torch import Tensor

_MOST_TENSORS = 40
_MOST_NAMES = 500


class FrameTaker:
    """Looks at one running step from the worker's own thread, so that nothing moves meanwhile."""

    def __init__(
        self,
        step: Step,
        namespace: dict[str, object],
        loops: LoopRuntime,
        artist: ViewArtist,
        watcher: Watcher,
    ) -> None:
        self._step = step
        self._namespace = namespace
        self._loops = loops
        self._watcher = watcher
        self._curves: tuple[SeriesSnapshot, ...] = ()
        self._ran = RanLines(step.cell, namespace)
        self._drawings = Drawings(step.views, namespace, artist)
        self.names = _shown_names(step.cell)
        self._tensors: dict[str, TensorSnapshot] = {}
        # Those of the place before the one where the run stands: another look there is compared
        # with them too.
        self._before: dict[str, TensorSnapshot] = {}
        self._place: tuple[int, NextStatement | None] | None = None
        self._movement = Movement()
        self._canvas: CanvasSnapshot | None = None
        self._last: Frame | None = None

    @property
    def step(self) -> int:
        """The index of the step."""
        return self._step.index

    def move(self, step: Step) -> None:
        """Know the step's lines as they stand in the file now; it runs what it ran."""
        self._step = step
        self._ran = RanLines(step.cell, self._namespace)

    def outdate(self) -> None:
        """Have the next frame draw and look at lines again: names were changed where it stands."""
        self._drawings.outdate()
        self._ran.outdate()

    def take_running(self, request: FrameRequest, *, is_inside: bool = False) -> Frame:
        """The frame of a boundary that the training passes: drawings take their share of time.

        A view cell that raises shows its error in its place. With `is_inside` the training is
        between two statements, of which drawings know nothing: they stay as they are.
        """
        started = time.perf_counter()
        if not is_inside:
            self._drawings.draw_running(request, self._moment())
        return self._frame(started, request, is_still=False)

    def take_standing(
        self,
        request: FrameRequest,
        standing: Standing | None = None,
        function: CalledFunction | None = None,
        *,
        is_still: bool,
    ) -> Frame:
        """The frame of where the training waits: drawings are of this very moment.

        Where the worker waits before a statement, the tensors are those that the statement sees.
        `function` is the lesson's that it waits in, None at the lesson's own level.
        With `is_still` nothing trains before another word, and time is no matter.
        """
        started = time.perf_counter()
        self._drawings.draw_standing(request, self._moment(is_inside=standing is not None))
        with unseen():
            made = self._ran.told(self._moment(), standing, function)
        frame = self._frame(started, request, standing, is_still=is_still)
        self._last = replace(frame, made=made)
        return self._last

    def take_again(self, request: FrameRequest) -> Frame:
        """The frame of a run that has ended: drawings are made again where that is needed."""
        started = time.perf_counter()
        self._drawings.draw_standing(request, self._moment())
        return self._frame(started, request, is_still=True)

    def take_last(self, request: FrameRequest) -> Frame:
        """The frame after the cell's end: its views run as the file runs them, and may raise."""
        started = time.perf_counter()
        self._drawings.draw_last(request, self._loops.position)
        if self._step.cell is not None and self._step.cell.canvas is not None:
            self._canvas = snapshot_canvas(self._step.cell.canvas, self._namespace, 0)
        return self._frame(started, request, is_still=True)

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
        self._drawings.draw_again(request, self._last.position)
        self._last = replace(self._last, views=self._drawings.drawn, canvas=self._canvas)
        painted = self.look_at_values(request)
        assert painted is not None
        return replace(painted, seconds_spent=time.perf_counter() - started)

    @unseen()
    def look_at_values(self, request: FrameRequest) -> Frame | None:
        """The last frame with its tensors as they are now, and what has been read since of others.

        None of its views is drawn again. None where there has been no frame.
        """
        if self._last is None:
            return None
        started = time.perf_counter()
        found = self._found(request.tensors)
        self._last = replace(
            self._last,
            tensors=self._look_at(found, request.tensors, effort_at_rest(len(found))),
            tensors_for=request.tensors,
            names=self._choice(request.tensors, None),
            opened=self._opened(request.tensors, None),
            series=(*self._curves, *self._watcher.curves()),
            watched=self._watcher.values,
            seconds_spent=time.perf_counter() - started,
        )
        return self._last

    @unseen()
    def _frame(
        self,
        started: float,
        request: FrameRequest,
        standing: Standing | None = None,
        *,
        is_still: bool,
    ) -> Frame:
        found = self._found(request.tensors, standing)
        statement = None if standing is None else standing.statement
        self._arrive((self._loops.position, statement) if is_still else None)
        if is_still:
            self._movement.stand(self._loops.position, statement)
            tensors = self._look_at(found, request.tensors, effort_at_rest(len(found)))
        else:
            self._movement.run_on()
            tensors = self._look_at(found, request.tensors, effort_between_iterations(len(found)))
        # Kept: once another step has begun, the loops have its curves.
        self._curves = self._loops.recording.curves()
        self._last = Frame(
            step=self._step.index,
            position=self._loops.position,
            loops=self._loops.running.progress(),
            series=(*self._curves, *self._watcher.curves()),
            outer=self._loops.counting.outer_loop(),
            outer_before=self._loops.counting.outer_before(),
            tensors=tensors,
            views=self._drawings.drawn,
            seconds_spent=time.perf_counter() - started,
            canvas=self._canvas,
            statement=statement,
            tensors_for=request.tensors,
            names=self._choice(request.tensors, standing),
            opened=self._opened(request.tensors, standing),
            watched=self._watcher.values,
        )
        return self._last

    def _found(
        self, request: TensorRequest | None, standing: Standing | None = None
    ) -> list[tuple[str, Tensor]]:
        """The locals of a function that are tensors, then those pinned, each with its gradient."""
        added, hidden = ((), ()) if request is None else (request.added, request.hidden)
        own = _tensors_among({} if standing is None else standing.own_names)
        found: dict[str, Tensor] = {}
        for name, tensor in [*own, *pinned_tensors(self._namespace, (*self.names, *added))]:
            if name in hidden:
                continue
            found.setdefault(name, tensor)
            gradient = gradient_of(tensor)
            if gradient is not None:
                found.setdefault(f"{name}.grad", gradient)
        return list(found.items())[:_MOST_TENSORS]

    def _choice(
        self, request: TensorRequest | None, standing: Standing | None
    ) -> tuple[NamedTensor, ...]:
        """What can be chosen, if that is asked: the lesson's tensors, and modules' parameters."""
        if request is None or not request.lists_names:
            return ()
        named = [name for name in self._namespace if not name.startswith("_")]
        every = [
            *_tensors_among({} if standing is None else standing.own_names),
            *pinned_tensors(self._namespace, named),
        ]
        return tuple(describe_tensor(name, tensor) for name, tensor in dict(every).items())[
            :_MOST_NAMES
        ]

    def _opened(
        self, request: TensorRequest | None, standing: Standing | None
    ) -> OpenedTensor | None:
        """The tensor that fills the screen; None where none does, or its name means none now."""
        if request is None or request.opening is None:
            return None
        opening = request.opening
        own = {} if standing is None else standing.own_names
        names = {**self._namespace, **own}
        tensor = follow(names, opening.name)
        if not is_tensor(tensor):
            return None
        snapshot = self._tensors.get(opening.name) or snapshot_tensor(opening.name, tensor, None)
        return open_tensor(tensor, snapshot, opening, names)

    def _arrive(self, place: tuple[int, NextStatement | None] | None) -> None:
        """The run stands at a place, where it may have stood already, or runs: None."""
        before = self._place
        is_same = place and before and place[0] == before[0] and place[1] is before[1]
        if not is_same:
            self._place, self._before = place, self._tensors

    def _look_at(
        self, found: list[tuple[str, Tensor]], request: TensorRequest | None, effort: Effort
    ) -> tuple[TensorSnapshot, ...]:
        self._tensors = {
            name: snapshot_tensor(
                name, tensor, self._before.get(name), effort, self._movement, request
            )
            for name, tensor in found
        }
        return tuple(self._tensors.values())

    def _moment(self, *, is_inside: bool = False) -> TakenAt:
        return TakenAt(self._loops.running.progress(), self._loops.position, is_inside)


def _tensors_among(names: Mapping[str, object]) -> list[tuple[str, Tensor]]:
    return [(name, value) for name, value in names.items() if is_tensor(value)]


def _shown_names(cell: Cell | None) -> tuple[str, ...]:
    if cell is None:
        return ()
    return cell.show if cell.show is not None else assigned_names(cell.source)
