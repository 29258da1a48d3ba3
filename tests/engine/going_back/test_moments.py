"""Moments that are kept: which are, which are forgotten, and that none is left behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from descendants import (
    children_of,
    host_of,
    living,
    open_descriptors,
    process_of,
)
from going import Traveller
from playing import lesson_from, wait_until
from rested import RestedEngine

from engine.client.kept import KeptWords
from engine.client.post import Addressee
from engine.client.succession import Succession
from engine.protocol.events import MomentKept, MomentsLost, SessionDied, StepStarted
from engine.protocol.messages import Ended, EventTold, Kept
from engine.protocol.moments import Moment
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.outcomes import Death
from engine.protocol.places import Place
from engine.protocol.status import Grain, Status
from engine.protocol.wire import Kind, encode
from engine.running.keeping import KeepResult, MomentPace
from engine.running.setup import DEFAULT_REQUEST
from engine.system import memory

TEN_STEPS = "\n".join(f"# %% Step {index}\nx{index} = {index}" for index in range(10))
LOOP = "# %% Loop\nfor i in range(100):\n    x = i\n"
WAITING = """
# %% Loop
import queue, sys, types
from concurrent.futures import ThreadPoolExecutor
from threading import Thread, enumerate as threads
from tqdm.auto import tqdm

class _AsyncWriterThread(Thread):
    def __init__(self, queue, record_writer, flush_secs):
        super().__init__(name="writer", daemon=True)
        self._queue, self._record_writer, self._flush_secs = queue, record_writer, flush_secs
        self._shutdown_signal = object()
    def run(self):
        while (data := self._queue.get()) is not self._shutdown_signal:
            self._record_writer.append(data)
            self._queue.task_done()
        self._queue.task_done()

standing_in = types.ModuleType("tensorboard.summary.writer.event_file_writer")
standing_in._AsyncWriterThread = _AsyncWriterThread
sys.modules[standing_in.__name__] = standing_in
written = []
writer = _AsyncWriterThread(queue.Queue(), written, 1)
writer.start()
pool = ThreadPoolExecutor(2)
print([*pool.map(abs, [-1, 2])])
for i in tqdm(range(100)):
    x = i
    writer._queue.put(i)
print(x, [type(one).__name__ for one in threads() if "tqdm" in one.name])
writer._queue.join()
print(written == [*range(100)], [*pool.map(abs, [-3, 4, -5])])
"""
BESIDE = """
# %% Loop
import threading, time
threading.Thread(target=time.sleep, args=(600,), name="beside", daemon=True).start()
for i in range(100):
    x = i
