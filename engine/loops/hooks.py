"""What the lesson's own code calls where its loops were hooked; what that does is the runtime's.

The learner's frame is found by how many calls away it is, so each hook is called by lesson code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from threading import get_ident

from engine.loops.instrument import FOR_HOOK, LEAVE_HOOK, NOTE_HOOK, RAN_OUT_HOOK, WHILE_HOOK
from engine.loops.lengths import known_length
from engine.loops.loop_record import LoopRecord
from engine.loops.runtime import NOBODY, LoopRuntime

# A lesson may put anything into `builtins`; what advances its loops is this.
_next = next


class LoopHooks:
    """The hooks of one namespace.

    Only the worker thread that began the step is hooked: a lesson's own threads, processes forked
    from the worker (a DataLoader's) and what a view cell calls go through untouched loops.
    """

    def __init__(self, runtime: LoopRuntime) -> None:
        self._runtime = runtime
        self._whiles: dict[tuple[int, int], LoopRecord] = {}

    def names(self) -> dict[str, object]:
        """What a lesson's namespace must hold for its hooked loops to run."""
        return {
            FOR_HOOK: self.for_loop,
            WHILE_HOOK: self.while_loop,
            LEAVE_HOOK: self.leave_while,
            RAN_OUT_HOOK: self.end_while,
            NOTE_HOOK: self.note,
        }

    def for_loop(self, iterable: Iterable[object], number: int) -> Iterable[object]:
        """Stand in for the iterable of a `for`."""
        runtime = self._runtime
        if get_ident() != runtime.thread:
            return iterable
        iterator = iter(iterable)
        # As in `unhooked`, which costs more: a loader asks code of the lesson's.
        thread, runtime.thread = runtime.thread, NOBODY
        try:
            length = known_length(iterable)
        finally:
            runtime.thread = thread
        record = LoopRecord(runtime.sites[number], length, id(sys._getframe(1)))
        return self._iterate(iterator, record)

    def while_loop(self, number: int) -> bool:
        """Stand before the test of a `while`: an iteration has ended, unless none has begun."""
        if get_ident() != self._runtime.thread:
            return True
        key = (id(sys._getframe(1)), number)
        record = self._whiles.get(key)
        if record is None:
            record = self._whiles[key] = LoopRecord(self._runtime.sites[number], None, key[0])
            self._runtime.push(record)
        else:
            self._runtime.complete(record)
        return True

    def end_while(self, number: int) -> None:
        """Stand where the test of a `while` was not true."""
        record = self._whiles.get((id(sys._getframe(1)), number))
        if record is not None and get_ident() == self._runtime.thread:
            self._runtime.passes.close(record, is_amid=False)

    def leave_while(self, number: int) -> None:
        """Stand after a `while` that has ended, or was left by break, return or an error."""
        frame = sys._getframe(1)
        record = self._whiles.pop((id(frame), number), None)
        if record is not None and get_ident() == self._runtime.thread:
            self._runtime.passes.close(record, is_amid=True)
            self._runtime.leave(record, frame.f_locals)
            self._runtime.running.drop(record)

    def note(self, value: object, number: int) -> object:
        """Stand around an expression that is noted: it is written where an iteration ends."""
        if self._runtime.takes_note(number) and get_ident() == self._runtime.thread:
            self._runtime.take_note(value, number, sys._getframe(1))
        return value

    def _iterate(self, iterator: Iterator[object], record: LoopRecord) -> Iterator[object]:
        runtime = self._runtime
        runtime.push(record)
        active, gate = runtime.running.records, runtime.gate
        # Known from here on: it costs less than to look again at each boundary.
        record.is_told |= bool(record.watched) or record.may_count or runtime.stands_around(record)
        try:
            while True:
                # The value is never a local of this frame: it must die when the lesson lets it go.
                yield _next(iterator)
                if record.is_told or gate.attention or active[-1] is not record:
                    runtime.complete(record)
                else:
                    record.done += 1
        except StopIteration:
            return
        except GeneratorExit:
            # Closed where it was left, by break, return or an error: in the lesson's own frame.
            if get_ident() == runtime.thread:
                runtime.passes.close(record, is_amid=True)
                runtime.leave(record, sys._getframe(1).f_locals)
            raise
        finally:
            runtime.passes.close(record, is_amid=False)
            runtime.running.drop(record)
