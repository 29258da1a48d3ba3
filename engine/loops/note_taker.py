"""Takes what is noted between two boundaries, and finds the iterations of loops that no hook sees.

Such a loop is a library's, or it stands around a function that is called again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FrameType
from typing import Any

from engine.gate.gate import Gate
from engine.loops.boundary import Boundary
from engine.loops.countable import Countable
from engine.loops.counting import Counting
from engine.loops.loop_record import LoopRecord
from engine.loops.noting import Notes, called_site, loop_around
from engine.loops.recording import Recording
from engine.loops.running_loops import RunningLoops
from engine.values.peeking import unseen


class NoteTaker:
    """Keeps each note for the innermost loop that runs around it.

    `see` is given each iteration that ends here, by its number, with the lesson's frame.
    """

    def __init__(
        self,
        notes: Notes,
        recording: Recording,
        running: RunningLoops,
        counting: Counting,
        countable: Countable,
        boundary: Boundary,
        gate: Gate,
        see: Callable[[int, FrameType], None],
    ) -> None:
        self._notes = notes
        self._recording = recording
        self._running = running
        self._counting = counting
        self._countable = countable
        self._boundary = boundary
        self._gate = gate
        self._see = see

    def takes(self, number: int) -> bool:
        """Whether what is noted at this place is written."""
        return self._recording.takes_notes or self._notes.sites[number].is_asked

    def take(self, value: object, number: int, frame: FrameType) -> None:
        """Keep what has been noted for the innermost loop that it was noted in.

        Where the same place notes again, and no hooked loop has come to an iteration's end in
        between, a loop that is not hooked has.
        """
        numbers = self._notes.numbers_in(value, number)
        if not numbers:
            return
        self._counting.catch_up()
        floor, *running = self._running.records
        found, is_in_library = loop_around(running, frame, self._notes.sites[number].skips)
        record = found or floor
        noted_at = {(number, name) for name in numbers}
        if (found is None or is_in_library) and not noted_at.isdisjoint(record.noted_at):
            record.has_unhooked = True
            self._end_unhooked(record)
            self._pass_unhooked(record, frame)
        if self._notes.sites[number].adds:
            numbers = {name: _sum(record.noted.get(name), one) for name, one in numbers.items()}
        record.noted.update(numbers)
        record.noted_at |= noted_at
        if found is None:
            return
        self._countable.note(record)
        record.is_told, record.may_go_unseen, record.is_behind = True, False, False

    def finish(self) -> None:
        """End the last iteration of a loop around the whole run, where notes have told of one."""
        floor = self._running.floor
        if floor.has_unhooked:
            self._end_unhooked(floor)

    def _end_unhooked(self, record: LoopRecord) -> None:
        """End an iteration of a loop that is not hooked, within `record`: it counts."""
        self._countable.begin_to_record(record)
        self._counting.position += 1
        self._recording.write_noted(record, self._counting.position)

    def _pass_unhooked(self, record: LoopRecord, frame: FrameType) -> None:
        """Pass the gate where such an iteration has ended, in the lesson's `frame`."""
        is_floor = record is self._running.floor
        if is_floor:
            record.done += 1
            record.site = called_site(frame)
        self._see(self._counting.position, frame)
        if self._gate.attention:
            self._boundary.end_iteration(record, counting=True, outermost=is_floor)
        self._boundary.was_left = False


def _sum(before: Any, number: Any) -> object:
    with unseen():
        return number if before is None else before + number
