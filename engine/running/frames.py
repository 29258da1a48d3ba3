"""The frames of the step that runs or that ran last: which is the newest, and what it shows."""

from __future__ import annotations

from dataclasses import replace

from engine.asking.watching import Watcher
from engine.framing.frame_taker import FrameTaker
from engine.framing.ran_lines import CalledFunction
from engine.gate.motion import Motion
from engine.lesson.model import Lesson
from engine.protocol.frame import Floats, Frame, FrameRequest, SeriesSnapshot
from engine.running.event_queue import Teller
from engine.running.steps_ran import StepsRan
from engine.stepping.stepping import Standing


class Frames:
    """Takes frames as the newest request wants them; for the worker's thread.

    ``newest`` is read by others too. ``request`` is the newest that was granted.
    """

    def __init__(self, request: FrameRequest, events: Teller, steps: StepsRan) -> None:
        self.request = request
        self.newest: Frame | None = None
        self._events = events
        self._steps = steps
        self._taker: FrameTaker | None = None
        self._watcher: Watcher | None = None
        # Those of the steps that have a canvas to paint in.
        self._canvases: dict[int, FrameTaker] = {}

    @property
    def own_series(self) -> tuple[SeriesSnapshot, ...]:
        """The newest curves of the names that the step itself records."""
        series = () if self.newest is None else self.newest.series
        return tuple(one for one in series if not one.is_asked)

    # While a step runs

    def begin(self, taker: FrameTaker, watcher: Watcher, *, has_canvas: bool) -> None:
        """A step begins: `taker` takes its frames, and `watcher` reads what is watched."""
        self._watcher = watcher
        self._taker = taker
        if has_canvas:
            self._canvases[taker.step] = taker

    def take(
        self,
        request: FrameRequest,
        motion: Motion,
        standing: Standing | None,
        function: CalledFunction | None,
    ) -> None:
        """Take the frame of a boundary; the motion says whether the run goes on or stands there.

        `function` is the lesson's function that the boundary is in, None where it is in none.
        """
        assert self._taker is not None
        self.request = request
        runs_on = motion is Motion.RUNNING
        if self._watcher is not None:
            self._watcher.read_in_run(runs_on=runs_on)
        if runs_on:
            self.newest = self._taker.take_running(request, is_inside=standing is not None)
        else:
            is_still = motion is Motion.PAUSED
            self.newest = self._taker.take_standing(request, standing, function, is_still=is_still)
        self._events.frame_taken()

    def take_last(
        self, granted: FrameRequest | None, error: BaseException | None
    ) -> BaseException | None:
        """Show where the step ended; its views are a part of the file, so they may fail it.

        Returns what went wrong, in its code or in its views; None where nothing did.
        """
        assert self._taker is not None
        self.request = granted or self.request
        self._read_after_run()
        if error is None:
            try:
                self.newest = self._taker.take_last(self.request)
            except (Exception, SystemExit) as view_error:  # told like any end of a step's code
                error = view_error
        if error is not None:
            self.newest = self._taker.take_again(self.request)
        return error

    # Where none runs

    def look_again(self, request: FrameRequest) -> None:
        """Take the last step's frame again, as for a view pane of another size.

        Where only the tensors are wanted otherwise, or the step has not come to its end, its views
        stay as they are.
        """
        before, self.request = self.request, request
        if self._taker is None:
            return
        asks_for_tensors = request != before and replace(request, tensors=before.tensors) == before
        self._read_after_run()
        if self._steps.is_half_done or asks_for_tensors:
            self.newest = self._taker.look_at_values(request) or self.newest
        else:
            self.newest = self._taker.take_again(request)
        self._events.frame_taken()

    def look_at_values(self) -> None:
        """Read what is watched, in the names that the last step has left."""
        if self._taker is not None and self._watcher is not None:
            self._read_after_run()
            self.newest = self._taker.look_at_values(self.request) or self.newest
            self._events.frame_taken()

    def paint(self, step: int, pixels: Floats, stroke: int) -> None:
        """Put pixels into the canvas of a step that has run, and draw its views of them."""
        taker = self._canvases.get(step)
        painted = None if taker is None else taker.paint(pixels, stroke, self.request)
        if painted is not None:
            self.newest = painted

    # At any time

    def heed_watches(self) -> None:
        """Have what is on the curve now read as iterations end; for any thread."""
        if self._watcher is not None:
            self._watcher.heed()

    def outdate(self) -> None:
        """Have the next frame made of the names as they are: they were changed where it stands."""
        if self._taker is not None:
            self._taker.outdate()

    def move(self, lesson: Lesson) -> None:
        """Know the lines of steps that have run as they stand in the file now."""
        for taker in {*self._canvases.values(), *filter(None, [self._taker])}:
            taker.move(lesson.steps[taker.step])

    def forget_newest(self) -> None:
        """Show nothing, and take no frame of the step that ran last."""
        self.newest = self._taker = self._watcher = None

    def forget_canvases_from(self, step: int) -> None:
        """Let the canvases of these steps go: this one and those that come after it."""
        self._canvases = {one: taker for one, taker in self._canvases.items() if one < step}

    def close(self) -> None:
        """Let all that looks at names go; the newest frame stays."""
        self._taker = self._watcher = None
        self._canvases.clear()

    def _read_after_run(self) -> None:
        if self._watcher is not None:
            self._watcher.read_after_run()
