"""The drawings of a step's view cells: when each is made again, and what it may cost."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from engine.errors.tracebacks import format_error
from engine.lesson.model import Cell
from engine.protocol.frame import FrameRequest, LoopProgress, ViewDrawing
from engine.values.views import ViewArtist

# The share of its time that a training may spend on each of its drawings, and the longest that it
# goes on, in seconds, without one that costs more.
_SHARE = 0.04
_LONGEST = 2.0


@dataclass(slots=True)
class DrawingPace:
    """When a drawing is due again while the training runs; times are of one clock, in seconds."""

    _due: float = 0.0

    def is_due(self, now: float) -> bool:
        """Whether what the drawing costs is within its share by now."""
        return now >= self._due

    def drew(self, now: float, seconds: float) -> None:
        """Learn that a drawing that ended now has cost so much."""
        self._due = now + min(seconds / _SHARE, _LONGEST)


@dataclass(frozen=True, slots=True)
class TakenAt:
    """Where a run is when its frame is taken: its running loops, and how many iterations counted.

    ``is_inside`` says that a statement comes next, and that no iteration has ended here.
    """

    loops: tuple[LoopProgress, ...]
    position: int
    is_inside: bool = False

    @property
    def epoch(self) -> int:
        """How many iterations of the outermost loop have ended."""
        return self.loops[0].done if self.loops else 0


class Drawings:
    """What the view cells of one step have drawn so far."""

    def __init__(
        self, views: tuple[Cell, ...], namespace: dict[str, object], artist: ViewArtist
    ) -> None:
        self._views = views
        self._namespace = namespace
        self._artist = artist
        self._drawn: dict[int, ViewDrawing] = {}
        self._epochs: dict[int, int] = {}
        self._outdated: set[int] = set()
        self._paces = {view.line: DrawingPace() for view in views}

    @property
    def drawn(self) -> tuple[ViewDrawing, ...]:
        """The newest drawing of each view cell that has drawn."""
        return tuple(self._drawn.values())

    def outdate(self) -> None:
        """Have all drawn again where the run stands: names were changed there."""
        self._outdated = {view.line for view in self._views}

    def draw_running(self, request: FrameRequest, moment: TakenAt) -> None:
        """Draw, while the training runs on, what has changed and is within its share of time."""
        for view in self._views:
            is_due = self._paces[view.line].is_due(time.perf_counter())
            if self._is_outgrown(view, request) or (is_due and self._is_behind(view, moment)):
                self._draw_if_begun(view, request, moment)

    def draw_standing(self, request: FrameRequest, moment: TakenAt) -> None:
        """Draw what has changed where the training waits, whatever it costs.

        Before a statement that is only what is drawn at every iteration: what is drawn at every
        epoch may need all of one.
        """
        for view in self._views:
            is_inside = moment.is_inside and view.view == "every iteration"
            if is_inside or self._is_outgrown(view, request) or self._is_behind(view, moment):
                self._draw_if_begun(view, request, moment)

    def draw_last(self, request: FrameRequest, position: int) -> None:
        """Run the view cells as the file does, after the training. Raises what they raise."""
        for view in self._views:
            self._drawn[view.line] = self._artist.draw_once(
                view, self._namespace, request, position
            )

    def draw_again(self, request: FrameRequest, position: int) -> None:
        """Draw all of what the names are now, as after they were painted."""
        for view in self._views:
            try:
                self._drawn[view.line] = self._draw_live(view, request, position)
            except Exception as error:  # as above: it is shown
                self._drawn[view.line] = self._error(view, error, request, position)

    def _is_outgrown(self, view: Cell, request: FrameRequest) -> bool:
        drawn = self._drawn.get(view.line)
        return drawn is not None and not drawn.suits(request)

    def _is_behind(self, view: Cell, moment: TakenAt) -> bool:
        drawn = self._drawn.get(view.line)
        is_outdated = view.line in self._outdated
        return drawn is None or is_outdated or drawn.position != moment.position

    def _draw_if_begun(self, view: Cell, request: FrameRequest, moment: TakenAt) -> None:
        """Draw, but not before an iteration's or the cell's end."""
        if not self._drawn and not (moment.loops and moment.position):
            return
        began = time.perf_counter()
        self._outdated.discard(view.line)
        try:
            drawing = self._draw_live(view, request, moment.position)
        except Exception as error:  # the learner's own code may raise anything: it is shown
            drawing = self._told(view, error, request, moment)
        now = time.perf_counter()
        self._paces[view.line].drew(now, now - began)
        self._drawn[view.line] = drawing
        self._epochs[view.line] = moment.epoch

    def _draw_live(self, view: Cell, request: FrameRequest, position: int) -> ViewDrawing:
        return self._artist.draw_live(view, self._namespace, request, position)

    def _told(
        self, view: Cell, error: Exception, request: FrameRequest, moment: TakenAt
    ) -> ViewDrawing:
        """An error in the place of its drawing.

        In the midst of an epoch, what is drawn at every epoch may lack something that comes at its
        end: there the drawing before stays.
        """
        drawn = self._drawn.get(view.line)
        is_in_midst = self._epochs.get(view.line) == moment.epoch and view.view == "every epoch"
        if drawn is not None and is_in_midst:
            return replace(drawn, room=_room(request), language=request.language)
        return self._error(view, error, request, moment.position)

    def _error(
        self, view: Cell, error: Exception, request: FrameRequest, position: int
    ) -> ViewDrawing:
        line = format_error(error, self._artist.path).line or view.line
        title = self._artist.title_of(view, request)
        text = f"{title}: {type(error).__name__}: {error} (line {line})"
        return ViewDrawing(
            title, text, position, _room(request), is_error=True, language=request.language
        )


def _room(request: FrameRequest) -> tuple[int, int]:
    return (request.view_width, request.view_height)
