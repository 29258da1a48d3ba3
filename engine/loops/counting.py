"""How many iterations of a step have counted, also of those that have gone by unseen.

What else happens where one ends is not this room's business (`engine/loops/runtime.py`).
"""

from __future__ import annotations

from engine.loops.loop_record import LoopRecord
from engine.loops.outer import OuterIterations
from engine.loops.running_loops import RunningLoops
from engine.protocol.frame import OuterLoop


class Counting:
    """Counts what the running loops of one namespace tell.

    ``position`` is how many iterations of the running step counted; where a step records anything,
    those before its first recording loop do not.
    """

    def __init__(self, running: RunningLoops) -> None:
        self.position = 0
        self._running = running
        self._active = running.records
        self._outer = OuterIterations()
        # How many loops have begun since the position became what it is, as far as they count.
        self._starts = self._starts_at = 0

    def begin(self) -> None:
        """Start a step: nothing is counted yet."""
        self.position = self._starts = self._starts_at = 0
        self._outer.begin()

    def begin_again(self, record: LoopRecord) -> None:
        """Count from here on, where the step has not recorded anything before `record`."""
        self.position = self._starts = 0
        self._outer.begin()
        for other in (*self._active, record):
            other.began_at = 0

    @property
    def starts(self) -> int:
        """How many loops that count have begun since the newest iteration ended that does."""
        return self._starts if self._starts_at == self.position else 0

    def note_start(self) -> int:
        """A loop that counts begins; how many have since the newest iteration that does."""
        self._starts = self.starts + 1
        self._starts_at = self.position
        return self._starts

    # The outermost loop

    def end_outermost(self, record: LoopRecord) -> None:
        """An iteration of the outermost loop has ended that others within it count for."""
        self._outer.end(record, self.position)

    def outer_loop(self) -> OuterLoop | None:
        """Where the outermost loop's iterations ended; None where no loop within it counts."""
        return self._outer.told(self._running.outermost)

    def outer_before(self) -> int | None:
        """Where the outermost loop's newest iteration ended that ended before now; None if none."""
        return self._outer.before(self.position)

    # What goes by unseen

    @property
    def by_now(self) -> int:
        """The position, also while iterations go by unseen; for any thread."""
        behind = [one for one in (*self._active,) if one.is_behind and one.may_count]
        unseen = (one.taken - 1 - one.done - (self.position != one.began_at) for one in behind)
        return self.position + sum(max(count, 0) for count in unseen)

    def catch_up(self) -> None:
        """Count what has gone by unseen in the loops that run, each of which is in an iteration."""
        for record in (*self._active,):
            if record.is_behind:
                self.catch_up_with(record, record.taken - 1)

    def catch_up_with(self, record: LoopRecord, ended: int) -> None:
        """Count the iterations of a loop that have gone by unseen, up to the `ended`th.

        What counts within one of them begins with a catching up, so it was the first that had any.
        """
        if record.tape is not None:
            record.tape.wind(self.position, record.newest)
            record.tape, record.is_told = None, True
        if not record.is_behind or record.done >= ended:
            return
        if record.may_count:
            if self.position != record.began_at:
                record.done += 1
                if self._active[1] is record:
                    self.end_outermost(record)
            self.position += ended - record.done
        record.done, record.began_at = ended, self.position
        if self._active[-1] is not record:
            self._running.settle(record)
