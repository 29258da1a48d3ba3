"""Where the keys that go back lead to: functions of where a run stands."""

from __future__ import annotations

from engine.protocol.frame import Frame
from engine.protocol.places import LAST_STATEMENT, Place
from engine.protocol.status import Grain


def place_of(frame: Frame, *, is_over: bool) -> Place:
    """Where the run of a step stands by its frame; after its last iteration where `is_over`."""
    return Place(frame.step, frame.has_recorded, frame.position, LAST_STATEMENT if is_over else 0)


def place_at(frame: Frame, position: int) -> Place:
    """The end of the iteration at a position of the curves; where the step begins before those."""
    return Place(frame.step, frame.has_recorded and position > 0, max(position, 0))


def place_before(
    here: Place, grain: Grain, outer_before: int | None, *, is_over: bool
) -> Place | None:
    """The place one grain before `here`; None where the step begins here.

    `is_over` where a run has ended there; else one stands there, or is on its way. `outer_before`
    is where the outermost loop's newest iteration ended before `here`, None where nothing is known
    of such a loop. A run that is over has its last statement, and without iterations no other such
    place.
    """
    if here <= Place(here.step):
        return None
    if grain is Grain.STATEMENT and is_over:
        return here
    if not here.position and is_over:
        return None
    if grain is Grain.STATEMENT and here.statement not in (0, 1) and not is_over:
        return Place(here.step, here.has_recorded, here.position, here.statement - 1)
    if grain is Grain.STATEMENT and here.position > 0 and not is_over:
        return _iteration(here, here.position - 1, LAST_STATEMENT)
    if grain is Grain.OUTER and outer_before is not None:
        return _iteration(here, outer_before)
    return _iteration(here, here.position if here.statement else here.position - 1)


def _iteration(here: Place, position: int, statement: int = 0) -> Place:
    if position <= 0:
        return Place(here.step, statement=statement)
    return Place(here.step, here.has_recorded, position, statement)
