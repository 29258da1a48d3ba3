"""What the learner has asked that changed a run, and so belongs to the run that it was asked of."""

from __future__ import annotations

from msgspec import Struct

from engine.protocol.places import Place, Spot


class Change(Struct, frozen=True):
    """What was asked where a run stood, and changed names there, or drew random numbers.

    ``place`` is None before any run. Where no run is ``is_under_way`` it stood behind its end.
    ``spot`` is where that is in the lesson's text. It may have been broken by an error, or stopped,
    once it had changed something.
    """

    place: Place | None
    text: str
    is_under_way: bool = True
    spot: Spot | None = None
    has_failed: bool = False
    was_stopped: bool = False
