"""What the learner has asked that changed names, and so belongs to the run that it was asked of."""

from __future__ import annotations

from msgspec import Struct

from engine.protocol.places import Place


class NotedChange(Struct, frozen=True):
    """What was asked where a run stood, and changed names there.

    ``place`` is None before any run. Where no run is ``is_under_way`` it stood behind its end.
    """

    place: Place | None
    text: str
    is_under_way: bool = True
