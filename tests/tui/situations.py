"""Situations of the player, as the tests of its keys name them."""

from __future__ import annotations

from itertools import product

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.keys.situation import Situation

LOADED = Situation(Status.READY)
RUNNING = Situation(Status.RUNNING)
PAUSED = Situation(Status.PAUSED)
DONE = Situation(Status.READY, outcome=Outcome.DONE, has_history=True)
EXERCISE = Situation(Status.READY, is_exercise=True, hints_left=1)
CHECKING = Situation(Status.RUNNING, outcome=Outcome.DONE, is_exercise=True, is_checking=True)
PLAYING = [
    CHECKING,
    *(
        Situation(status, outcome=outcome, has_code=has_code, is_exercise=is_exercise and has_code)
        for status, outcome, has_code, is_exercise in product(
            Status, (None, *Outcome), (True, False), (True, False)
        )
    ),
]
