"""What the lesson's own code calls where its loops were hooked; what that does is the runtime's.

The learner's frame is found by how many calls away it is, so each hook is called by lesson code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_OPTIMIZED
from itertools import compress
from threading import get_ident
from types import FrameType

from engine.loops.instrument import (
    FOR_HOOK,
    LEAVE_HOOK,
    NOTE_HOOK,
    RAN_OUT_HOOK,
    WHILE_HOOK,
    LoopSite,
)
from engine.loops.lengths import known_length, runs_no_code
from engine.loops.loop_record import LoopRecord
from engine.loops.runtime import NOBODY, LoopRuntime
from engine.loops.tape import NOT_TAKEN
from engine.values.compiling import compiler_test

# A lesson may put anything into `builtins`; what advances its loops is this.
_next = next
_WAITS_AMID = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR


class LoopHooks:
    """The hooks of one namespace.

    Only the worker thread that began the step is hooked: a lesson's own threads, processes forked
    from the worker (a DataLoader's) and what a view cell calls go through untouched loops. So does
    what `torch.compile` reads: a hook would break its graph, so each asks first whether it does.
    """

    def __init__(self, runtime: LoopRuntime) -> None:
        self._runtime = runtime
        self._is_read_by_compiler = compiler_test()
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
        if self._is_read_by_compiler():
            return iterable
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
        record = _begun(runtime.sites[number], length, sys._getframe(1))
        if record.is_in_generator or not runs_no_code(iterable):
            return self._iterate(iterator, record)
        record.has_ticks = True
        return self._iterate_plainly(compress(iterator, record.ticks), record)

    def while_loop(self, number: int) -> bool:
        """Stand before the test of a `while`: an iteration has ended, unless none has begun."""
        if self._is_read_by_compiler():
            return True
        if get_ident() != self._runtime.thread:
            return True
        frame = sys._getframe(1)
        key = (id(frame), number)
        record = self._whiles.get(key)
        if record is None:
            record = self._whiles[key] = _begun(self._runtime.sites[number], None, frame)
            self._runtime.push(record)
        else:
            self._runtime.complete(record)
        return True

    def end_while(self, number: int) -> None:
        """Stand where the test of a `while` was not true."""
        if self._is_read_by_compiler():
            return
        record = self._whiles.get((id(sys._getframe(1)), number))
        if record is not None and get_ident() == self._runtime.thread:
            self._runtime.boundary.passes.close(record, is_within=False)

    def leave_while(self, number: int) -> None:
        """Stand after a `while` that has ended, or was left by break, return or an error."""
        if self._is_read_by_compiler():
            return
        frame = sys._getframe(1)
        record = self._whiles.pop((id(frame), number), None)
        if record is not None and get_ident() == self._runtime.thread:
            self._runtime.boundary.passes.close(record, is_within=True)
            self._runtime.leave(record, frame)
            self._runtime.running.drop(record)

    def note(self, value: object, number: int) -> object:
        """Stand around an expression that is noted: it is written where an iteration ends."""
        if self._is_read_by_compiler():
            return value
        note_taker = self._runtime.note_taker
        if note_taker.takes(number) and get_ident() == self._runtime.thread:
            note_taker.take(value, number, sys._getframe(1))
        return value

    def _iterate(self, iterator: Iterator[object], record: LoopRecord) -> Iterator[object]:
        runtime = self._runtime
        runtime.push(record)
        active, gate = runtime.running.records, runtime.gate
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
            self._close_amid(record, sys._getframe(1))
            raise
        finally:
            runtime.boundary.passes.close(record, is_within=False)
            runtime.running.drop(record)

    def _iterate_plainly(self, iterator: Iterator[object], record: LoopRecord) -> Iterator[object]:
        """As `_iterate`, over items that come by no code, each with a tick of the record's."""
        runtime = self._runtime
        runtime.push(record)
        gate, tape = runtime.gate, record.tape
        try:
            while True:
                yield _next(iterator)
                if gate.attention or record.is_told:
                    runtime.complete(record)
                    tape = record.tape
                elif tape is not None:
                    try:
                        _next(tape.taking)
                    except NOT_TAKEN:
                        runtime.complete(record)
                        tape = record.tape
        except StopIteration:
            runtime.counting.catch_up_with(record, record.taken)
            return
        except GeneratorExit:
            self._close_amid(record, sys._getframe(1))
            raise
        finally:
            if record.tape is not None:
                # What interrupts a lesson may strike here, between two of its iterations.
                runtime.counting.catch_up_with(record, record.done + record.tape.count)
            runtime.boundary.passes.close(record, is_within=False)
            runtime.running.drop(record)

    def _close_amid(self, record: LoopRecord, frame: FrameType) -> None:
        """End a loop that the lesson's own `frame` has left by break, return or an error."""
        runtime = self._runtime
        if get_ident() == runtime.thread:
            runtime.counting.catch_up_with(record, record.taken - 1)
            runtime.boundary.passes.close(record, is_within=True)
            runtime.leave(record, frame)


def _begun(site: LoopSite, length: int | None, frame: FrameType) -> LoopRecord:
    """The record of a loop that begins in the lesson's `frame`."""
    flags = frame.f_code.co_flags
    # A function's names are asked for at each look: they are a copy, or stand for its frame.
    names = None if flags & CO_OPTIMIZED else frame.f_locals
    record = LoopRecord(site, length, id(frame), names)
    record.instruction = frame.f_lasti
    record.is_in_generator = bool(flags & _WAITS_AMID)
    return record
