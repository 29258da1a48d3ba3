"""What the newest boundary of a run was, and how often its loops have been gone through there."""

from __future__ import annotations

from engine.loops.passes import Passes
from engine.loops.running_loops import RunningLoops
from engine.protocol.places import LoopPass, Stand


class Boundary:
    """The newest boundary that the gate was passed at.

    ``stand`` is what it was: the step's beginning, a loop's, or an iteration's end. ``start`` is
    how many loops had begun there since the newest iteration ended; 0 where no loop begins.
    """

    def __init__(self, running: RunningLoops) -> None:
        self.stand = Stand.STEP_BEGINS
        self.start = 0
        self.passes = Passes()
        self._active = running.records

    def begin_step(self) -> None:
        """Be where a step begins: no loop has been gone through."""
        self.passes.clear()
        self.stand, self.start = Stand.STEP_BEGINS, 0

    def begin_loop(self, start: int) -> None:
        """Be where a loop begins."""
        self.stand, self.start = Stand.LOOP_BEGINS, start

    def end_iteration(self) -> None:
        """Be where an iteration ends."""
        self.stand, self.start = Stand.ITERATION_ENDS, 0

    def passes_from(self, stand: Stand) -> tuple[LoopPass, ...]:
        """How many iterations have begun of each loop that runs, outermost first, seen from there.

        Where an iteration ends or a loop begins, the innermost one stands between two of its own.
        """
        innermost = None if stand is Stand.STATEMENT else self._active[-1]
        return tuple(
            self.passes.begun(record, is_within=record is not innermost)
            for record in self._active[1:]
        )

    def newest_end(self) -> LoopPass | None:
        """The loop of which an iteration ends here, by those that have ended; None elsewhere."""
        if self.stand is not Stand.ITERATION_ENDS or len(self._active) == 1:
            return None
        return self.passes.ended(self._active[-1])
