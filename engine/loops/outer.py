"""Where the iterations of a step's outermost loop ended, such as epochs, for those within it."""

from __future__ import annotations

from array import array
from bisect import bisect_left

import numpy as np

from engine.loops.loop_record import LoopRecord
from engine.protocol.frame import OuterLoop

_MOST_ENDS = 4_096


class OuterIterations:
    """Notes the ends of one activation of an outermost loop.

    Where another one follows whose iterations are told by loops within it too, or an iteration has
    none within it, it could not be said which one a position belongs to: then nothing is said.
    """

    def __init__(self) -> None:
        self._record: LoopRecord | None = None
        self._ends = array("q")
        self._is_unclear = False

    def begin(self) -> None:
        """Start counting iterations: nothing has ended yet."""
        self._record, self._is_unclear = None, False
        self._ends = array("q")

    def end(self, record: LoopRecord, position: int) -> None:
        """An iteration of this loop has ended, at the position of the last one within it."""
        if self._record is None:
            self._record = record
        if len(self._ends) == _MOST_ENDS and record is self._record:
            return
        if record is not self._record or record.done != len(self._ends) + 1:
            self._is_unclear = True
        self._ends.append(position)

    def before(self, position: int) -> int | None:
        """Where the newest of its iterations ended that ended before this position.

        That is 0 before the first, and None where nothing is known of such a loop.
        """
        if self._record is None or self._is_unclear:
            return None
        at = bisect_left(self._ends, position)
        return self._ends[at - 1] if at else 0

    def told(self, outermost: LoopRecord | None) -> OuterLoop | None:
        """What is known; `outermost` is the loop that runs now."""
        record = self._record
        if record is None or self._is_unclear:
            return None
        goes_on = outermost is record and len(self._ends) == record.done
        return OuterLoop(record.site.label, np.array(self._ends, dtype=np.int64), goes_on)
