"""How fast a lesson trains under the player, against the same file run by Python alone."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.budgets import Bound, Budget, Measured, middle
from bench.programs import LESSONS, PLAYER, ROOT, fresh_environment, run_plainly
from bench.terminal import Terminal

TINY_IN_APP = Budget("tiny loop, in the app", Bound.AT_LEAST, 0.90, "of bare")
TINY_HEADLESS = Budget("tiny loop, headless", Bound.AT_LEAST, 0.97, "of bare")
LOADER_IN_APP = Budget("MNIST by a DataLoader, in the app", Bound.AT_LEAST, 0.97, "of bare")

READY = re.compile(rb"ready")
RUNNING = re.compile(rb"running")

_TINY_EPOCHS = 20_000
_LOADER_EPOCHS = 3
_DONE_OF_TOTAL = re.compile(rb"\d+/%d" % _TINY_EPOCHS)


@dataclass(frozen=True, slots=True)
class Run:
    """One training: how long its own clock says that it took, and how many frames showed it."""

    seconds: float
    frames: int = 0


Way = Callable[[Path, int], Run]


def measure_tiny_loop(pairs: int) -> list[Measured]:
    """Lesson 0's loop in the app and headless, in turn with bare runs."""
    lesson = LESSONS / "tiny_loop.py"
    bare, app, headless = _alternate(lesson, _TINY_EPOCHS, (_bare, _in_app, _headless), pairs)
    frames = median(run.frames / run.seconds for run in app)
    each = median(run.seconds for run in bare) / _TINY_EPOCHS
    note = f"bare {1e6 * each:.0f} µs an epoch"
    return [
        middle(TINY_IN_APP, _speeds(bare, app), f"{note}, {frames:.1f} frames a second"),
        middle(TINY_HEADLESS, _speeds(bare, headless), note),
    ]


def measure_loader(pairs: int) -> list[Measured]:
    """A network trained on batches, in the app, in turn with bare runs."""
    bare, app = _alternate(LESSONS / "loader.py", _LOADER_EPOCHS, (_bare, _in_app), pairs)
    each = median(run.seconds for run in bare) / _LOADER_EPOCHS
    return [middle(LOADER_IN_APP, _speeds(bare, app), f"bare {each:.2f} s an epoch")]


def _alternate(
    lesson: Path, epochs: int, ways: Sequence[Way], rounds: int
) -> tuple[list[Run], ...]:
    """Run the lesson each way in turn; every second round backwards, so that drifts cancel."""
    runs: dict[Way, list[Run]] = {way: [] for way in ways}
    for number in range(rounds):
        for way in ways if number % 2 == 0 else reversed(ways):
            runs[way].append(way(lesson, epochs))
    return tuple(runs[way] for way in ways)


def _speeds(bare: Sequence[Run], played: Sequence[Run]) -> list[float]:
    return [one.seconds / other.seconds for one, other in zip(bare, played, strict=True)]


def _bare(lesson: Path, epochs: int) -> Run:
    return _without_terminal([sys.executable, str(lesson)], epochs)


def _headless(lesson: Path, epochs: int) -> Run:
    return _without_terminal([*PLAYER, "run", str(lesson)], epochs)


def _without_terminal(command: list[str], epochs: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "seconds"
        with _environment(told, epochs) as environment:
            run_plainly(command, environment)
        return Run(float(told.read_text()))


def _in_app(lesson: Path, epochs: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "seconds"
        with (
            _environment(told, epochs) as environment,
            Terminal([*PLAYER, str(lesson)], environment, ROOT) as terminal,
        ):
            terminal.wait_for(READY)
            terminal.press(" ")
            terminal.wait_until(lambda: told.exists() and told.read_text().endswith("\n"))
            frames = len(set(terminal.found(_DONE_OF_TOTAL)))
        return Run(float(told.read_text()), frames)


def _environment(told: Path, epochs: int) -> AbstractContextManager[dict[str, str]]:
    return fresh_environment(BENCH_SECONDS=str(told), BENCH_EPOCHS=str(epochs))
