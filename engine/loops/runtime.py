"""What a hooked loop does as it runs: counts, has its numbers recorded, passes the gate.

No tree is rewritten here (`engine/loops/instrument.py` does that) and nothing is drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import get_ident
from types import FrameType

from engine.gate.passage import Passage
from engine.loops.boundary import Boundary
from engine.loops.countable import Countable
from engine.loops.counting import Counting
from engine.loops.instrument import LoopSite
from engine.loops.loop_record import LoopRecord
from engine.loops.note_taker import NoteTaker
from engine.loops.noting import Notes
from engine.loops.recorder import Recorder
from engine.loops.recording import Recording
from engine.loops.running_loops import RunningLoops
from engine.protocol.frame import FrameRequest
from engine.system.forks import call_in_forked_child

NOBODY = -1
"""In place of the thread that is hooked: none is."""

# How many iterations of a loop may be looked at for their own sake.
_FIRST = 12


class LoopRuntime:
    """What `LoopHooks` tells of one namespace's loops becomes counts, records and boundaries.

    ``thread`` is the worker's that called `begin`: it alone is hooked. ``see_iteration`` is called
    with the learner's own frame where one of a loop's first iterations has ended that counts.
    """

    def __init__(
        self, passage: Passage, recorder: Recorder, take_frame: Callable[[FrameRequest], None]
    ) -> None:
        self.sites: list[LoopSite] = []
        self.see_iteration: Callable[[FrameType], None] | None = None
        self._read_values: Callable[[FrameType], None] | None = None
        self.gate = passage.gate
        self.recording = Recording(recorder)
        self.notes = Notes(self.recording.number_of)
        self._look = take_frame
        self.thread = NOBODY
        self.running = RunningLoops(self.gate)
        self._active = self.running.records
        self.counting = Counting(self.running)
        self.countable = Countable(self.recording, self.counting)
        self.boundary = Boundary(
            passage, self.running, self.counting, self.countable, self.take_frame
        )
        self.note_taker = NoteTaker(
            self.notes,
            self.recording,
            self.running,
            self.counting,
            self.countable,
            self.boundary,
            self.gate,
            self._see,
        )
        call_in_forked_child(self, LoopRuntime.forget_thread)

    def begin(
        self,
        watch: tuple[str, ...] | None,
        namespace: Mapping[str, object],
        asked: tuple[str, ...] = (),
    ) -> None:
        """Start a step on the calling thread: nothing is running, and nothing is counted yet.

        It records the names that it is to watch, None: those of costs; and those `asked` for.
        """
        self.thread = get_ident()
        self.recording.begin(watch, asked, namespace)
        self.countable.begin()
        self.counting.begin()
        self.boundary.begin_step()
        self.running.begin()

    def move(self, moved: Callable[[int], int]) -> None:
        """Have the loops that are known stand where `moved` says that their lines are now."""
        self.sites[:] = [replace(site, line=moved(site.line)) for site in self.sites]
        self.running.move(moved)

    def finish(self) -> None:
        """End a step: from here on its loops, should any still run, are not hooked."""
        self.counting.catch_up()
        self.running.settle(self._active[0])
        self.thread = NOBODY
        self.note_taker.finish()

    def forget_thread(self) -> None:
        """Hook nothing and wait for nothing: for a process forked from the worker."""
        self.thread = NOBODY
        self.gate.attention = False

    @property
    def position(self) -> int:
        """How many iterations of the running step counted."""
        return self.counting.position

    @property
    def read_values(self) -> Callable[[FrameType], None] | None:
        """What is called where an iteration has ended that counts, if anything is."""
        return self._read_values

    @read_values.setter
    def read_values(self, read: Callable[[FrameType], None] | None) -> None:
        self._read_values = read
        if read is not None:
            for record in (*self._active,):
                record.is_told = True

    def take_frame(self, request: FrameRequest) -> None:
        """Look at what there is; the lesson's functions that a view cell calls are not hooked."""
        with self.unhooked():
            self._look(request)

    @contextmanager
    def unhooked(self) -> Iterator[None]:
        """A context in which loops go through untouched, as those of what is no part of the run."""
        thread, self.thread = self.thread, NOBODY
        try:
            yield
        finally:
            self.thread = thread

    # What happens at a boundary

    def complete(self, record: LoopRecord) -> None:
        """End an iteration of a loop; called by the hook that the lesson's own frame has called."""
        if record.is_behind:
            self.counting.catch_up_with(record, record.taken - 1)
        elif record.is_in_generator:
            self.counting.catch_up()
        record.done += 1
        if self.thread == NOBODY:
            # One of the run's own generators that something else advances.
            return
        position = self.counting.position
        counts = record.may_count and position == record.began_at
        if counts:
            self.counting.position = position = position + 1
        has_counted = position != record.began_at
        if record.watched:
            # The learner's own frame is two calls away: the hook's, and this one's.
            names = record.names or sys._getframe(2).f_locals
            self.recording.write(record, record.watched, names, position)
        if record.noted:
            position = self._write_noted(record, counts=counts)
        record.began_at = position
        if counts and (self._read_values is not None or record.done <= _FIRST):
            self._see(record.done, sys._getframe(2))
        if record.may_go_unseen:
            record.is_told = record.done < _FIRST or self._read_values is not None
            record.is_behind = not record.is_told
        if self._active[-1] is not record:
            self.running.settle(record)
        if has_counted and not counts and self._active[1] is record:
            self.counting.end_outermost(record)
        if self.gate.attention:
            is_outermost = has_counted and self._active[1] is record
            self.boundary.end_iteration(record, counting=counts, outermost=is_outermost)
        self.boundary.was_left = False
        if record.may_be_taped and counts and self._read_values is None:
            self._begin_to_tape(record)

    def _begin_to_tape(self, record: LoopRecord) -> None:
        """Have a loop write by itself what it records, once its first iterations have ended."""
        if record.done >= _FIRST:
            record.tape = self.recording.tape_of(record)
            if record.tape is not None:
                record.is_told, record.is_behind = False, True

    def _write_noted(self, record: LoopRecord, *, counts: bool) -> int:
        """Write what an iteration has noted that `counts` or not; the position of it."""
        if record.has_unhooked and not counts:
            # The last iteration of a loop that is not hooked has ended with this one.
            self.counting.position += 1
            self.boundary.was_left = True
        self.recording.write_noted(record, self.position)
        record.has_unhooked = False
        return self.position

    def _see(self, number: int, frame: FrameType) -> None:
        """Have the iteration of this number looked at, which has ended in the lesson's `frame`."""
        if number <= _FIRST and self.see_iteration is not None:
            self.see_iteration(frame)
        if self._read_values is not None:
            self._read_values(frame)

    def leave(self, record: LoopRecord, frame: FrameType) -> None:
        """Write down what an iteration had computed before the lesson's `frame` left it.

        That is by break or return, or by an error.
        """
        names = frame.f_locals
        unwritten = self.recording.unwritten(record, frame, names)
        if not unwritten and not record.noted:
            return
        is_counted = self.position != record.began_at and not (record.noted and record.has_unhooked)
        if record.may_count and not is_counted:
            self.counting.position += 1
            self.boundary.was_left = True
        record.done += 1
        self.recording.write(record, unwritten, names, self.position)
        self.recording.write_noted(record, self.position)

    # The loops that run now

    def push(self, record: LoopRecord) -> None:
        """Begin a loop, within those that run."""
        self.counting.catch_up()
        record.began_at = self.position
        record.paused_before = self.gate.paused_seconds
        self.recording.look_for_profiler()
        if self.recording.concerns(record.site):
            record.watched = self.recording.watched_in(record.site, self._active)
            self.recording.note_before(record)
        record.may_count = self.countable.may_count(record)
        self._active.append(record)
        self.boundary.passes.open(record)
        # Known from here on: it costs less than to look again at each boundary.
        is_around = self._stands_around(record)
        is_told = bool(record.watched) or is_around or record.is_in_generator
        record.is_told = is_told or record.may_count
        record.may_go_unseen = record.has_ticks and record.may_count and not is_told
        record.is_behind = record.has_ticks and not record.is_told
        record.may_be_taped = record.has_ticks and record.may_count and not is_around
        if not record.may_count:
            return
        starts = self.counting.note_start()
        if self.gate.attention:
            self.boundary.begin_loop(record, starts)

    def _stands_around(self, record: LoopRecord) -> bool:
        """Whether it is the outermost loop, and loops within it record."""
        return self._active[1] is record and self.recording.happens_within(record.site)
