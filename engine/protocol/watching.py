"""What the learner watches in the runs of a step: expressions, and what was read of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

MOST_WATCHED = 9
"""So many expressions of one step are watched at most."""


@dataclass(frozen=True, slots=True)
class Watch:
    """An expression of Python; with ``is_charted`` it is to be on the curve, as a series."""

    text: str
    is_charted: bool = False


class WatchTrouble(Enum):
    """Why there is no value of an expression.

    RAISED: it raised an error. TOO_LONG: it was stopped. CHANGES: it has changed what it looked at.
    The last two are read no more in the same run.
    """

    RAISED = auto()
    TOO_LONG = auto()
    CHANGES = auto()


@dataclass(frozen=True, slots=True)
class WatchedValue:
    """What was read of the expression ``text``, in one line.

    ``number`` is what it is on the curve, None where it is not one number. ``said`` says what it is
    where a number does not say it all: its shape and a summary, or the text of it; where there is
    ``trouble``, the error, or the names that were changed. ``position`` is where it was read.
    """

    text: str
    position: int
    number: float | None = None
    said: str = ""
    trouble: WatchTrouble | None = None
