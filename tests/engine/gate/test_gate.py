"""The gate: who may pass, who waits, and what is asked of it meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from playing import PATIENCE, wait_until

from engine.gate.gate import Gate
from engine.gate.motion import Motion
from engine.gate.passage import Passage
from engine.protocol.frame import FrameRequest
from engine.protocol.status import Grain
from engine.stopping.exceptions import LessonStopped

REQUEST = FrameRequest(40, 10)


class Walker:
    """A worker that passes boundaries until it is stopped, and counts them."""

    def __init__(self, gate: Gate, inner: int = 1) -> None:
        self.gate = gate
        self.passage = Passage(gate)
        self.inner = inner
        self.passed = 0
        self.outer = 0
        self.frames: list[int] = []
        self.thread = threading.Thread(target=self.walk, daemon=True)

    def walk(self) -> None:
        try:
            self.passage.hold(self.take_frame)
            while True:
                for _ in range(self.inner):
                    self.passed += 1
                    self.pass_boundary(counting=True, outermost=self.inner == 1)
                self.outer += 1
                if self.inner > 1:
                    self.pass_boundary(counting=False, outermost=True)
                time.sleep(0)
        except LessonStopped:
            return

    def pass_boundary(self, *, counting: bool, outermost: bool) -> None:
        if self.gate.attention:
            since = time.perf_counter()
            self.passage.pass_boundary(
                self.take_frame, counting=counting, outermost=outermost, since=since
            )

    def take_frame(self, _: FrameRequest) -> None:
        self.frames.append(self.passed)

    def wait_until_it_waits(self) -> int:
        wait_until(lambda: self.gate.is_waiting, "the worker to stand still")
        return self.passed


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.stop()


@pytest.fixture
def walker(gate: Gate) -> Iterator[Walker]:
    walker = Walker(gate)
    yield walker
    gate.stop()
    walker.thread.join(PATIENCE)
    assert not walker.thread.is_alive()


def test_an_open_gate_asks_for_no_attention(gate: Gate) -> None:
    assert not gate.attention
    assert gate.motion is Motion.RUNNING


def test_a_paused_worker_stands_still_until_it_is_resumed(gate: Gate, walker: Walker) -> None:
    walker.thread.start()
    gate.pause()
    stood = walker.wait_until_it_waits()
    time.sleep(0.05)

    assert walker.passed == stood
    gate.resume()
    wait_until(lambda: walker.passed > stood, "the worker to go on")


def test_one_step_is_one_iteration(gate: Gate, walker: Walker) -> None:
    gate.pause()
    walker.thread.start()
    assert walker.wait_until_it_waits() == 0

    for expected in (1, 2, 3):
        gate.step(Grain.INNER)
        wait_until(lambda: gate.motion is Motion.PAUSED, "the step to end")
        assert walker.wait_until_it_waits() == expected


def test_steps_asked_for_quickly_are_all_made(gate: Gate, walker: Walker) -> None:
    gate.pause()
    walker.thread.start()
    walker.wait_until_it_waits()

    for _ in range(50):
        gate.step(Grain.INNER)
    wait_until(lambda: gate.motion is Motion.PAUSED, "the steps to end")

    assert walker.wait_until_it_waits() == 50


def test_an_outer_step_is_one_iteration_of_the_outermost_loop(gate: Gate) -> None:
    walker = Walker(gate, inner=7)
    gate.pause()
    walker.thread.start()
    walker.wait_until_it_waits()

    gate.step(Grain.OUTER)
    wait_until(lambda: gate.motion is Motion.PAUSED, "the step to end")
    walker.wait_until_it_waits()

    assert (walker.outer, walker.passed) == (1, 7)
    gate.step(Grain.INNER)
    wait_until(lambda: gate.motion is Motion.PAUSED, "the step to end")
    assert walker.wait_until_it_waits() == 8


def test_a_paused_worker_takes_the_frames_it_is_asked_for(gate: Gate, walker: Walker) -> None:
    gate.pause()
    walker.thread.start()
    walker.wait_until_it_waits()

    gate.request_frame(REQUEST)

    wait_until(lambda: walker.frames == [0], "a frame")
    assert gate.is_waiting


def test_a_step_ends_with_a_frame_of_its_own(gate: Gate, walker: Walker) -> None:
    gate.pause()
    walker.thread.start()
    gate.request_frame(REQUEST)
    wait_until(lambda: walker.frames == [0], "a frame")

    gate.step(Grain.INNER)

    wait_until(lambda: walker.frames == [0, 1], "the step's frame")


def test_a_stop_ends_a_paused_worker(gate: Gate, walker: Walker) -> None:
    gate.pause()
    walker.thread.start()
    walker.wait_until_it_waits()

    gate.stop()

    walker.thread.join(PATIENCE)
    assert not walker.thread.is_alive()


def test_nothing_but_opening_follows_a_stop(gate: Gate) -> None:
    gate.stop()

    gate.pause()
    gate.resume()
    gate.step(Grain.INNER)

    assert gate.motion is Motion.STOPPING
    with pytest.raises(LessonStopped):
        Passage(gate).hold(lambda _: None)
    gate.open()
    assert gate.motion is Motion.RUNNING


def test_a_walk_over_parameters_is_passed_by_a_pause(gate: Gate) -> None:
    gate.pause()
    gate.request_frame(REQUEST)

    Passage(gate).pass_boundary(
        pytest.fail, counting=False, outermost=False, since=time.perf_counter()
    )


def test_a_long_loop_that_does_not_count_is_paused_too(gate: Gate) -> None:
    frames: list[FrameRequest] = []
    long_ago = time.perf_counter() - 3600
    gate.request_frame(REQUEST)
    wait_until(
        lambda: (
            Passage(gate).pass_boundary(
                frames.append, counting=False, outermost=False, since=long_ago
            )
            or frames
        ),
        "a frame from within a long iteration",
    )

    assert frames == [REQUEST]


def test_a_speed_holds_the_worker_back(gate: Gate, walker: Walker) -> None:
    gate.set_speed(0.01)
    walker.thread.start()
    wait_until(lambda: walker.passed == 2, "the second iteration")
    time.sleep(0.05)

    assert walker.passed == 2
    gate.set_speed(None)
    wait_until(lambda: walker.passed > 2, "full speed")


def test_steps_on_the_way_know_no_speed_and_no_steps(gate: Gate, walker: Walker) -> None:
    gate.set_speed(0.01)
    gate.hurry()

    gate.step(Grain.INNER)
    walker.thread.start()

    wait_until(lambda: walker.passed > 100, "the worker to hurry")
    gate.slow_down()
    assert gate.attention
