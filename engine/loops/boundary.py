"""What the newest boundary of a run was, and how often its loops have been gone through there."""

from __future__ import annotations

from collections.abc import Callable

from engine.gate.passage import Passage
from engine.loops.countable import Countable
from engine.loops.counting import Counting
from engine.loops.loop_record import LoopRecord
from engine.loops.passes import Passes
from engine.loops.running_loops import RunningLoops
from engine.protocol.frame import FrameRequest
from engine.protocol.places import LoopPass, Stand


class Boundary:
    """The newest boundary, and the way by the gate there.

    ``stand`` is what it was: the step's beginning, a loop's, or an iteration's end. ``start`` is
    how many loops had begun there since the newest iteration ended; 0 where no loop begins. Where
    an iteration that counts ``was_left`` by break or by an error it has passed no gate: the next
    boundary does that.
    """

    def __init__(
        self,
        passage: Passage,
        running: RunningLoops,
        counting: Counting,
        countable: Countable,
        take_frame: Callable[[FrameRequest], None],
    ) -> None:
        self.stand = Stand.STEP_BEGINS
        self.start = 0
        self.was_left = False
        self.passes = Passes()
        self._passage = passage
        self._active = running.records
        self._counting = counting
        self._countable = countable
        self._take_frame = take_frame

    def begin_step(self) -> None:
        """Be where a step begins: no loop has been gone through."""
        self.passes.clear()
        self.stand, self.start, self.was_left = Stand.STEP_BEGINS, 0, False

    def begin_loop(self, record: LoopRecord, starts: int) -> None:
        """Be where a loop begins, which is one of so many here; stand there for a pause.

        Steps by statements, too, may begin here. An iteration that was left just before ends here.
        """
        self.stand, self.start = Stand.LOOP_BEGINS, 0 if self.was_left else starts
        if self.was_left:
            self.was_left = False
            self._pass_gate(record, counting=True, outermost=False)
        elif self._passage.holds_at_starts:
            counting = self._counting
            here = self._countable.has_recorded, counting.position, counting.starts
            self._passage.pass_start(self._take_frame, here)

    def end_iteration(self, record: LoopRecord, *, counting: bool, outermost: bool) -> None:
        """Be where an iteration ends, which may count, and pass the gate."""
        self.stand, self.start = Stand.ITERATION_ENDS, 0
        self._pass_gate(record, counting=counting or self.was_left, outermost=outermost)

    def _pass_gate(self, record: LoopRecord, *, counting: bool, outermost: bool) -> None:
        self._passage.pass_boundary(
            self._take_frame,
            counting=counting,
            outermost=outermost,
            since=record.started,
            here=(self._countable.has_recorded, self._counting.position),
        )

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
