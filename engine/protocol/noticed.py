"""What the teacher has seen go wrong while the learner's own code ran: facts, and no words."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct


class Slip(Enum):
    """A mistake that is made in training; what `Noticed` holds of each is said after it.

    NEVER_ZEROED: the parameter, what steps.
    NO_BACKWARD: what steps. NO_GRADIENT: parameters.
    NOT_OPTIMIZED: parameters, what steps.
    REPLACED, IN_GRAPH: the parameter.
    CUT_OFF: what cut the cost off its parameters, as it is written. NOT_ASKING: parameters.
    SWITCHED_OFF: the call that has switched gradients off since, as it is written.
    USED_UP: the name of the generator that an optimizer is made of, and what made it, as it is
    written.
    BROADCAST: what is compared, where it has names; shapes of both, and of what came of them.
    SHAPES: names, and the shape of each.
    SQUASHED_TWICE: the cost, the operation that was not needed.
    NOT_FINITE: the cost; the position, and the last finite value where there was one.
    FIRST_NOT_FINITE: the operation, "value" or "gradient"; the lowest and the highest number that a
    value was made of.
    BOUNCES, GROWS, CRAWLS: the cost; its first value and its last, the rate where it is known.
    TRAINING_MODE: the model, the kind of layer.
    DEAD: the layer; how many of its units, and of how many.
    RETURNED_NONE, RETURNED_ON_SOME_WAYS: the function.
    HIDDEN_IN_LIST: the list, as `net.layers`.
    NO_CURVE: nothing; what trains has no number on the curve.
    ELSEWHERE: the function that trains in a process or thread of its own.
    NO_MOMENTS: the thread that keeps moments from being kept, by its name.
    """

    NEVER_ZEROED = auto()
    NO_BACKWARD = auto()
    NO_GRADIENT = auto()
    NOT_OPTIMIZED = auto()
    REPLACED = auto()
    IN_GRAPH = auto()
    CUT_OFF = auto()
    NOT_ASKING = auto()
    SWITCHED_OFF = auto()
    USED_UP = auto()
    BROADCAST = auto()
    SHAPES = auto()
    SQUASHED_TWICE = auto()
    NOT_FINITE = auto()
    FIRST_NOT_FINITE = auto()
    BOUNCES = auto()
    GROWS = auto()
    CRAWLS = auto()
    TRAINING_MODE = auto()
    DEAD = auto()
    RETURNED_NONE = auto()
    RETURNED_ON_SOME_WAYS = auto()
    HIDDEN_IN_LIST = auto()
    NO_CURVE = auto()
    ELSEWHERE = auto()
    NO_MOMENTS = auto()


class Noticed(Struct, frozen=True, tag=True):
    """A slip of one run of a step, told once; ``line`` is of the lesson's file, None if unknown."""

    step: int
    slip: Slip
    line: int | None
    names: tuple[str, ...] = ()
    figures: tuple[float, ...] = ()
    shapes: tuple[tuple[int, ...], ...] = ()
