"""Places in a lesson's run, which come again when it runs again."""

from __future__ import annotations

from msgspec import Struct

LAST_STATEMENT = 1 << 40
"""In place of the number of a statement: the last one before the next iteration ends."""


class Place(Struct, frozen=True, order=True):
    """Where a run of a step stands; later places of one lesson are greater.

    ``position`` counts iterations, as in frames: where ``has_recorded``, from the first loop on
    that records a watched name, and 0 is where the step begins. ``statement`` counts the stops of
    stepping by statements since that iteration ended; 0 is where it ended.
    """

    step: int
    has_recorded: bool = False
    position: int = 0
    statement: int = 0

    @property
    def iteration(self) -> Place:
        """The end of the iteration that was the last to end here."""
        return Place(self.step, self.has_recorded, self.position)
