"""The shape that a cost's curve can have, and the facts that say so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """What a curve does: the five answers to a `[~]` question."""

    DIVERGES = "diverges"
    CRAWLS = "crawls"
    BOUNCES = "bounces"
    CONVERGES = "converges"
    WAITS = "waits"


class Reason(Enum):
    """Which rule decided, and with it the shape."""

    NOT_FINITE = "not finite"
    FAR_ABOVE = "far above"
    SWUNG = "swung"
    ROSE = "rose"
    HARDLY_MOVED = "hardly moved"
    STILL_FALLING = "still falling"
    LEVELLED_OFF = "levelled off"
    FLAT_AT_FIRST = "flat at first"

    @property
    def shape(self) -> Shape:
        """The shape that this reason is one for."""
        return _SHAPES[self]


_SHAPES = {
    Reason.NOT_FINITE: Shape.DIVERGES,
    Reason.FAR_ABOVE: Shape.DIVERGES,
    Reason.SWUNG: Shape.BOUNCES,
    Reason.ROSE: Shape.DIVERGES,
    Reason.HARDLY_MOVED: Shape.CRAWLS,
    Reason.STILL_FALLING: Shape.CRAWLS,
    Reason.LEVELLED_OFF: Shape.CONVERGES,
    Reason.FLAT_AT_FIRST: Shape.WAITS,
}


@dataclass(frozen=True, slots=True)
class CurveFacts:
    """What a curve did, in numbers to make a sentence of, and the rule that named its shape.

    ``start``, ``end`` and ``lowest`` are its first, last and lowest value, nan where none is
    finite. ``rises`` is how often the curve turned from falling to rising.
    ``pace`` is how fast it fell in the last quarter against its average (1.0 is a straight line).
    ``first_not_finite`` is the position of the first nan or inf, None where there is none.
    """

    reason: Reason
    start: float
    end: float
    lowest: float
    rises: int
    pace: float
    first_not_finite: int | None

    @property
    def shape(self) -> Shape:
        """The shape of the curve."""
        return self.reason.shape


Prediction = float | Shape
