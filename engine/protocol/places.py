"""Places in a lesson's run, which come again when it runs again."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct

LAST_STATEMENT = 1 << 40
"""In place of the number of a statement: the last one before the next iteration ends.

So many less stands for as many statements before that one.
"""


class Place(Struct, frozen=True, order=True):
    """Where a run of a step stands; later places of one lesson are greater.

    ``position`` counts iterations, as in frames: where ``has_recorded``, from the first loop on
    that records a watched name, and 0 is where the step begins. ``statement`` counts the stops of
    stepping by statements since that iteration ended; 0 is where it ended. Where a loop is about to
    begin, ``start`` counts those that have since; 0 elsewhere.
    """

    step: int
    has_recorded: bool = False
    position: int = 0
    statement: int = 0
    start: int = 0

    @property
    def before_last(self) -> int | None:
        """How many statements before the last one it is; None where its own number is known."""
        return LAST_STATEMENT - self.statement if self.statement > LAST_STATEMENT // 2 else None

    @property
    def iteration(self) -> Place:
        """The end of the iteration that was the last to end here."""
        return Place(self.step, self.has_recorded, self.position)


class Stand(Enum):
    """What comes next where a run waits, or what has just ended there."""

    IDLE = auto()
    STEP_BEGINS = auto()
    LOOP_BEGINS = auto()
    ITERATION_ENDS = auto()
    STATEMENT = auto()


class LoopPass(Struct, frozen=True):
    """A loop, by the line of the file that it begins on, and how many of its iterations there were.

    One in another file than the lesson's has the line 0. ``number`` is of this run of the step, in
    all its calls and turns. ``is_alone`` says that no other turn of the same loop is under way, as
    there would be in a function that calls itself.
    """

    line: int
    number: int
    is_alone: bool


class Spot(Struct, frozen=True):
    """Where in the text of a lesson a run stands, so that what is done there can be written there.

    ``step`` is the one that runs; where ``stand`` is IDLE, the one that ran last, None before any.
    ``line`` is that of the loop or of the statement, ``function`` the qualified name of what it is
    in, "" at the lesson's own level. ``loops`` are those that run, outermost first, each with the
    iterations that have begun. Of a statement, ``line_before`` is that of the one before it in the
    same function, and ``visits`` how often it was stood before since ``since``, of which iterations
    have ended; 0 where that is not known.
    """

    step: int | None
    stand: Stand
    line: int = 0
    function: str = ""
    loops: tuple[LoopPass, ...] = ()
    line_before: int | None = None
    visits: int = 0
    since: LoopPass | None = None
