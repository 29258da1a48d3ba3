"""Which moment can be missed best: they are kept dense near now, and sparse far from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from engine.protocol.moments import Moment

# So many are kept at most of one lesson: between iterations, before statements, before steps.
_MOST_WITHIN = 32
_MOST_OF_STATEMENTS = 50
_MOST_BEFORE = 100
# So many of runs that were left, and so few of the run that goes on before those all go.
_MOST_LEFT = 48
_FEW_WITHIN = 4


class Candidate(NamedTuple):
    """A kept moment: when it was kept, in seconds, and its memory, in bytes.

    One that ``is_left`` is of a run that was left, and ``is_newest`` the newest of it.
    """

    number: int
    family: int
    moment: Moment
    kept_at: float
    size: int
    is_left: bool = False
    is_newest: bool = False


def least_needed(moments: Sequence[Candidate], now: float, limit: int) -> int | None:
    """The number of the moment to forget next; None while there are few, within `limit` bytes."""
    for _, group in groupby(sorted(moments, key=lambda one: one.family), lambda one: one.family):
        found = _least_needed_of([*group], now)
        if found is not None:
            return found
    if sum(one.size for one in moments) <= limit:
        return None
    # One before a step saves running all steps before it again, and goes last.
    within = [one for one in moments if one.moment.is_under_way]
    left = [one for one in within if one.is_left]
    here = [one for one in within if not one.is_left]
    if any(not one.is_newest for one in left) or len(here) <= _FEW_WITHIN:
        return _oldest(left) if left else _closest(here or moments, now)
    return _closest_in_places(here)


def _least_needed_of(moments: Sequence[Candidate], now: float) -> int | None:
    before = [one for one in moments if not one.moment.is_under_way]
    within = [one for one in moments if one.moment.is_under_way]
    left = [one for one in within if one.is_left]
    statements = [one for one in within if one.moment.place.statement and not one.is_left]
    iterations = [one for one in within if not one.moment.place.statement and not one.is_left]
    if len(left) > _MOST_LEFT:
        return _oldest(left)
    if len(statements) > _MOST_OF_STATEMENTS:
        return min(statements, key=lambda one: one.kept_at).number
    if len(iterations) > _MOST_WITHIN:
        return _closest_in_places(iterations)
    return _closest(before, now) if len(before) > _MOST_BEFORE else None


def _oldest(left: Sequence[Candidate]) -> int:
    """The oldest moment of runs that were left; the newest of a run only where all are such."""
    return min(left, key=lambda one: (one.is_newest, one.kept_at)).number


def _closest_in_places(moments: Sequence[Candidate]) -> int:
    """The moment that stands closest between two of its step, measured against how far it is.

    That is from the newest of its step, which is where a run goes to and fro: those that are kept
    on the way are all new, and no more needed than those that were kept as it first went by.
    """
    row = sorted(moments, key=lambda one: (one.family, one.moment.place))
    newest = {_step_of(one): one for one in sorted(moments, key=lambda one: one.kept_at)}

    def gap(at: int) -> float:
        one, here, other = row[max(at - 1, 0)], row[at], row[min(at + 1, len(row) - 1)]
        is_end = here in (one, other) or not _step_of(one) == _step_of(here) == _step_of(other)
        if is_end:
            return math.inf
        far = abs(_position(newest[_step_of(here)]) - _position(here))
        return (_position(other) - _position(one)) / (far + 1e-9)

    return row[min(range(len(row)), key=gap)].number


def _step_of(one: Candidate) -> tuple[int, int]:
    return one.family, one.moment.place.step


def _position(one: Candidate) -> int:
    return one.moment.place.position


def _closest(moments: Sequence[Candidate], now: float) -> int | None:
    """The moment that stands closest between two others, measured against its age.

    Neither the first nor the last, while there are others.
    """
    row = sorted(moments, key=lambda one: one.kept_at)
    if len(row) <= 2:
        return row[0].number if row else None
    middle = range(1, len(row) - 1)

    def gap(at: int) -> float:
        return (row[at + 1].kept_at - row[at - 1].kept_at) / (now - row[at].kept_at + 1e-9)

    return row[min(middle, key=gap)].number
