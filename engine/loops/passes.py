"""How many iterations of each loop a run of a step has begun and ended, over all its turns."""

from __future__ import annotations

from engine.loops.loop_record import LoopRecord
from engine.protocol.places import LoopPass


class Passes:
    """Counts by the loop's place in the text; a loop that runs now counts for itself.

    Nothing is counted while a loop runs on: what it has done is read when it is asked for.
    """

    def __init__(self) -> None:
        self._begun: dict[int, int] = {}
        self._ended: dict[int, int] = {}
        self._under_way: dict[int, list[LoopRecord]] = {}

    def clear(self) -> None:
        """Begin to count: a step begins."""
        self._begun.clear()
        self._ended.clear()
        self._under_way.clear()

    def open(self, record: LoopRecord) -> None:
        """A turn of a loop begins."""
        self._under_way.setdefault(id(record.site), []).append(record)

    def close(self, record: LoopRecord, *, is_within: bool) -> None:
        """A turn of a loop is over, or left within an iteration; the first word of it counts."""
        site = id(record.site)
        turns = self._under_way.get(site, [])
        if record in turns:
            turns.remove(record)
            self._ended[site] = self._ended.get(site, 0) + record.done
            self._begun[site] = self._begun.get(site, 0) + record.done + is_within

    def begun(self, record: LoopRecord, *, is_within: bool) -> LoopPass:
        """How many iterations have begun of the loop that `record` is a turn of.

        `is_within` says that it stands within one, and not where one has ended.
        """
        return self._told(record, self._begun, record.done + is_within)

    def ended(self, record: LoopRecord) -> LoopPass:
        """How many iterations have come to their end of the loop that `record` is a turn of."""
        return self._told(record, self._ended, record.done)

    def _told(self, record: LoopRecord, earlier: dict[int, int], own: int) -> LoopPass:
        is_alone = self._under_way.get(id(record.site)) == [record]
        return LoopPass(record.site.line, earlier.get(id(record.site), 0) + own, is_alone)
