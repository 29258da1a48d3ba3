"""What a hooked loop does as it runs: counts, has its numbers recorded, passes the gate.

No tree is rewritten here (`engine/loops/instrument.py` does that) and nothing is drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import get_ident
from types import FrameType

from engine.loops.counting import Counting
from engine.loops.instrument import LoopSite, NoteSite
from engine.loops.loop_record import LoopRecord
from engine.loops.noting import Notes, called_site, loop_around
from engine.loops.passage import Passage
from engine.loops.passes import Passes
from engine.loops.recorder import Recorder
from engine.loops.recording import Recording
from engine.loops.running_loops import RunningLoops
from engine.protocol.frame import FrameRequest, SeriesSnapshot
from engine.protocol.places import LoopPass, Stand
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
        self._passage = passage
        self.gate = passage.gate
        self._recording = Recording(recorder)
        self._notes = Notes(self._recording.number_of)
        self._look = take_frame
        self.thread = NOBODY
        self._recording_expected = False
        self._has_recorded = False
        # An iteration that was left counted, and has passed no gate: the next boundary does it.
        self._left_early = False
        self.running = RunningLoops(self.gate)
        self._active = self.running.records
        # The loops that have noted something.
        self._noting: set[int] = set()
        self.counting = Counting(self.running)
        self.passes = Passes()
        self.start = 0
        # What the newest boundary was that the gate was passed at.
        self._stand = Stand.STEP_BEGINS
        call_in_forked_child(self, LoopRuntime.forget_thread)

    @property
    def notes(self) -> list[NoteSite]:
        """The places that note something, in the order of their numbers."""
        return self._notes.sites

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
        self._recording.begin(watch, asked, namespace)
        self._recording_expected = False
        self._has_recorded = False
        self._left_early = False
        self.counting.begin()
        self.passes.clear()
        self._stand = Stand.STEP_BEGINS
        self.start = 0
        self._noting.clear()
        self.running.begin()

    def move(self, moved: Callable[[int], int]) -> None:
        """Have the loops that are known stand where `moved` says that their lines are now."""
        self.sites[:] = [replace(site, line=moved(site.line)) for site in self.sites]
        self.running.move(moved)

    def expect(self, sites: Iterable[LoopSite]) -> None:
        """Say which loops the step's own cell has: where one records, only such ones count."""
        if any(map(self._recording.happens_in, sites)):
            self._recording_expected = True

    def finish(self) -> None:
        """End a step: from here on its loops, should any still run, are not hooked."""
        self.counting.catch_up()
        self.running.settle(self._active[0])
        self.thread = NOBODY
        floor = self._active[0]
        if floor.has_unhooked:
            self._end_unhooked(floor)

    def forget_thread(self) -> None:
        """Hook nothing and wait for nothing: for a process forked from the worker."""
        self.thread = NOBODY
        self.gate.attention = False

    @property
    def position(self) -> int:
        """How many iterations of the running step counted."""
        return self.counting.position

    @property
    def has_recorded(self) -> bool:
        """Whether a loop of the running step has begun that records watched names."""
        return self._has_recorded

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

    def curves(self) -> tuple[SeriesSnapshot, ...]:
        """What the watched names were at each iteration until now."""
        return self._recording.curves()

    @property
    def stand(self) -> Stand:
        """What the newest boundary was: the step's beginning, a loop's, or an iteration's end."""
        return self._stand

    def passes_from(self, stand: Stand) -> tuple[LoopPass, ...]:
        """How many iterations have begun of each loop that runs, outermost first, seen from there.

        Where an iteration ends or a loop begins, the innermost one stands between two of its own.
        """
        innermost = None if stand is Stand.STATEMENT else self._active[-1]
        return tuple(
            self.passes.begun(record, is_amid=record is not innermost)
            for record in self._active[1:]
        )

    def newest_end(self) -> LoopPass | None:
        """The loop of which an iteration ends here, by those that have ended; None elsewhere."""
        if self._stand is not Stand.ITERATION_ENDS or len(self._active) == 1:
            return None
        return self.passes.ended(self._active[-1])

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
            self._recording.write(record, record.watched, names, position)
        if record.noted:
            position = self._write_noted(record, counts=counts)
        record.began_at = position
        if counts and (self._read_values is not None or record.done <= _FIRST):
            self._see(record, sys._getframe(2))
        if record.may_go_unseen:
            record.is_told = record.done < _FIRST or self._read_values is not None
            record.is_behind = not record.is_told
        if self._active[-1] is not record:
            self.running.settle(record)
        if has_counted and not counts and self._active[1] is record:
            self.counting.end_outermost(record)
        if self.gate.attention:
            self._stand, self.start = Stand.ITERATION_ENDS, 0
            is_outermost = has_counted and self._active[1] is record
            counting = counts or self._left_early
            self._pass_gate(record, counting=counting, outermost=is_outermost)
        self._left_early = False

    def _write_noted(self, record: LoopRecord, *, counts: bool) -> int:
        """Write what an iteration has noted that `counts` or not; the position of it."""
        if record.has_unhooked and not counts:
            # The last iteration of a loop that is not hooked has ended with this one.
            self.counting.position += 1
            self._left_early = True
        self._recording.write_noted(record, self.position)
        record.has_unhooked = False
        return self.position

    def _see(self, record: LoopRecord, frame: FrameType) -> None:
        """Have an iteration looked at that counts and has ended in the lesson's `frame`."""
        if record.done <= _FIRST and self.see_iteration is not None:
            self.see_iteration(frame)
        if self._read_values is not None:
            self._read_values(frame)

    def leave(self, record: LoopRecord, names: Mapping[str, object]) -> None:
        """Write down what an iteration had computed before it was left by break or by an error."""
        unwritten = self._recording.unwritten(record, names)
        if not unwritten and not record.noted:
            return
        is_counted = self.position != record.began_at and not (record.noted and record.has_unhooked)
        if record.may_count and not is_counted:
            self.counting.position += 1
            self._left_early = True
        record.done += 1
        self._recording.write(record, unwritten, names, self.position)
        self._recording.write_noted(record, self.position)

    def _pass_gate(self, record: LoopRecord, *, counting: bool, outermost: bool) -> None:
        self._passage.pass_boundary(
            self.take_frame,
            counting=counting,
            outermost=outermost,
            since=record.started,
            here=(self._has_recorded, self.position),
        )

    # What is noted between two boundaries

    def takes_note(self, number: int) -> bool:
        """Whether what is noted at this place is written."""
        return self._recording.takes_notes or self.notes[number].is_asked

    def take_note(self, value: object, number: int, frame: FrameType) -> None:
        """Keep what has been noted for the innermost loop that it was noted in.

        Where the same place notes again, and no hooked loop has come to an iteration's end in
        between, a loop that is not hooked has: one of a library's, or none at all around a function
        that is called again and again.
        """
        numbers = self._notes.numbers_in(value, number)
        if not numbers:
            return
        self.counting.catch_up()
        floor, *running = self._active
        found, is_in_library = loop_around(running, frame, self.notes[number].skips)
        record = found or floor
        noted_at = {(number, name) for name in numbers}
        if (found is None or is_in_library) and not noted_at.isdisjoint(record.noted_at):
            record.has_unhooked = True
            self._end_unhooked(record)
            self._pass_unhooked(record, frame)
        record.noted.update(numbers)
        record.noted_at |= noted_at
        if found is None:
            return
        self._begin_to_record(record)
        self._noting.add(id(record.site))
        record.is_told, record.may_go_unseen, record.is_behind = True, False, False
        record.may_count = record.may_count or not self._recording.happens_within(record.site)

    def _end_unhooked(self, record: LoopRecord) -> None:
        """End an iteration of a loop that is not hooked, within `record`: it counts."""
        self._begin_to_record(record)
        self.counting.position += 1
        self._recording.write_noted(record, self.position)

    def _pass_unhooked(self, record: LoopRecord, frame: FrameType) -> None:
        """Pass the gate where such an iteration has ended, in the lesson's `frame`."""
        is_floor = record is self._active[0]
        if is_floor:
            record.done += 1
            record.site = called_site(frame)
        if self.position <= _FIRST and self.see_iteration is not None:
            self.see_iteration(frame)
        if self._read_values is not None:
            self._read_values(frame)
        if self.gate.attention:
            self._stand, self.start = Stand.ITERATION_ENDS, 0
            self._pass_gate(record, counting=True, outermost=is_floor)
        self._left_early = False

    # The loops that run now

    def push(self, record: LoopRecord) -> None:
        """Begin a loop, within those that run."""
        self.counting.catch_up()
        record.began_at = self.position
        record.paused_before = self.gate.paused_seconds
        if self._recording.concerns(record.site):
            record.watched = self._recording.watched_in(record.site, self._active)
            self._recording.note_before(record)
        record.may_count = self._may_count(record)
        self._active.append(record)
        self.passes.open(record)
        # Known from here on: it costs less than to look again at each boundary.
        is_told = bool(record.watched) or self.stands_around(record) or record.is_in_generator
        record.is_told = is_told or record.may_count
        record.may_go_unseen = record.has_ticks and record.may_count and not is_told
        record.is_behind = record.has_ticks and not record.is_told
        if not record.may_count:
            return
        starts = self.counting.note_start()
        if self.gate.attention:
            self._stand, self.start = Stand.LOOP_BEGINS, 0 if self._left_early else starts
            self._stand_before(record)

    def _stand_before(self, record: LoopRecord) -> None:
        """Stand where a loop starts: for a pause, or at the end of an iteration left just before.

        Steps by statements, too, may begin here.
        """
        if self._left_early:
            self._left_early = False
            self._pass_gate(record, counting=True, outermost=False)
        elif self._passage.holds_at_starts:
            self._passage.pass_start(
                self.take_frame, (self._has_recorded, self.position, self.counting.starts)
            )

    def _may_count(self, record: LoopRecord) -> bool:
        if self._recording.happens_within(record.site):
            return False
        site = record.site
        if not (record.watched or self._recording.notes_in(site) or id(site) in self._noting):
            return not (self._recording_expected or self._has_recorded)
        self._begin_to_record(record)
        return True

    def _begin_to_record(self, record: LoopRecord) -> None:
        """Count from here on, where the step has not recorded anything before."""
        if self._has_recorded:
            return
        self._has_recorded = True
        self.counting.begin_again(record)

    def stands_around(self, record: LoopRecord) -> bool:
        """Whether it is the outermost loop, and loops within it record."""
        return self._active[1] is record and self._recording.happens_within(record.site)
