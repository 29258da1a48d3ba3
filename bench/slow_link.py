"""What a slow link costs: nothing of the training, and a moment of the person at the keys."""

from __future__ import annotations

import re
import time
from statistics import median

from bench.budgets import Bound, Budget, Measured, middle
from bench.players import RUNNING, App, in_app, on_slow_link
from bench.terminal import Terminal
from bench.training import epochs_of_a_turn, in_turn, speeds

TRAINING = Budget("tiny loop at 9,600 B/s", Bound.AT_LEAST, 0.95, "of a fast terminal")
HELP = Budget("help at 9,600 B/s, the longest", Bound.AT_MOST, 2.0, "s after its key")
LEAVING = Budget("leaving at 9,600 B/s, the longest", Bound.AT_MOST, 3.0, "s after its key")

_SPEED = 9600
_LESSON, _COUNTED = "tiny_loop.py", "EPOCHS"
_TRIAL, _ENDLESS = 2_000, 1_000_000_000
# How long one training is to take, in seconds.
_ONE_TURN = 0.5
_HELP = re.compile(rb"Keys")
_ASKED = re.compile(rb"q once more")
# What a queue of frames would take to fill, in seconds.
_TO_FILL_UP = 3.0
# A frame takes longer than a turn to arrive here: they are counted for so many seconds.
_WATCHED = 8.0
_BETWEEN_PRESSES = 1.0
_PRESSES = 3


def measure_slow_link(rounds: int, leavings: int) -> list[Measured]:
    """Train on a slow terminal in turn with a fast one; then press keys while it trains."""
    with (
        in_app(_LESSON, _COUNTED) as fast,
        on_slow_link(_LESSON, _COUNTED, _SPEED) as slow,
    ):
        epochs = epochs_of_a_turn(fast, _TRIAL, _ONE_TURN)
        quick, slowed = in_turn((fast, slow), epochs, rounds)
    rates: list[float] = []
    helps: list[float] = []
    ends: list[float] = []
    for _ in range(leavings):
        with on_slow_link(_LESSON, _COUNTED, _SPEED) as app:
            app.begin(_ENDLESS)
            app.terminal.wait_for(RUNNING)
            time.sleep(_TO_FILL_UP)
            rates.append(_frame_rate(app))
            helps += [_help_seconds(app.terminal) for _ in range(_PRESSES)]
            ends += _leaving_seconds(app.terminal)
    note = f"{median(rates):.2g} frames a second"
    return [
        middle(TRAINING, speeds(quick, slowed), note),
        _longest(HELP, helps, "presses"),
        _longest(LEAVING, ends, "presses"),
    ]


def _frame_rate(app: App) -> float:
    """How many frames of an endless training arrive in a second."""
    since = app.terminal.length
    time.sleep(_WATCHED)
    return app.frames_since(since, _ENDLESS) / _WATCHED


def _help_seconds(terminal: Terminal) -> float:
    """Seconds from the press until help has been seen; it is closed again."""
    since = terminal.length
    pressed = terminal.press("?")
    seen = terminal.wait_for(_HELP, since)
    terminal.press("?")
    time.sleep(_BETWEEN_PRESSES)
    return seen - pressed


def _leaving_seconds(terminal: Terminal) -> tuple[float, float]:
    """Seconds until it is asked whether so much work may go, and from yes to the end."""
    since = terminal.length
    pressed = terminal.press("q")
    asked = terminal.wait_for(_ASKED, since)
    said_yes = terminal.press("q")
    return asked - pressed, terminal.wait_for_end() - said_yes


def _longest(budget: Budget, samples: list[float], of: str) -> Measured:
    between = f"{len(samples)} {of}, {min(samples):.2g} to {max(samples):.2g}"
    return Measured(budget, max(samples), tuple(samples), between)