"""


class Letters:
    """Stands in for the engine: keeps which kinds of packets were sent."""

    has_own_streams = has_errors_apart = is_terminal = False
    keeps_moments = True

    def __init__(self) -> None:
        self.sent: list[Kind] = []

    def begin(self, addressee: Addressee) -> int:
        del addressee
        return 1

    def send(self, number: int, kind: Kind, body: bytes = b"") -> None:
        del number, body
        self.sent.append(kind)

    def let_go(self, number: int) -> None: ...

    def fileno(self) -> int:
        return -1

    def hear(self) -> None: ...

    def ask(self, number: int) -> bool:
        del number
        return False


@pytest.mark.parametrize(("is_host", "kind"), [(False, Kind.WAKE), (True, Kind.OPEN)])
def test_a_moment_serves_where_its_host_is_still_there(
    tmp_path: Path, is_host: bool, kind: Kind
) -> None:
    letters = Letters()
    processes = Succession(letters, KeptWords(lesson_from(LOOP, tmp_path)), DEFAULT_REQUEST)
    processes.open()
    processes.take_in(Kept(1, 1, Moment(Place(0), False, {}), 0))
    processes.take_in(EventTold(1, encode(StepStarted(0))))

    death = Death(9, 137)
    if is_host:
        processes.lose_host(death)
    else:
        processes.take_in(Ended(1, death))

    assert [one for one in letters.sent if one in (Kind.OPEN, Kind.WAKE)][-1] is kind


def test_on_the_way_keeping_leaves_most_of_the_time_to_the_run() -> None:
    pace = MomentPace()

    pace.note(Place(0), KeepResult.KEPT, 10.0, 11.0, is_under_way=True)

    assert not pace.is_due_on_the_way(14.0)
    assert pace.is_due_on_the_way(17.0)


def test_a_run_that_begins_by_waking_keeps_no_moment_at_once() -> None:
    pace = MomentPace()

    pace.note(Place(0), KeepResult.WOKEN, 10.0, 500.0, is_under_way=False)

    assert not pace.is_due(501.0)
    assert pace.is_due(503.0)


class TestMemory:
    def test_the_memory_of_a_process_alone_is_measured(self) -> None:
        assert memory.private_memory(os.getpid()) > 1 << 20
        assert memory.private_memory(2**30) == 0

    def test_memory_is_low_where_little_is_left(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(memory, "_machine", lambda: [(64 << 30, 1 << 20)])

        assert memory.is_memory_low()

    def test_memory_is_not_low_where_much_is_left(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(memory, "_machine", lambda: [(64 << 30, 2 << 30)])
        monkeypatch.setattr(memory, "_group", lambda: [])

        assert not memory.is_memory_low()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., Traveller]]:
    """Starts a lesson in an engine of its own."""
    with ExitStack() as players:

        def start(text: str, **options: int) -> Traveller:
            engine = RestedEngine(**{"moments": 512 << 20, **options})  # type: ignore[arg-type]
            players.callback(engine.close)
            return players.enter_context(Traveller.on(engine, lesson_from(text, tmp_path)))

        yield start


def test_a_lesson_that_is_closed_leaves_no_process(started: Callable[..., Traveller]) -> None:
    traveller = started(TEN_STEPS)
    traveller.finish_step(9)
    host = host_of(traveller)
    # Besides the session: how many moments are kept on the way is a matter of time.
    assert len(children_of(host)) > 1

    traveller.session.close()

    wait_until(lambda: not children_of(host), "the end of every process")


def test_a_host_that_is_killed_leaves_no_process(started: Callable[..., Traveller]) -> None:
    traveller = started(TEN_STEPS)
    traveller.finish_step(9)
    processes = children_of(host_of(traveller))

    os.kill(host_of(traveller), signal.SIGKILL)
    traveller.wait_until(lambda: not processes & living(), "the end of every process")


def test_a_host_that_is_killed_takes_its_moments_along(
    started: Callable[..., Traveller], tmp_path: Path
) -> None:
    traveller = started(LOOP)
    original = traveller.finish_step(0)
    traveller.go_to(Place(0, False, 40))
    other_path = tmp_path / "other"
    other_path.mkdir()
    with Traveller.on(traveller.engine, lesson_from(TEN_STEPS, other_path)) as other:
        os.kill(host_of(traveller), signal.SIGKILL)
        for player in (other, traveller):
            player.wait_until(
                lambda it=player: any(isinstance(event, SessionDied) for event in it.told),
                "its end",
            )
            player.wait_for(Status.READY)
            player.look()
        other.finish_step(9)

    # Numbers of the host before would mean the other lesson's moments now.
    assert traveller.finish_step(0) == original
    traveller.go_to(Place(0, False, 40))
    assert traveller.run_on() == original


def test_many_ways_back_leave_no_more_processes_than_moments(
    started: Callable[..., Traveller],
) -> None:
    traveller = started(LOOP)
    traveller.finish_step(0)
    host = host_of(traveller)

    for position in (50, 20, 70, 3, 99):
        traveller.go_to(Place(0, False, position))

    runs = traveller.session._processes.trail.runs
    traveller.wait_until(
        lambda: len(children_of(host)) == len(runs.moments()) + 1, "the end of what was left"
    )
    assert open_descriptors(host) < 60


def test_a_moment_that_dies_is_gone_without(started: Callable[..., Traveller]) -> None:
    traveller = started(LOOP)
    original = traveller.finish_step(0)
    traveller.go_to(Place(0, False, 40))
    host, session = host_of(traveller), process_of(traveller)
    wait_until(lambda: len(children_of(host)) > 2, "two moments")
    for process in children_of(host) - {session}:
        os.kill(process, signal.SIGKILL)
    traveller.wait_until(
        lambda: any(isinstance(event, MomentsLost) for event in traveller.told), "the loss"
    )

    traveller.go_to(Place(0, False, 20))

    assert traveller.session.place == Place(0, False, 20)
    assert traveller.run_on() == original


def test_a_limit_of_memory_is_kept_to(started: Callable[..., Traveller]) -> None:
    grows = "# %% Grow\nheld = bytearray(40 << 20)\n" + "".join(
        f"# %% Step {index}\nheld[:] = bytes([{index + 1}]) * len(held)\n" for index in range(6)
    )
    traveller = started(grows, moments=100 << 20)

    traveller.finish_step(6)

    lost = [event for event in traveller.told if isinstance(event, MomentsLost)]
    assert lost
    assert not any(event.is_memory_low for event in lost)


def kept_of(traveller: Traveller) -> list[MomentKept]:
    return [event for event in traveller.told if isinstance(event, MomentKept)]


def test_statements_that_were_stepped_by_are_kept(started: Callable[..., Traveller]) -> None:
    traveller = started(LOOP)
    for _ in range(4):
        before_it = traveller.session.place
        traveller.session.step_on(0, Grain.STATEMENT)
        traveller.wait_until(
            lambda it=before_it: (
                traveller.session.status is Status.PAUSED and traveller.session.place != it
            ),
            "a statement on",
        )
        traveller.look()

    traveller.wait_until(
        lambda: len([one for one in kept_of(traveller) if one.place.statement]) >= 3,
        "three statements to be kept",
    )


def test_threads_of_libraries_that_wait_keep_no_moment_away(
    started: Callable[..., Traveller],
) -> None:
    traveller = started(WAITING)
    traveller.finish_step(0)

    traveller.go_to(Place(0, False, 40))
    wait_until(lambda: 40 in _positions_kept(traveller), "the moment where the run is paused")
    traveller.go_to(Place(0, False, 41))
    traveller.go_to(Place(0, False, 40))

    assert traveller.run_on().endswith("99 ['TMonitor']\nTrue [3, 4, 5]\n")


def test_a_thread_that_keeps_moments_away_is_told_by_its_name(
    started: Callable[..., Traveller],
) -> None:
    traveller = started(BESIDE)
    traveller.finish_step(0)

    for position in (40, 41, 42):
        traveller.go_to(Place(0, False, position))

    told = [one for one in traveller.told if isinstance(one, Noticed)]
    assert [(one.slip, one.names) for one in told] == [(Slip.NO_MOMENTS, ("beside",))]


def _positions_kept(traveller: Traveller) -> set[int]:
    traveller.wait_until(lambda: True, "what was told")
    traveller.look()
    return {one.place.position for one in traveller.moments.values()}
