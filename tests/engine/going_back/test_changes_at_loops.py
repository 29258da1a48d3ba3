"""What is changed where a loop is about to begin is changed just there, however it is gone back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from going import Traveller
from left_runs import ask
from playing import lesson_from

from engine.client.engine import Engine
from engine.client.racing import Lane, Race
from engine.protocol.places import Place, Stand

TRAINING = """
# %% Train watch="cost"
cost, rate = 0.0, 1.0
for i in range(3):
    cost += rate
rate = 2.0
for i in range(4):
    cost += rate
    print(i, cost)
"""
AS_CHANGED = "0 13.0\n1 23.0\n2 33.0\n3 43.0\n"
SECOND_LOOP = Place(0, True, 3, start=1)


@pytest.fixture
def standing(travelling_engine: Engine, tmp_path: Path) -> Iterator[Traveller]:
    """A session, with moments and without, that stands where the second loop begins."""
    with Traveller.on(travelling_engine, lesson_from(TRAINING, tmp_path)) as made:
        made.go_to(SECOND_LOOP)
        yield made


def test_it_is_made_there_again(standing: Traveller) -> None:
    answer = ask(standing, "rate = 10.0")
    assert (answer.place, answer.spot.stand) == (SECOND_LOOP, Stand.LOOP_BEGINS)
    assert standing.run_on() == AS_CHANGED

    for position in (1, 5, 2, 3):
        standing.go_to(Place(0, True, position))

    assert standing.run_on() == AS_CHANGED


def test_a_race_from_there_changes_what_that_loop_begins_with(standing: Traveller) -> None:
    lanes = [Lane(change="rate = 10.0"), Lane()]

    race = standing.session.race(SECOND_LOOP, lanes)

    standing.wait_until(lambda: _is_over(race), "the end of the race")
    frames = [lane.frame for lane in race.lanes]
    assert [frame and frame.series[0].newest for frame in frames] == [43.0, 11.0]


def _is_over(race: Race) -> bool:
    race.poll()
    return race.is_over
