"""Races: runs from one place at the same time, each as it would be alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from descendants import children_of, host_of, open_descriptors
from going import Traveller
from left_runs import FASTER, TRAINING, ask, at, go_into
from playing import lesson_from, wait_until
from rested import RestedEngine

from engine.client.engine import Engine
from engine.client.racing import Lane, LaneStatus, Race, Refusal, processors
from engine.protocol.events import RunBegan
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.running.setup import DEFAULT_REQUEST


@pytest.fixture
def traveller(travelling_engine: Engine, tmp_path: Path) -> Iterator[Traveller]:
    """A session that can race, with moments and without."""
    with Traveller.on(travelling_engine, lesson_from(TRAINING, tmp_path)) as made:
        yield made


@pytest.fixture
def keeper(keeping_engine: Engine, tmp_path: Path) -> Iterator[Traveller]:
    """A session that keeps moments."""
    with Traveller.on(keeping_engine, lesson_from(TRAINING, tmp_path)) as made:
        yield made


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Traveller]:
    """A session that keeps moments, in a host of its own."""
    engine = RestedEngine(moments=512 << 20)
    with Traveller.on(engine, lesson_from(TRAINING, tmp_path)) as made:
        yield made
    engine.close()


def finish(traveller: Traveller, race: Race) -> None:
    def is_over() -> bool:
        race.poll()
        return race.is_over

    traveller.wait_until(is_over, "the end of the race")


def source_of(traveller: Traveller, step: int = 1) -> str:
    cell = traveller.session.lesson.steps[step].cell
    assert cell is not None
    return cell.source


def values_of(race: Race) -> list[list[float]]:
    frames = [lane.frame for lane in race.lanes]
    return [frame.series[0].values.tolist() if frame is not None else [] for frame in frames]


def test_a_lane_is_what_its_change_by_hand_comes_to(traveller: Traveller) -> None:
    original = traveller.finish_step(1)
    traveller.go_to(at(7))

    race = traveller.session.race(at(7), [Lane(change=FASTER), Lane()])
    finish(traveller, race)

    assert [lane.status for lane in race.lanes] == [LaneStatus.DONE] * 2
    assert traveller.session.status is Status.PAUSED
    assert traveller.session.place == at(7)
    assert original.endswith(race.lanes[1].written.text)
    ask(traveller, FASTER)
    assert traveller.run_on().endswith(race.lanes[0].written.text)
    frame = traveller.session.frame
    assert frame is not None
    assert frame.series[0].values.tolist() == values_of(race)[0]


def test_edits_race_from_before_the_step(traveller: Traveller) -> None:
    source = source_of(traveller)
    sources = [source.replace("lr=0.01", f"lr={rate}") for rate in (0.001, 0.1, 0.5)]
    original = traveller.finish_step(1)

    race = traveller.session.race(Place(1), [Lane({1: one}) for one in (source, *sources)])
    finish(traveller, race)

    values = values_of(race)
    assert race.lanes[0].written.text == original
    assert len({tuple(one) for one in values}) == 4
    assert traveller.session.status is Status.READY
    traveller.session.set_source(1, sources[1])
    traveller.finish_step(1)
    frame = traveller.session.frame
    assert frame is not None
    assert frame.series[0].values.tolist() == values[2]


def test_an_edit_of_a_step_before_races_from_before_that_one(traveller: Traveller) -> None:
    original = traveller.finish_step(1)
    begin = source_of(traveller, 0)
    lanes = [Lane({0: begin}), Lane({0: begin.replace("rate = 0.1", "rate = 0.5")})]

    race = traveller.session.race(Place(1), lanes)
    finish(traveller, race)

    assert race.lanes[0].written.text == original
    assert race.lanes[1].written.text == original.replace(" 0.1\n", " 0.5\n")
    assert values_of(race)[0] == values_of(race)[1]
    assert traveller.session.place == at(20)
    changed = race.lanes[1].run
    assert changed is not None
    go_into(traveller, at(20), changed)
    assert ask(traveller, "rate").said == "0.5"


def test_a_lane_is_a_run_that_can_be_gone_into(traveller: Traveller) -> None:
    traveller.finish_step(1)
    traveller.go_to(at(7))
    race = traveller.session.race(at(7), [Lane(change=FASTER), Lane(change="rate = 3.0")])
    finish(traveller, race)
    faster, other = (lane.run for lane in race.lanes)
    assert faster is not None
    assert other is not None

    go_into(traveller, at(20), other)
    assert ask(traveller, "rate").said == "3.0"
    go_into(traveller, at(20), faster)

    assert ask(traveller, "optimizer.param_groups[0]['lr']").said == "0.1"
    assert ask(traveller, "cost.item()").said == str(values_of(race)[0][-1])
    told = [event for event in traveller.told if isinstance(event, RunBegan)]
    assert {event.origin for event in told if event.run in (faster, other)} == {at(7)}


def test_a_race_goes_on_before_the_step_has_ever_run(keeper: Traveller) -> None:
    race = keeper.session.race(Place(1), [Lane(), Lane({1: "print('edited')"})])
    finish(keeper, race)

    assert race.lanes[1].written.text == "edited\n"
    assert keeper.finish_step(1) == race.lanes[0].written.text


def test_a_lane_that_breaks_hurts_no_other(keeper: Traveller) -> None:
    keeper.finish_step(1)
    lanes = [
        Lane({1: "1 / 0"}),
        Lane({1: "import os\nos.kill(os.getpid(), 9)"}),
        Lane(change="nothing = missing"),
        Lane({1: "print('fine')"}),
    ]

    race = keeper.session.race(Place(1), lanes)
    finish(keeper, race)

    failed, died, unchanged, fine = race.lanes
    assert (failed.status, failed.outcome) == (LaneStatus.FAILED, Outcome.FAILED)
    assert "ZeroDivisionError" in failed.error
    assert (died.status, died.error) == (LaneStatus.DIED, "SIGKILL")
    assert unchanged.status is LaneStatus.FAILED
    assert unchanged.error == "NameError: name 'missing' is not defined"
    assert unchanged.run is None
    assert (fine.status, fine.written.text) == (LaneStatus.DONE, "fine\n")
    assert keeper.session.status is Status.READY


def test_as_many_run_at_the_same_time_as_there_are_processors(keeper: Traveller) -> None:
    keeper.finish_step(0)
    endless = "import time\nwhile True: time.sleep(0.01)"
    race = keeper.session.race(Place(1), [Lane({1: endless})] * (processors() + 2))

    def is_full() -> bool:
        race.poll()
        running = [lane for lane in race.lanes if lane.status is LaneStatus.RUNNING]
        return len(running) == processors()

    keeper.wait_until(is_full, "as many as there are processors")
    waiting = [lane for lane in race.lanes if lane.status is LaneStatus.WAITING]
    race.stop()

    assert len(waiting) == 2
    assert race.is_over
    assert {lane.status for lane in race.lanes} == {LaneStatus.STOPPED}


def test_nothing_stays_of_a_lane_that_is_unseen(keeper: Traveller) -> None:
    original = keeper.finish_step(1)
    runs = keeper.session._processes.trail.runs
    before = [run.number for run in runs]
    finds = "__import__('torch').autograd.set_detect_anomaly(True)"

    race = keeper.session.race(at(19), [Lane(change=finds, is_unseen=True)])
    finish(keeper, race)

    assert original.endswith(race.lanes[0].written.text.splitlines()[-1] + "\n")
    assert race.lanes[0].run is None
    assert [run.number for run in runs] == before
    assert {run.number for run, _ in runs.moments().values()} <= {0, *before}
    told = [event.run for event in keeper.told if isinstance(event, RunBegan)]
    assert told == before


def test_every_lane_has_the_frames_that_were_asked_for(keeper: Traveller) -> None:
    keeper.finish_step(0)
    endless = '# %% watch="cost"\nimport time\nwhile True:\n    cost = 1.0\n    time.sleep(0.01)'
    race = keeper.session.race(Place(1), [Lane({1: endless}), Lane({1: endless})])

    def have_frames() -> bool:
        race.request_frame(DEFAULT_REQUEST)
        race.poll()
        return all(lane.frame is not None and lane.frame.position for lane in race.lanes)

    keeper.wait_until(have_frames, "frames of all")
    race.stop()


@pytest.mark.parametrize(
    ("count", "refusal"), [(0, Refusal.NO_LANES), (13, Refusal.TOO_MANY_LANES)]
)
def test_what_is_no_race_is_refused(keeper: Traveller, count: int, refusal: Refusal) -> None:
    race = keeper.session.race(Place(0), [Lane()] * count)

    assert (race.refusal, race.lanes, race.is_over) == (refusal, (), True)


def test_a_race_leaves_nothing_behind(alone: Traveller) -> None:
    alone.finish_step(1)
    alone.go_to(at(7))
    host = host_of(alone)
    runs = alone.session._processes.trail.runs

    for _ in range(2):
        race = alone.session.race(at(7), [Lane(change=FASTER), Lane(), Lane(change="rate = 1")])
        finish(alone, race)
        for lane in race.lanes:
            assert lane.run is not None
            alone.session.forget_run(lane.run)

    alone.wait_until(
        lambda: len(children_of(host)) == len(runs.moments()) + 1, "the end of what raced"
    )
    assert open_descriptors(host) < 60


def test_a_lesson_that_is_closed_ends_its_race(alone: Traveller) -> None:
    alone.finish_step(0)
    host = host_of(alone)
    race = alone.session.race(Place(1), [Lane({1: "while True: pass"})] * 2)
    alone.wait_until(lambda: race.poll() or race.lanes[0].run is not None, "the race")

    alone.session.close()
    alone.engine.hear()

    assert race.is_over
    wait_until(lambda: alone.engine.hear() or not children_of(host), "the end of every process")


def test_a_host_that_is_killed_ends_a_race(alone: Traveller) -> None:
    alone.finish_step(0)
    race = alone.session.race(Place(1), [Lane({1: "while True: pass"})])
    alone.wait_until(lambda: race.poll() or race.lanes[0].run is not None, "the race")

    os.kill(host_of(alone), signal.SIGKILL)
    finish(alone, race)

    assert race.lanes[0].status is LaneStatus.DIED
