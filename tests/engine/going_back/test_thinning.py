"""Which of the moments that are kept are given up, as they become many."""

from __future__ import annotations

import random
from itertools import pairwise

from engine.host.thinning import Candidate, least_needed
from engine.protocol.moments import Moment
from engine.protocol.places import Place


def before(step: int) -> Moment:
    return Moment(Place(step), False, {})


def within(step: int, position: int, statement: int = 0) -> Moment:
    return Moment(Place(step, True, position, statement), True, {})


class TestThinning:
    def test_few_moments_are_all_needed(self) -> None:
        assert least_needed(row_of(20), now=100, limit=1 << 30) is None

    def test_moments_stay_dense_near_now_and_sparse_far_back(self) -> None:
        row: list[Candidate] = []
        for at in range(400):
            row.append(candidate(at, within(1, at), kept_at=at))
            while (needless := least_needed(row, now=at + 1, limit=1 << 30)) is not None:
                row = [one for one in row if one.number != needless]

        gaps = [later.kept_at - one.kept_at for one, later in pairwise(row)]
        assert row[0].kept_at == 0
        assert row[-1].kept_at == 399
        assert max(gaps[:4]) >= 4 * max(gaps[-8:])

    def test_going_to_and_fro_leaves_moments_all_along_the_run(self) -> None:
        chance = random.Random(1)
        row: list[Candidate] = []
        for at in range(2000):
            # At first once through the run, then a few on the way to each place of many.
            position = at if at < 100 else 4 * chance.randrange(45) + at % 4
            row.append(candidate(at, within(1, position), kept_at=at))
            while (needless := least_needed(row, now=at + 1, limit=1 << 30)) is not None:
                row = [one for one in row if one.number != needless]

        places = sorted(one.moment.place.position for one in row)
        assert max(later - one for one, later in pairwise(places)) <= 15
        assert len({*places}) == len(places)

    def test_over_the_limit_what_is_within_a_run_goes_before_what_is_before_a_step(self) -> None:
        row = [candidate(0, before(0), size=600), candidate(1, within(0, 5), kept_at=1, size=600)]

        assert least_needed(row, now=2, limit=1000) == 1
        assert least_needed(row[:1], now=2, limit=500) == 0

    def test_of_statements_the_oldest_go_first(self) -> None:
        row = [candidate(at, within(1, 3, at + 1), kept_at=at) for at in range(51)]

        assert least_needed(row, now=60, limit=1 << 30) == 0

    def test_moments_of_runs_that_were_left_go_first_and_the_newest_of_each_last(self) -> None:
        row = [
            *(candidate(at, within(1, at), kept_at=at + 10, size=100) for at in range(6)),
            candidate(6, within(1, 6), kept_at=1, size=100, is_left=True),
            candidate(7, within(1, 7), kept_at=2, size=100, is_left=True, is_newest=True),
            candidate(8, before(1), kept_at=0, size=100),
        ]

        gone = []
        while (needless := least_needed(row, now=20, limit=150)) is not None:
            gone.append(needless)
            row = [one for one in row if one.number != needless]

        assert gone[0] == 6
        assert gone.index(7) == 3
        assert [one.number for one in row] == [8]

    def test_of_many_runs_that_were_left_the_oldest_go(self) -> None:
        row = [
            candidate(at, within(1, at), kept_at=at, is_left=True, is_newest=at < 20)
            for at in range(49)
        ]

        assert least_needed(row, now=60, limit=1 << 30) == 20


def candidate(
    number: int,
    moment: Moment,
    *,
    kept_at: float = 0,
    size: int = 1,
    is_left: bool = False,
    is_newest: bool = False,
) -> Candidate:
    return Candidate(number, 1, moment, kept_at, size, is_left, is_newest)


def row_of(count: int) -> list[Candidate]:
    return [candidate(at, within(1, at), kept_at=at) for at in range(count)]
