"""Which moment can be missed best: they are kept dense near now, and sparse far back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from engine.protocol.moments import Moment

# So many are kept at most of one lesson: between iterations, before statements, before steps.
_MOST_WITHIN = 32
_MOST_OF_STATEMENTS = 50
_MOST_BEFORE = 100


class Candidate(NamedTuple):
    """A kept moment: when it was kept, in seconds, and its memory, in bytes."""

    number: int
    family: int
    moment: Moment
    kept_at: float
    size: int


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
    return _closest(within or moments, now)


def _least_needed_of(moments: Sequence[Candidate], now: float) -> int | None:
    before = [one for one in moments if not one.moment.is_under_way]
    within = [one for one in moments if one.moment.is_under_way]
    statements = [one for one in within if one.moment.place.statement]
    iterations = [one for one in within if not one.moment.place.statement]
    if len(statements) > _MOST_OF_STATEMENTS:
        return min(statements, key=lambda one: one.kept_at).number
    if len(iterations) > _MOST_WITHIN:
        return _closest(iterations, now)
    return _closest(before, now) if len(before) > _MOST_BEFORE else None


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
