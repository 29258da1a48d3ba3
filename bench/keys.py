"""How soon a key changes the screen while a training runs at full speed."""

from __future__ import annotations

import math
import re
import tempfile
import time
from pathlib import Path

from bench.budgets import Bound, Budget, Measured
from bench.programs import LESSONS, PLAYER, ROOT, fresh_environment
from bench.terminal import Terminal
from bench.training import READY, RUNNING

KEY_PRESS = Budget("key press to changed screen, 95th percentile", Bound.AT_MOST, 50.0, "ms")

# The tab of the active pane alone is in reverse; it is painted after the panes are.
_CHANGED = {
    "3": re.compile(rb"\x1b\[[\d;]*1;7[\d;]*m 3 Curve "),
    "4": re.compile(rb"\x1b\[[\d;]*1;7[\d;]*m 4 Output "),
}
_ENDLESS = 1_000_000_000
_TO_GET_GOING = 3.0


def measure_key_presses(presses: int) -> list[Measured]:
    """Turn between curve and output by their keys, at moments that keep no time with frames."""
    with (
        tempfile.TemporaryDirectory() as folder,
        fresh_environment(
            BENCH_SECONDS=str(Path(folder) / "seconds"), BENCH_EPOCHS=str(_ENDLESS)
        ) as environment,
        Terminal([*PLAYER, str(LESSONS / "tiny_loop.py")], environment, ROOT) as terminal,
    ):
        terminal.wait_for(READY)
        terminal.press(" ")
        terminal.wait_for(RUNNING)
        time.sleep(_TO_GET_GOING)
        delays = [_delay(terminal, "34"[number % 2], number) for number in range(presses)]
    delays.sort()
    worst_but_few = delays[math.ceil(0.95 * len(delays)) - 1]
    note = f"{presses} presses, median {delays[presses // 2]:.0f} ms, longest {delays[-1]:.0f} ms"
    return [Measured(KEY_PRESS, worst_but_few, tuple(delays), note)]


def _delay(terminal: Terminal, key: str, number: int) -> float:
    """Milliseconds from the press until its change has come."""
    time.sleep(0.1 + 0.137 * number % 0.25)
    since = terminal.length
    pressed = terminal.press(key)
    return 1000 * (terminal.wait_for(_CHANGED[key], since) - pressed)
