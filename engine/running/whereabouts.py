"""Where in the lesson's text a run stands, as the loops and the stepping by statements know it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from engine.loops.runtime import LoopRuntime
from engine.protocol.places import Place, Spot, Stand
from engine.running.steps_ran import StepsRan
from engine.stepping.stepping import StatementStepper


class Whereabouts:
    """How far the run has come; what says so in words may be asked on any thread.

    ``place`` is that of the newest frame or moment of the run that is under way or ended last, None
    before the first. `loops` gives those of the namespace of now.
    """

    def __init__(
        self, steps: StepsRan, loops: Callable[[], LoopRuntime], stepper: StatementStepper
    ) -> None:
        self.place: Place | None = None
        self._steps = steps
        self._loops = loops
        self._stepper = stepper

    @property
    def here(self) -> Place:
        """Where the run stands that is under way, for the worker's thread."""
        assert self._steps.under_way is not None
        loops = self._loops()
        statement = self._stepper.count
        start = 0 if statement else loops.boundary.start
        step, has_recorded = self._steps.under_way, loops.countable.has_recorded
        return Place(step, has_recorded, loops.position, statement, start)

    @property
    def starts(self) -> int:
        """How many loops have begun since the newest iteration ended."""
        return self._loops().counting.starts

    @property
    def place_now(self) -> Place | None:
        """How far the run has come that is under way or ended last."""
        place, loops = self.place, self._loops()
        if place is None or self._steps.under_way is None:
            return place
        now = Place(place.step, loops.countable.has_recorded, loops.counting.by_now)
        return max(place, now)

    @property
    def last_statement(self) -> Place | None:
        """The newest statement that the run was stopped before; None if none."""
        position, count = self._stepper.counted
        if self.place is None or not count:
            return None
        return Place(self.place.step, self._loops().countable.has_recorded, position, count)

    def function_in(self, frame: FrameType | None) -> FrameType | None:
        """The lesson's function that the worker is in, whose thread is in `frame`."""
        return self._stepper.function_in(frame)

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """A context in which what runs is no part of the run: it moves on nowhere."""
        with self._loops().unhooked(), self._stepper.suspended():
            yield

    def spot_in(self, frame: FrameType | None) -> Spot:
        """Where in the lesson's text the worker stands, whose thread is in `frame`."""
        step = self._steps.under_way
        if step is None:
            return Spot(None if self.place is None else self.place.step, Stand.IDLE)
        function = self.function_in(frame)
        name = "" if function is None else function.f_code.co_qualname
        loops, standing = self._loops(), self._stepper.standing
        if standing is not None:
            line = standing.statement.line
            visits, since = self._stepper.visits.of(line)
            passes = loops.boundary.passes_from(Stand.STATEMENT)
            before = standing.line_before
            return Spot(step, Stand.STATEMENT, line, name, passes, before, visits, since)
        passes = loops.boundary.passes_from(loops.boundary.stand)
        line = passes[-1].line if passes else 0
        return Spot(step, loops.boundary.stand, line, name, passes)
