"""The rate of frames and the speeds of watching: plain functions."""

from __future__ import annotations

import pytest

from tui.keys.speeds import faster, slower
from tui.polling import room
from tui.polling.pace import Pace
from tui.polling.room import idle_ticks


def paced(cost: float, frames: int = 50) -> Pace:
    """A pace that has learnt what so many frames cost."""
    pace = Pace()
    for _ in range(frames):
        pace.spent(cost)
    return pace


def test_the_first_frame_is_due_at_once() -> None:
    assert Pace().is_due(0.0)


def test_the_next_frame_is_due_an_interval_later() -> None:
    pace = Pace()
    pace.is_due(100.0)

    assert not pace.is_due(100.0 + pace.interval * 0.9)
    assert pace.is_due(100.0 + pace.interval)


def test_the_rate_is_that_of_the_interval_however_often_it_is_asked_for() -> None:
    pace = paced(0.0)
    polls = [100.0 + number / 30 for number in range(3000)]

    asked = [pace.is_due(now) for now in polls]

    assert asked.count(True) == pytest.approx(100.0 / pace.interval, rel=0.01)


def test_a_frame_that_was_late_does_not_bring_two_at_once() -> None:
    pace = Pace()
    pace.is_due(100.0)

    assert pace.is_due(200.0)
    assert not pace.is_due(200.0 + pace.interval * 0.9)


def test_cheap_frames_come_as_often_as_looks_live() -> None:
    assert paced(0.0).interval == pytest.approx(0.09, rel=0.01)


@pytest.mark.parametrize("cost", [0.002, 0.003])
def test_frames_take_their_small_share_of_the_time(cost: float) -> None:
    assert cost / paced(cost).interval == pytest.approx(0.02, rel=0.01)


def test_where_the_machine_has_no_room_frames_come_five_times_a_second() -> None:
    pace = paced(0.0)
    for _ in range(30):
        pace.saw_room(0.5)

    assert 1 / pace.interval == pytest.approx(5.5, rel=0.1)
    for _ in range(30):
        pace.saw_room(1.0)
    assert pace.interval == pytest.approx(0.09, rel=0.01)


def test_where_nothing_is_known_of_the_machine_it_has_room() -> None:
    pace = paced(0.0)
    pace.saw_room(None)

    assert pace.interval == pytest.approx(0.09, rel=0.01)


STAT = """cpu  500 1 40 900 30 0 1 0 0 0
cpu0 100 0 10 400 10 0 0 0 0 0
cpu1 200 1 20 300 0 0 1 0 0 0
cpu10 200 0 10 200 20 0 0 0 0 0
intr 5 0 7
"""


@pytest.mark.parametrize(
    ("cores", "ticks"), [({0}, 410), ({0, 1}, 710), ({10}, 220), ({0, 5}, None)]
)
def test_the_time_without_work_is_that_of_the_cores_that_may_be_used(
    cores: set[int], ticks: int | None
) -> None:
    assert idle_ticks(STAT, cores) == ticks


def test_the_room_is_what_is_idle_and_what_this_program_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    idle, own = iter([10.0, 10.3, 11.3]), iter([5.0, 5.1, 5.2])
    monkeypatch.setattr(room, "_idle_seconds_here", lambda: next(idle))
    monkeypatch.setattr(room.time, "process_time", lambda: next(own))
    cores = room.Room().cores

    assert cores(100.0) is None
    assert cores(100.1) is None
    assert cores(100.5) == pytest.approx(0.8)
    assert cores(100.9) == pytest.approx(0.8)
    assert cores(101.5) == pytest.approx(1.1)


@pytest.mark.parametrize("seconds", [0.025, 0.04])
def test_drawing_takes_at_most_a_quarter_of_the_interfaces_time(seconds: float) -> None:
    pace = paced(0.0)

    for _ in range(50):
        pace.drew(seconds)

    assert seconds / pace.interval == pytest.approx(0.25, rel=0.01)


def test_what_is_dearer_sets_the_rate() -> None:
    pace = paced(0.003)

    for _ in range(50):
        pace.drew(0.02)

    assert pace.interval == pytest.approx(0.15, rel=0.01)


def test_frames_never_come_less_than_five_times_a_second() -> None:
    assert 0.15 < paced(60.0).interval < 0.2


def test_one_dear_frame_does_not_make_the_interval_jump() -> None:
    pace = paced(0.0)

    pace.spent(60.0)

    assert pace.interval < 0.15


def test_the_interval_falls_again_when_frames_are_cheap_again() -> None:
    pace = paced(60.0)

    for _ in range(50):
        pace.spent(0.0)

    assert pace.interval == pytest.approx(0.09, rel=0.01)


def test_slower_from_full_speed_goes_down_to_one_a_second_and_stays() -> None:
    speeds, speed = [], slower(None)
    for _ in range(8):
        speeds.append(speed)
        speed = slower(speed)

    assert speeds == [30.0, 10.0, 5.0, 2.0, 1.0, 1.0, 1.0, 1.0]


def test_faster_from_one_a_second_goes_up_to_full_speed_and_stays() -> None:
    speeds, speed = [], faster(1.0)
    for _ in range(8):
        speeds.append(speed)
        speed = faster(speed)

    assert speeds == [2.0, 5.0, 10.0, 30.0, 100.0, 1000.0, None, None]
