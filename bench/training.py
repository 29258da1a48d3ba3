"""How fast a lesson trains under the player, against the same file run by Python alone."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from bench.budgets import Bound, Budget, Measured, middle
from bench.players import Run, Train, bare, headless, in_app

TINY_IN_APP = Budget("tiny loop, in the app", Bound.AT_LEAST, 0.95, "of bare")
TINY_FRAMES = Budget("its frames", Bound.AT_LEAST, 10.0, "a second")
TINY_HEADLESS = Budget("tiny loop, headless", Bound.AT_LEAST, 0.97, "of bare")
LOADER_IN_APP = Budget("MNIST by a DataLoader, in the app", Bound.AT_LEAST, 0.95, "of bare")
LOADER_FRAMES = Budget("its frames", Bound.AT_LEAST, 5.0, "a second")

# How long one training is to take, in seconds: long enough that what it costs once, as it begins,
# weighs as little as in a training; short enough that what else the machine does hardly changes.
_ONE_TURN = 2.0
_TINY_TRIAL, _LOADER_TRIAL = 2_000, 1
# The first is to find out how many epochs a turn has.
_TRIALS = 2
_BATCHES = "937"


def measure_tiny_loop(rounds: int) -> list[Measured]:
    """Lesson 0's loop in the app and headless, in turn with bare runs."""
    lesson = "tiny_loop.py"
    most = rounds + _TRIALS
    with (
        bare(lesson, most) as plain,
        headless(lesson, most) as run,
        in_app(lesson, "EPOCHS") as app,
    ):
        epochs = epochs_of_a_turn(plain, _TINY_TRIAL, _ONE_TURN)
        alone, shown, told = in_turn((plain, app, run), epochs, rounds)
    note = f"bare {1e6 * median(one.seconds for one in alone) / epochs:.0f} µs an epoch"
    return [
        middle(TINY_IN_APP, speeds(alone, shown), note),
        middle(TINY_FRAMES, frame_rates(shown), of="trainings"),
        middle(TINY_HEADLESS, speeds(alone, told)),
    ]


def measure_loader(rounds: int) -> list[Measured]:
    """A network trained on batches, in the app, in turn with bare runs."""
    lesson = "loader.py"
    with bare(lesson, rounds + _TRIALS) as plain, in_app(lesson, _BATCHES) as app:
        epochs = epochs_of_a_turn(plain, _LOADER_TRIAL, _ONE_TURN)
        alone, shown = in_turn((plain, app), epochs, rounds)
    note = f"bare {median(one.seconds for one in alone) / epochs:.2f} s an epoch"
    return [
        middle(LOADER_IN_APP, speeds(alone, shown), note),
        middle(LOADER_FRAMES, frame_rates(shown), of="trainings"),
    ]


def epochs_of_a_turn(train: Train, trial: int, seconds: float) -> int:
    """For how many epochs to train for so many seconds, by how long `trial` of them took."""
    return max(1, round(trial * seconds / train(trial).seconds))


def in_turn(ways: Sequence[Train], epochs: int, rounds: int) -> tuple[list[Run], ...]:
    """Train each way in turn; every second round backwards, so that drifts cancel.

    Before that each trains once unmeasured.
    """
    runs: list[list[Run]] = [[] for _ in ways]
    for train in ways:
        train(epochs)
    for number in range(rounds):
        places = range(len(ways))
        for place in places if number % 2 == 0 else reversed(places):
            runs[place].append(ways[place](epochs))
    return tuple(runs)


def speeds(bare_runs: Sequence[Run], played: Sequence[Run]) -> list[float]:
    """How fast each of the played runs was, as a share of the bare run of its round."""
    return [one.seconds / other.seconds for one, other in zip(bare_runs, played, strict=True)]


def frame_rates(runs: Sequence[Run]) -> list[float]:
    """The frames a second of each run."""
    return [run.frames / run.seconds for run in runs]
