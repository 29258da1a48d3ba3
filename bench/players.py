"""Ways to train the same loop again and again: by Python alone, by `tutorch run`, in the app.

Each is a process that stands ready, so that what is compared runs in turns of about a second, and
torch is imported once. The lesson says how long its loop took, by its own clock.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.programs import LESSONS, PLAYER, ROOT, fresh_environment
from bench.slow_terminal import SlowTerminal
from bench.terminal import Terminal

READY = re.compile(rb"ready")
RUNNING = re.compile(rb"running")
_SECOND = re.compile(rb"2/2")

_TRAIN = '# %% Train watch="cost"\n'
_PATIENCE = 120.0
# How long after the last line of a step its session may be about to be ready, in seconds.
_UNTIL_READY = 0.3
_BETWEEN_LOOKS = 0.01


@dataclass(frozen=True, slots=True)
class Run:
    """One training: how long its own clock says that it took, and how many frames showed it."""

    seconds: float
    frames: int = 0


# Runs the training loop for so many epochs.
Train = Callable[[int], Run]


class TrainingFailed(Exception):
    """A lesson did not train to its end; the message has its last words."""


@contextmanager
def bare(lesson: str, rounds: int) -> Iterator[Train]:
    """The lesson's file run by Python alone; it trains `rounds` times at most."""
    with _without_terminal([sys.executable], lesson, rounds) as train:
        yield train


@contextmanager
def headless(lesson: str, rounds: int) -> Iterator[Train]:
    """The lesson played by `tutorch run`; it trains `rounds` times at most."""
    with _without_terminal([*PLAYER, "run"], lesson, rounds) as train:
        yield train


@contextmanager
def in_app(lesson: str, counted: str, *options: str) -> Iterator[App]:
    """The lesson in the app; a frame is known by the count of the loop that runs to `counted`."""
    with (
        Turns() as turns,
        fresh_environment(**turns.settings) as environment,
        Terminal([*_playing(lesson), *options], environment, ROOT) as terminal,
    ):
        yield App(terminal, turns, counted)


@contextmanager
def on_slow_link(lesson: str, counted: str, speed: int) -> Iterator[App]:
    """The same on a terminal that takes `speed` bytes a second."""
    with (
        Turns() as turns,
        fresh_environment(**turns.settings) as environment,
        SlowTerminal(_playing(lesson), environment, ROOT, speed) as terminal,
    ):
        yield App(terminal, turns, counted)


class App:
    """The app with a lesson whose second step trains; made once that step is shown.

    The word "EPOCHS" in `counted` stands for their number.
    """

    def __init__(self, terminal: Terminal, turns: Turns, counted: str) -> None:
        self.terminal = terminal
        self._turns = turns
        self._counted = counted
        terminal.wait_for(READY)
        terminal.press("n")
        terminal.wait_for(_SECOND)

    def begin(self, epochs: int) -> None:
        """Train for so many epochs, and do not wait for it."""
        self._turns.give(epochs)
        self.terminal.press(" ")

    def __call__(self, epochs: int) -> Run:
        """Train to the end, and until the session is ready for the next."""
        told, since = len(self._turns.told), self.terminal.length
        self.begin(epochs)
        self.terminal.wait_until(lambda: len(self._turns.told) > told)
        frames = self.frames_since(since, epochs)
        time.sleep(_UNTIL_READY)
        return Run(self._turns.told[-1], frames)

    def frames_since(self, since: int, epochs: int) -> int:
        """How many frames of a training for so many epochs the output from `since` on holds."""
        count = re.compile(rb"\d+/" + self._counted.replace("EPOCHS", str(epochs)).encode())
        return len(set(self.terminal.found(count, since)))


class Turns:
    """Lets a lesson train when it is its turn, and hears how long that took."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tutorch-bench-")
        turns = Path(self._folder.name) / "turns"
        self._told = Path(self._folder.name) / "seconds"
        self._told.touch()
        os.mkfifo(turns)
        # Opened both ways, as else it would wait here for the lesson.
        self._turns = os.open(turns, os.O_RDWR)
        self.settings = {"BENCH_TURNS": str(turns), "BENCH_SECONDS": str(self._told)}

    def __enter__(self) -> Turns:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._turns)
        self._folder.cleanup()

    def give(self, epochs: int) -> None:
        """Let it train for so many epochs."""
        os.write(self._turns, f"{epochs}\n".encode())

    @property
    def told(self) -> list[float]:
        """The seconds of each training until now."""
        whole, _, _ = self._told.read_text().rpartition("\n")
        return [float(line) for line in whole.splitlines()]


@contextmanager
def _without_terminal(command: Sequence[str], lesson: str, rounds: int) -> Iterator[Train]:
    with (
        Turns() as turns,
        fresh_environment(**turns.settings) as environment,
        tempfile.TemporaryFile() as words,
        _copy_with_steps(LESSONS / lesson, rounds) as copy,
    ):
        program = subprocess.Popen(
            [*command, str(copy)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=words,
        )

        def train(epochs: int) -> Run:
            told = len(turns.told)
            turns.give(epochs)
            until = time.monotonic() + _PATIENCE
            while len(turns.told) == told:
                if program.poll() is not None or time.monotonic() > until:
                    words.seek(0)
                    raise TrainingFailed(words.read().decode(errors="replace")[-2000:])
                time.sleep(_BETWEEN_LOOKS)
            return Run(turns.told[-1])

        try:
            yield train
        finally:
            program.kill()
            program.wait()


@contextmanager
def _copy_with_steps(lesson: Path, rounds: int) -> Iterator[Path]:
    """The lesson with its training step `rounds` times, one after the other."""
    before, mark, training = lesson.read_text().partition(_TRAIN)
    with tempfile.TemporaryDirectory(prefix="tutorch-bench-") as folder:
        copy = Path(folder) / lesson.name
        copy.write_text(before + rounds * (mark + training + "\n"))
        yield copy


def _playing(lesson: str) -> list[str]:
    """The command that plays one of the bench's lessons, which ask nothing first."""
    return [*PLAYER, str(LESSONS / lesson), "--trust"]
