"""What it costs to keep moments of a training, and how soon one that is gone back to is seen."""

from __future__ import annotations

import re
import time
from statistics import median

from bench.budgets import Bound, Budget, Measured, middle, nearly_all
from bench.players import in_app
from bench.training import epochs_of_a_turn, in_turn, speeds

KEEPING_TINY = Budget("keeping moments, tiny loop", Bound.AT_LEAST, 0.98, "of keeping none")
KEEPING_LOADER = Budget("keeping moments, DataLoader", Bound.AT_LEAST, 0.98, "of keeping none")
GOING_BACK = Budget("going back to a kept moment", Bound.AT_MOST, 300.0, "ms until its frame")

_TINY_TRIAL, _LOADER_TRIAL = 2_000, 1
_BATCHES = "937"
_EPOCHS = 2_000
# Moments are seconds apart: how long one training is to take, in seconds, and by what the
# rounds are divided for it.
_ONE_TURN = 4.0
_ROUNDS = 8
_DONE = re.compile(rb"done")
# How long after its frame a moment is kept at the latest, in seconds.
_UNTIL_KEPT = 0.3


def measure_keeping(rounds: int) -> list[Measured]:
    """The same trainings in the app with moments and without, in turn."""
    return [
        _measure(KEEPING_TINY, "tiny_loop.py", "EPOCHS", _TINY_TRIAL, rounds),
        _measure(KEEPING_LOADER, "loader.py", _BATCHES, _LOADER_TRIAL, rounds),
    ]


def _measure(budget: Budget, lesson: str, counted: str, trial: int, rounds: int) -> Measured:
    with in_app(lesson, counted, "--no-moments") as without, in_app(lesson, counted) as keeping:
        epochs = epochs_of_a_turn(without, trial, _ONE_TURN)
        alone, kept = in_turn((without, keeping), epochs, max(rounds // _ROUNDS, 3))
    note = f"without {median(one.seconds for one in alone):.2f} s a training"
    return middle(budget, speeds(alone, kept), note)


def measure_going_back(ways: int) -> list[Measured]:
    """From the key that goes one iteration back to the curve of there, where a moment is kept."""
    delays: list[float] = []
    with in_app("there_and_back.py", str(_EPOCHS)) as app:
        terminal = app.terminal
        terminal.press(" ")
        terminal.wait_for(_DONE)

        def go(key: str, position: int) -> float:
            since = terminal.length
            pressed = terminal.press(key)
            seen = terminal.wait_for(re.compile(rb"newest, at %d\b" % position), since)
            # The moment of there is kept once its frame has gone.
            time.sleep(_UNTIL_KEPT)
            return seen - pressed

        go(",", _EPOCHS)
        go(",", _EPOCHS - 1)
        for _ in range(ways):
            go(".", _EPOCHS)
            delays.append(1000 * go(",", _EPOCHS - 1))
    return [nearly_all(GOING_BACK, delays, "ways back")]
