"""Steps that are asked for in a burst, before the run has come to the step that is watched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from going import Traveller
from playing import lesson_from

from engine.client.engine import Engine
from engine.protocol.places import Place
from engine.protocol.status import Grain, Status

LESSON = """
# %% On the way
for i in range(3):
    print(i)
# %% Watched
a = 1
b = 2
c = 3
d = 4
for i in range(10):
    a += 1
"""

FOURTH = {
    Grain.STATEMENT: Place(1, has_recorded=False, position=0, statement=4),
    Grain.INNER: Place(1, has_recorded=False, position=4, statement=0),
}


@pytest.fixture
def traveller(keeping_engine: Engine, tmp_path: Path) -> Iterator[Traveller]:
    with Traveller.on(keeping_engine, lesson_from(LESSON, tmp_path)) as traveller:
        yield traveller


def step_four_times(traveller: Traveller, grain: Grain) -> None:
    """Ask for four steps, as fast as keys come in a burst."""
    traveller.session.run_step(1, grain)
    for _ in range(3):
        traveller.session.step_on(1, grain)


def stands_at(traveller: Traveller, place: Place) -> None:
    traveller.wait_until(lambda: traveller.session.place == place, f"the run to be at {place}")
    traveller.wait_for(Status.PAUSED)
    assert traveller.session.place == place


@pytest.mark.parametrize("grain", FOURTH)
def test_each_step_of_a_burst_counts_where_a_step_before_has_to_run(
    traveller: Traveller, grain: Grain
) -> None:
    step_four_times(traveller, grain)

    stands_at(traveller, FOURTH[grain])


@pytest.mark.parametrize("grain", FOURTH)
def test_each_step_of_a_burst_counts_where_the_step_begins_again(
    traveller: Traveller, grain: Grain
) -> None:
    traveller.finish_step(1)

    step_four_times(traveller, grain)

    stands_at(traveller, FOURTH[grain])


def test_what_is_only_on_the_way_is_not_stepped_through(traveller: Traveller) -> None:
    traveller.session.run_step(1)
    traveller.session.step_on(1, Grain.INNER)

    stands_at(traveller, Place(1, has_recorded=False, position=1, statement=0))
    traveller.look()
    assert traveller.written[0] == "0\n1\n2\n"
