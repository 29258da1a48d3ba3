"""What a hooked loop does as it runs: counts, records the watched scalars, passes the gate.

No tree is rewritten here (`engine/instrument.py` does that) and nothing is drawn.
"""

from __future__ import annotations

import os
import sys
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import get_ident
from typing import TYPE_CHECKING

from engine.frame import LoopProgress
from engine.gate import FrameRequest, Gate, Motion
from engine.instrument import FOR_HOOK, LEAVE_HOOK, WHILE_HOOK, LoopSite
from engine.lengths import known_length
from engine.peeking import is_tensor, looking_only
from engine.recorder import Recorder

if TYPE_CHECKING:
    from torch import Tensor

_NOBODY = -1
_MISSING = object()
_FLOOR_SITE = LoopSite("", 0, frozenset(), frozenset(), frozenset())

# A lesson may put anything into `builtins`; what advances its loops is this.
_next = next


class LoopRecord:
    """One activation of a loop: how far it is, and what it writes down at each boundary.

    ``may_count`` says that its iterations can be the step's iterations: it records a watched name,
    or nothing that is watched is recorded at all. Such an iteration counts unless one that counts
    ended within it since ``began_at``, so that of nested loops the innermost ones count.
    """

    __slots__ = (
        "appends",
        "began_at",
        "done",
        "may_count",
        "newest",
        "paused_before",
        "site",
        "started",
        "total",
        "watched",
    )

    def __init__(self, site: LoopSite, total: int | None) -> None:
        self.site = site
        self.total = total
        self.done = 0
        self.started = time.perf_counter()
        self.paused_before = 0.0
        self.may_count = False
        self.began_at = 0
        self.watched: tuple[str, ...] = ()
        self.newest: dict[str, object] = {}
        self.appends: dict[str, Callable[[int, object], None]] = {}


