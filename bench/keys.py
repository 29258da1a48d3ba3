"""How soon a key changes the screen while a lesson runs, and while it holds the lock."""

from __future__ import annotations

import re
import time

from bench.budgets import Bound, Budget, Measured, nearly_all
from bench.players import READY, RUNNING, in_app
from bench.programs import LESSONS, PLAYER, ROOT, fresh_environment
from bench.terminal import ProgramEnded, Terminal

TRAINING = Budget("key to changed screen, training", Bound.AT_MOST, 50.0, "ms")
HOLDING = Budget("the same, the lock is held", Bound.AT_MOST, 50.0, "ms")

# The tab of the active pane alone is in reverse; it is painted after the panes are.
_CHANGED = {
    "2": re.compile(rb"\x1b\[[\d;]*1;7[\d;]*m 2 Code "),
    "3": re.compile(rb"\x1b\[[\d;]*1;7[\d;]*m 3 Curve "),
}
_ENDLESS = 1_000_000_000
_TO_GET_GOING = 2.0
# A change that does not come in so many seconds never comes.
_LONGEST = 2.0


def measure_key_presses(presses: int) -> list[Measured]:
    """Turn between curve and code by their keys, at moments that keep no time with frames."""
    with in_app("tiny_loop.py", "EPOCHS") as app:
        app.begin(_ENDLESS)
        training = _delays(app.terminal, presses)
    with (
        fresh_environment() as environment,
        Terminal([*PLAYER, str(LESSONS / "holding.py"), "--trust"], environment, ROOT) as terminal,
    ):
        terminal.wait_for(READY)
        terminal.press(" ")
        holding = _delays(terminal, presses)
    return [nearly_all(TRAINING, training, "presses"), nearly_all(HOLDING, holding, "presses")]


def _delays(terminal: Terminal, presses: int) -> list[float]:
    terminal.wait_for(RUNNING)
    # Which pane is active now is not known, and that one would not change.
    terminal.press("2")
    terminal.press("3")
    time.sleep(_TO_GET_GOING)
    return [_delay(terminal, "23"[number % 2], number) for number in range(presses)]


def _delay(terminal: Terminal, key: str, number: int) -> float:
    """Milliseconds from the press until its change has come; 2,000 where it does not come."""
    time.sleep(0.05 + 0.137 * number % 0.2)
    since = terminal.length
    pressed = terminal.press(key)
    try:
        return 1000 * (terminal.wait_for(_CHANGED[key], since, _LONGEST) - pressed)
    except ProgramEnded:
        return 1000 * _LONGEST
