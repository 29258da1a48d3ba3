"""A training gone back in, changed, raced and forgotten for minutes: what is left over of it.

`python -m bench.soak [MINUTES]`; exit status 1 where processes, descriptors or memory have grown.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from bench.programs import LESSONS
from engine.client.engine import Engine
from engine.client.racing import Lane
from engine.client.remote_session import RemoteSession
from engine.protocol.events import RunBegan
from engine.protocol.frame import CurveRequest, FrameRequest
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.reading.reader import read_lesson
from engine.system.processes import children

_TRAINING = 1
_ITERATIONS = 12_000
_MOMENTS = 256 << 20
_PANE = FrameRequest(120, 40, curve=CurveRequest(114))
_PATIENCE = 120.0
_MIB = 1 << 20
# Moments come and go; all else is to stay as it is, but for what an allocator keeps.
_MAY_GROW = {
    "processes": 40,
    "descriptors": 0,
    "host_descriptors": 2 * 40,
    "memory": 32.0,
    "host_memory": 16.0,
}


@dataclass(frozen=True, slots=True)
class Left:
    """Processes of the host, kept moments among them, descriptors, and MiB of memory."""

    processes: int
    descriptors: int
    host_descriptors: int
    memory: float
    host_memory: float


class Soak:
    """One lesson, of which everything is asked that makes and drops processes."""

    def __init__(self) -> None:
        self._engine = Engine(moments=_MOMENTS)
        lesson = read_lesson(LESSONS / "race.py")
        self._session: RemoteSession = self._engine.open(lesson, request=_PANE)
        self._runs: list[int] = []
        self._chance = random.Random(1)
        self._asked = 0

    def begin(self) -> None:
        """Open the lesson, and run its training once."""
        self._session.start()
        self._wait(lambda: self._session.status is Status.READY)
        self._session.run_step(_TRAINING)
        self._ends()

    def turn(self) -> None:
        """Go back, change something and train on; race; forget the runs that were made."""
        for _ in range(3):
            position = self._chance.randrange(1, _ITERATIONS)
            self._session.go_to(Place(_TRAINING, True, position))
            self._wait(lambda: self._session.status is Status.PAUSED)
            self._asked += 1
            rate = self._chance.uniform(1e-4, 1e-2)
            self._session.ask(self._asked, f"optimizer.param_groups[0]['lr'] = {rate}")
            self._session.resume()
            self._ends()
        cell = self._session.lesson.steps[_TRAINING].cell
        assert cell is not None
        race = self._session.race(
            Place(_TRAINING),
            [Lane({_TRAINING: cell.source.replace("1e-3", rate)}) for rate in ("2e-3", "5e-3")],
        )

        def is_over() -> bool:
            race.poll()
            return race.is_over

        self._wait(is_over)
        for run in self._runs:
            if run != self._session.run:
                self._session.forget_run(run)
        self._runs = []

    def left(self) -> Left:
        """What there is now, once nothing runs."""
        gc.collect()
        (host,) = children()
        return Left(
            sum(_parent(entry) == host for entry in Path("/proc").glob("[0-9]*")),
            len([*Path("/proc/self/fd").iterdir()]),
            len([*Path(f"/proc/{host}/fd").iterdir()]),
            _memory("self"),
            _memory(str(host)),
        )

    def end(self) -> None:
        """Let all go."""
        self._session.close()
        self._engine.close()

    def _ends(self) -> None:
        done = self._session.done
        self._wait(
            lambda: self._session.status is Status.READY and self._session.done >= max(done, 2)
        )

    def _wait(self, is_true: Callable[[], object]) -> None:
        end = time.monotonic() + _PATIENCE
        while not is_true():
            for event in self._session.events():
                if isinstance(event, RunBegan):
                    self._runs.append(event.run)
            assert time.monotonic() < end, f"it stands still: {self._session.status}"
            time.sleep(0.005)


def main() -> int:
    """Soak, and compare the end with the first minute; the exit status."""
    parser = argparse.ArgumentParser(prog="soak")
    parser.add_argument("minutes", nargs="?", type=float, default=10.0)
    minutes = parser.parse_args().minutes
    soak = Soak()
    soak.begin()
    for _ in range(3):
        soak.turn()
    first, turns, end = soak.left(), 0, time.monotonic() + 60 * minutes
    print(f"{'turns':>6}  processes  descriptors  host's  MiB     host's MiB")
    while True:
        left = soak.left()
        print(
            f"{turns:6}  {left.processes:9}  {left.descriptors:11}  {left.host_descriptors:6}"
            f"  {left.memory:6.1f}  {left.host_memory:6.1f}",
            flush=True,
        )
        if time.monotonic() > end:
            break
        for _ in range(5):
            soak.turn()
            turns += 1
    soak.end()
    grown = {
        name: now - before
        for name, now, before in zip(_MAY_GROW, astuple(left), astuple(first), strict=True)
    }
    print("grown by:", ", ".join(f"{name} {by:.1f}" for name, by in grown.items()))
    return int(any(grown[name] > most for name, most in _MAY_GROW.items()))


def _parent(process: Path) -> int:
    with suppress(OSError):
        return int((process / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    return 0


def _memory(process: str) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MIB


if __name__ == "__main__":
    sys.exit(main())