class LoopRuntime:
    """The hooks of one namespace, and the loops that run in it now, outermost first.

    ``position`` is how many iterations of the running step counted; where a step records watched
    names, those before its first recording loop do not. Only the worker thread that called
    `begin` is hooked: a lesson's own threads, processes forked from the worker (a DataLoader's)
    and what a view cell calls go through untouched loops.
    """

    def __init__(
        self, gate: Gate, recorder: Recorder, take_frame: Callable[[FrameRequest], None]
    ) -> None:
        self.sites: list[LoopSite] = []
        self.position = 0
        self._gate = gate
        self._recorder = recorder
        self._look = take_frame
        self._thread = _NOBODY
        self._namespace: Mapping[str, object] = {}
        self._watch: tuple[str, ...] = ()
        self._recording_expected = False
        self._has_recorded = False
        # An iteration that was left counted, and has passed no gate: the next boundary does it.
        self._left_early = False
        # A floor that is never taken away, so that the newest loop can be looked at unasked.
        self._active = [LoopRecord(_FLOOR_SITE, None)]
        self._whiles: dict[tuple[int, int], LoopRecord] = {}
        self._ended: tuple[LoopProgress, ...] = ()
        _runtimes.add(self)

    def hooks(self) -> dict[str, object]:
        """What a lesson's namespace must hold for its hooked loops to run."""
        return {FOR_HOOK: self.for_loop, WHILE_HOOK: self.while_loop, LEAVE_HOOK: self.leave_while}

    def begin(self, watch: tuple[str, ...], namespace: Mapping[str, object]) -> None:
        """Start a step on the calling thread: nothing is running, and nothing is counted yet."""
        self._thread = get_ident()
        self._namespace = namespace
        self._watch = watch
        self._recording_expected = False
        self._has_recorded = False
        self._left_early = False
        self.position = 0
        self._ended = ()
        del self._active[1:]

    def expect(self, sites: Iterable[LoopSite]) -> None:
        """Say which loops the step's own cell has: where one records, only such ones count."""
        watch = frozenset(self._watch)
        if any(watch & site.names for site in sites):
            self._recording_expected = True

    def finish(self) -> None:
        """End a step: from here on its loops, should any still run, are not hooked."""
        self._settle(self._active[0])
        self._thread = _NOBODY

    def forget_thread(self) -> None:
        """Hook nothing and wait for nothing: for a process forked from the worker."""
        self._thread = _NOBODY
        self._gate.attention = False

    def progress(self) -> tuple[LoopProgress, ...]:
        """How far each running loop is, outermost first; when none runs, the one that ended."""
        return self._measure() or self._ended

    # The hooks

    def for_loop(self, iterable: Iterable[object], number: int) -> Iterable[object]:
        """Stand in for the iterable of a `for`."""
        if get_ident() != self._thread:
            return iterable
        iterator = iter(iterable)
        return self._iterate(iterator, LoopRecord(self.sites[number], known_length(iterable)))

    def while_loop(self, number: int) -> bool:
        """Stand before the test of a `while`: an iteration has ended, unless none has begun."""
        if get_ident() != self._thread:
            return True
        key = (id(sys._getframe(1)), number)
        record = self._whiles.get(key)
        if record is None:
            record = self._whiles[key] = LoopRecord(self.sites[number], None)
            self._push(record)
        else:
            self._complete(record)
        return True

    def leave_while(self, number: int) -> None:
        """Stand after a `while` that has ended, or was left by break, return or an error."""
        frame = sys._getframe(1)
        record = self._whiles.pop((id(frame), number), None)
        if record is not None and get_ident() == self._thread:
            self._leave(record, frame.f_locals)
            self._drop(record)

    def _iterate(self, iterator: Iterator[object], record: LoopRecord) -> Iterator[object]:
        self._push(record)
        active, gate = self._active, self._gate
        try:
            while True:
                # The value is never a local of this frame: it must die when the lesson lets it go.
                yield _next(iterator)
                if record.watched or record.may_count or gate.attention or active[-1] is not record:
                    self._complete(record)
                else:
                    record.done += 1
        except StopIteration:
            return
        except GeneratorExit:
            # Closed where it was left, by break, return or an error: in the lesson's own frame.
            if get_ident() == self._thread:
                self._leave(record, sys._getframe(1).f_locals)
            raise
        finally:
            self._drop(record)

    # What happens at a boundary

    def _complete(self, record: LoopRecord) -> None:
        record.done += 1
        counts = record.may_count and self.position == record.began_at
        if counts:
            self.position += 1
        has_counted = self.position != record.began_at
        record.began_at = self.position
        if record.watched:
            # The learner's own frame is two calls away: the hook's, and this one's.
            self._record(record, record.watched, sys._getframe(2).f_locals)
        if self._active[-1] is not record:
            self._settle(record)
        if self._gate.attention:
            self._gate.pass_boundary(
                self._take_frame,
                counting=counts or self._left_early,
                outermost=has_counted and self._active[1] is record,
                since=record.started,
            )
        self._left_early = False

    def _record(
        self, record: LoopRecord, watched: Iterable[str], names: Mapping[str, object]
    ) -> None:
        # This runs in every iteration of a training loop: it calls as little as it can.
        for name in watched:
            value = names.get(name, _MISSING)
            if value is _MISSING:
                value = self._namespace.get(name, _MISSING)
                if value is _MISSING:
                    continue
            if type(value) is not float and is_tensor(value):
                if value.numel() != 1:
                    # The recorder says why it makes no curve, and nothing keeps it alive here.
                    self._recorder.record(name, self.position, value)
                    continue
                if value.is_inference() or value._version or name in record.site.accumulated:
                    # It is written in place: what it was at this moment must be kept apart.
                    value = _copied(value)
                else:
                    value = value.data
            append = record.appends.get(name)
            if append is None:
                append = record.appends[name] = self._recorder.series(name).append
            append(self.position, value)
            record.newest[name] = value

    def _leave(self, record: LoopRecord, names: Mapping[str, object]) -> None:
        """Write down what an iteration had computed before it was left by break or by an error."""
        fresh = tuple(
            name
            for name in record.watched
            if name not in record.site.accumulated
            and not _is_same(self._value_of(name, names), record.newest.get(name, _MISSING))
        )
        if not fresh:
            return
        if record.may_count and self.position == record.began_at:
            self.position += 1
            self._left_early = True
        record.done += 1
        self._record(record, fresh, names)

    def _value_of(self, name: str, names: Mapping[str, object]) -> object:
        value = names.get(name, _MISSING)
        return self._namespace.get(name, _MISSING) if value is _MISSING else value

    def _take_frame(self, request: FrameRequest) -> None:
        """Look at what there is; the lesson's functions that a view cell calls are not hooked."""
        thread, self._thread = self._thread, _NOBODY
        try:
            self._look(request)
        finally:
            self._thread = thread

    # The loops that run now

    def _push(self, record: LoopRecord) -> None:
        site = record.site
        record.began_at = self.position
        record.paused_before = self._gate.paused_seconds
        records_inside = False
        if self._watch and not (site.names | site.inner_names).isdisjoint(self._watch):
            record.watched = self._watched_in(site)
            records_inside = any(
                name in site.inner_names and name not in _sums(site) for name in self._watch
            )
        if not records_inside:
            record.may_count = self._may_count(record)
        self._active.append(record)
        if record.may_count and self._gate.attention:
            self._stand_before(record)

    def _stand_before(self, record: LoopRecord) -> None:
        """Wait where a loop starts: for a pause, or at the end of an iteration left just before."""
        if self._left_early:
            self._left_early = False
            self._gate.pass_boundary(
                self._take_frame, counting=True, outermost=False, since=record.started
            )
        elif self._gate.motion is Motion.PAUSED:
            self._gate.hold(self._take_frame)

    def _watched_in(self, site: LoopSite) -> tuple[str, ...]:
        """The watched names that this loop records: its own, but no sum of a loop around it."""
        around = frozenset().union(*(other.site.names for other in self._active))
        return tuple(
            name
            for name in self._watch
            if name in site.names
            and (name not in site.inner_names or name in _sums(site))
            and not (name in site.accumulated and name in around)
        )

    def _may_count(self, record: LoopRecord) -> bool:
        if not record.watched:
            return not (self._recording_expected or self._has_recorded)
        if not self._has_recorded:
            self._has_recorded = True
            self.position = 0
            for other in (*self._active, record):
                other.began_at = 0
        return True

    def _settle(self, record: LoopRecord) -> None:
        """Make `record` the innermost loop: those above it stand still in a generator."""
        if record not in self._active:
            self._active.append(record)
            return
        while self._active[-1] is not record:
            self._drop_innermost()

    def _drop(self, record: LoopRecord) -> None:
        if record in self._active:
            self._settle(record)
            self._drop_innermost()

    def _drop_innermost(self) -> None:
        if len(self._active) == 2:
            self._ended = self._measure()
        self._active.pop()

    def _measure(self) -> tuple[LoopProgress, ...]:
        now = time.perf_counter()
        paused = self._gate.paused_seconds
        return tuple(
            LoopProgress(
                label=record.site.label,
                line=record.site.line,
                done=record.done,
                total=record.total,
                seconds=now - record.started - (paused - record.paused_before),
            )
            for record in self._active[1:]
        )


def _sums(site: LoopSite) -> frozenset[str]:
    """What a loop sets and the loops within it add to: it has its value when they have ended."""
    return site.names & site.inner_names & site.accumulated


def _copied(tensor: Tensor) -> Tensor:
    """A copy without a graph; the learner's subclasses and modes see nothing of it."""
    with looking_only():
        return tensor.detach().clone()


def _is_same(value: object, recorded: object) -> bool:
    """Whether a name still holds what was recorded of it; a detached tensor shares its memory."""
    if value is recorded:
        return True
    if not is_tensor(value) or not is_tensor(recorded):
        return False
    return value.data_ptr() == recorded.data_ptr()


_runtimes: weakref.WeakSet[LoopRuntime] = weakref.WeakSet()


def _forget_threads() -> None:
    for runtime in _runtimes:
        runtime.forget_thread()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_threads)
