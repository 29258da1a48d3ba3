"""What is watched outlives a process: its curve goes back with the run, and is in every run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from going import Traveller
from playing import lesson_from, series
from watched import TRAINING

from engine.client.engine import Engine
from engine.client.racing import Lane
from engine.protocol.frame import Frame
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.protocol.watching import Watch


@pytest.fixture
def traveller(keeping_engine: Engine, tmp_path: Path) -> Iterator[Traveller]:
    with Traveller.on(keeping_engine, lesson_from(TRAINING, tmp_path)) as made:
        made.session.watch(0, (Watch("weights.sum()", True),))
        yield made


def curve_of(frame: Frame | None) -> list[tuple[int, float]]:
    curve = series(frame, "weights.sum()")
    return list(zip(curve.positions.tolist(), curve.values.tolist(), strict=True))


def test_where_a_run_is_gone_back_in_its_curve_is_what_was_recorded_until_there(
    traveller: Traveller,
) -> None:
    traveller.run()
    traveller.look()
    whole = curve_of(traveller.ends[-1].frame)

    traveller.go_to(Place(0, has_recorded=True, position=3))
    traveller.run_on()

    assert [position for position, _ in whole] == [1, 2, 3, 4, 5, 6]
    assert curve_of(traveller.ends[-1].frame) == whole


def test_a_lesson_that_begins_again_watches_the_same(traveller: Traveller) -> None:
    traveller.session.restart_lesson()
    traveller.wait_for(Status.READY)

    traveller.run()
    traveller.look()

    assert len(curve_of(traveller.ends[-1].frame)) == 6


def test_each_run_of_a_race_has_its_own_curve(traveller: Traveller) -> None:
    traveller.run()
    source = traveller.session.lesson.steps[0].cell
    assert source is not None
    lanes = [Lane({0: source.source.replace("0.1", rate)}) for rate in ("0.2", "0.3")]

    race = traveller.session.race(Place(0), lanes)

    def is_over() -> bool:
        race.poll()
        return race.is_over

    traveller.wait_until(is_over, "the end of the race")
    curves = [curve_of(lane.frame) for lane in race.lanes]
    assert [len(curve) for curve in curves] == [6, 6]
    assert curves[0] != curves[1]
