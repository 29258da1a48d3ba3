"""The loops that run now: how far each is, and which of them is the innermost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from engine.gate.gate import Gate
from engine.loops.instrument import LoopSite
from engine.loops.loop_record import LoopRecord
from engine.protocol.frame import LoopProgress

_FLOOR_SITE = LoopSite("", 0, frozenset(), frozenset(), frozenset())


class RunningLoops:
    """The loops of the running step, outermost first, above a floor for what runs in none of them.

    ``records`` begins with that floor, which is never taken away, so that the newest loop can be
    looked at unasked; the list is the same for good. The gate knows of pauses, which are no time of
    a loop's.
    """

    def __init__(self, gate: Gate) -> None:
        self.records = [_new_floor()]
        self._gate = gate
        self._ended: tuple[LoopProgress, ...] = ()

    @property
    def floor(self) -> LoopRecord:
        """What stands below all loops."""
        return self.records[0]

    @property
    def outermost(self) -> LoopRecord | None:
        """The outermost loop; None where none runs."""
        return self.records[1] if len(self.records) > 1 else None

    def begin(self) -> None:
        """Know of no loop, as a step begins."""
        self.records[:] = [_new_floor()]
        self._ended = ()

    def move(self, moved: Callable[[int], int]) -> None:
        """Have the loop that has ended stand where `moved` says that its line is now."""
        self._ended = tuple(replace(one, line=moved(one.line)) for one in self._ended)

    def settle(self, record: LoopRecord) -> None:
        """Make `record` the innermost loop: those above it stand still in a generator."""
        if record not in self.records:
            self.records.append(record)
            return
        while self.records[-1] is not record:
            self._drop_innermost()

    def drop(self, record: LoopRecord) -> None:
        """Know that this loop runs no longer, nor what runs in it."""
        if self.records[-1] is record:
            self._drop_innermost()
        elif record in self.records:
            self.settle(record)
            self._drop_innermost()

    def progress(self) -> tuple[LoopProgress, ...]:
        """How far each running loop is, outermost first; when none runs, the one that ended."""
        return self._measure() or self._ended

    def _drop_innermost(self) -> None:
        if len(self.records) == 2:
            self._ended = self._measure()
        self.records.pop()

    def _measure(self) -> tuple[LoopProgress, ...]:
        now = time.perf_counter()
        paused = self._gate.paused_seconds
        running = self.records[1:] or ([self.floor] if self.floor.done else [])
        return tuple(
            LoopProgress(
                label=record.site.label,
                line=record.site.line,
                done=record.done,
                total=record.total,
                seconds=now - record.started - (paused - record.paused_before),
            )
            for record in running
        )


def _new_floor() -> LoopRecord:
    return LoopRecord(_FLOOR_SITE, None, 0)
