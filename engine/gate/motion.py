"""How the worker may move: what was asked for, and what may be asked for next."""

from __future__ import annotations

from enum import Enum, auto

from engine.protocol.status import Grain


class Motion(Enum):
    """How the worker may move on from a boundary."""

    RUNNING = auto()
    PAUSED = auto()
    STEPPING_INNER = auto()
    STEPPING_OUTER = auto()
    STEPPING_STATEMENT = auto()
    SEEKING = auto()
    SEEKING_STATEMENT = auto()
    STOPPING = auto()


STEPS = {
    Grain.INNER: Motion.STEPPING_INNER,
    Grain.OUTER: Motion.STEPPING_OUTER,
    Grain.STATEMENT: Motion.STEPPING_STATEMENT,
}
BY_STATEMENTS = frozenset({Motion.STEPPING_STATEMENT, Motion.SEEKING_STATEMENT})
FOLLOWED = BY_STATEMENTS | {Motion.PAUSED, Motion.STOPPING}
# On the way to a place that was gone back to: nothing is shown, and no speed is kept.
UNSEEN = frozenset({Motion.SEEKING, Motion.SEEKING_STATEMENT})
_MOVING = frozenset({Motion.RUNNING, *STEPS.values(), *UNSEEN})
ALLOWED: dict[Motion, frozenset[Motion]] = {
    **{motion: frozenset(Motion) - {motion} for motion in _MOVING},
    Motion.PAUSED: _MOVING | {Motion.STOPPING},
    Motion.STOPPING: frozenset(),
}
