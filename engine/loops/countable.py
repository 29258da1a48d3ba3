"""Which loops of a step count: in one that records anything, those that do."""

from __future__ import annotations

from collections.abc import Iterable

from engine.loops.counting import Counting
from engine.loops.instrument import LoopSite
from engine.loops.loop_record import LoopRecord
from engine.loops.recording import Recording


class Countable:
    """Says of each loop that begins whether its iterations may count.

    ``has_recorded`` says whether a loop of the running step has begun that records watched names.
    """

    def __init__(self, recording: Recording, counting: Counting) -> None:
        self.has_recorded = False
        self._is_expected = False
        self._recording = recording
        self._counting = counting
        # The loops that have noted something.
        self._noting: set[int] = set()

    def begin(self) -> None:
        """Start a step: nothing has recorded yet."""
        self.has_recorded = self._is_expected = False
        self._noting.clear()

    def expect(self, sites: Iterable[LoopSite]) -> None:
        """Say which loops the step's own cell has: where one records, only such ones count."""
        if any(map(self._recording.happens_in, sites)):
            self._is_expected = True

    def may_count(self, record: LoopRecord) -> bool:
        """Whether a loop that begins is one whose iterations count."""
        if self._recording.happens_within(record.site):
            return False
        site = record.site
        if not (record.watched or self._recording.notes_in(site) or id(site) in self._noting):
            return not (self._is_expected or self.has_recorded)
        self.begin_to_record(record)
        return True

    def note(self, record: LoopRecord) -> None:
        """Have a loop count from here on that something was noted in."""
        self.begin_to_record(record)
        self._noting.add(id(record.site))
        record.may_count = record.may_count or not self._recording.happens_within(record.site)

    def begin_to_record(self, record: LoopRecord) -> None:
        """Count from here on, where the step has not recorded anything before."""
        if self.has_recorded:
            return
        self.has_recorded = True
        self._counting.begin_again(record)
