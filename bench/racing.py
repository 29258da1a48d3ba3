"""How much longer a race of three runs takes than one of them, where there are cores for all."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from bench.budgets import Bound, Budget, Measured, middle
from bench.programs import LESSONS
from engine.client.engine import Engine
from engine.client.racing import Lane, LaneStatus, processors
from engine.client.remote_session import RemoteSession
from engine.protocol.frame import CurveRequest, FrameRequest
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.reading.reader import read_lesson

RACE = Budget("a race of three runs", Bound.AT_MOST, 1.3, "times one run")

_RATES = ("2e-3", "5e-3", "1e-2")
_TRAINING = 1
_MOMENTS = 512 << 20
# As often as the app asks for frames of a race.
_BETWEEN_FRAMES = 0.1
_PANE = FrameRequest(120, 40, curve=CurveRequest(114))


def measure_race(races: int) -> list[Measured]:
    """Race one rate, and three, from the same moment, in turn."""
    engine = Engine(moments=_MOMENTS)
    session = engine.open(read_lesson(LESSONS / "race.py"), request=_PANE)
    try:
        session.start()
        _wait(session, lambda: session.status is Status.READY)
        session.run_step(_TRAINING)
        _wait(session, lambda: session.done > _TRAINING and session.status is Status.READY)
        _seconds(session, _RATES)
        alone, together = [], []
        for number in range(races):
            alone.append(_seconds(session, _RATES[number % 3 :][:1]))
            together.append(_seconds(session, _RATES))
    finally:
        session.close()
        engine.close()
    ratios = [three / one for one, three in zip(alone, together, strict=True)]
    note = f"one takes {median(alone):.2f} s; {processors()} cores"
    return [middle(RACE, ratios, note)]


def _seconds(session: RemoteSession, rates: tuple[str, ...]) -> float:
    cell = session.lesson.steps[_TRAINING].cell
    assert cell is not None
    lanes = [Lane({_TRAINING: cell.source.replace("1e-3", rate)}) for rate in rates]
    began = time.perf_counter()
    race = session.race(Place(_TRAINING), lanes)
    asked = began
    while not race.is_over:
        if time.perf_counter() - asked > _BETWEEN_FRAMES:
            race.request_frame(_PANE)
            asked = time.perf_counter()
        session.events()
        race.poll()
        time.sleep(0.01)
    took = time.perf_counter() - began
    assert all(lane.status is LaneStatus.DONE for lane in race.lanes), race.lanes[0].error
    for lane in race.lanes:
        if lane.run is not None:
            session.forget_run(lane.run)
    return took


def _wait(session: RemoteSession, is_true: Callable[[], bool]) -> None:
    while not is_true():
        session.events()
        time.sleep(0.01)
