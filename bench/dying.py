"""How soon a lesson can go on whose process has died."""

from __future__ import annotations

import re

from bench.budgets import Bound, Budget, Measured, nearly_all
from bench.players import READY, Turns
from bench.programs import LESSONS, PLAYER, ROOT, fresh_environment
from bench.terminal import Terminal

GOES_ON = Budget("a died session can go on", Bound.AT_MOST, 500.0, "ms after it died")

# How the step ended is said once the session's next process is ready.
_READY_AGAIN = re.compile(rb"failed")


def measure_deaths(deaths: int) -> list[Measured]:
    """From the moment before the segmentation fault, as the lesson tells it, to the word for it."""
    delays: list[float] = []
    with (
        Turns() as turns,
        fresh_environment(**turns.settings) as environment,
        Terminal([*PLAYER, str(LESSONS / "dying.py"), "--trust"], environment, ROOT) as terminal,
    ):
        terminal.wait_for(READY)
        for _ in range(deaths):
            since = terminal.length
            terminal.press(" ")
            again = terminal.wait_for(_READY_AGAIN, since)
            # Both processes read one clock.
            delays.append(1000 * (again - turns.told[-1]))
    return [nearly_all(GOES_ON, delays, "deaths")]
