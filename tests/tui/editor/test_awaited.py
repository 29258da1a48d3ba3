"""How the run of an edit is taken to have come out; no app, no session."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from engine.protocol.outcomes import Outcome
from tui.player.playback import Playback
from tui.player.step_record import StepRecord
from tui.showing.awaited import AwaitedVerdict, CameOut


@pytest.mark.parametrize(("is_busy", "came_out"), [(True, None), (False, CameOut.LEFT)])
def test_a_run_that_is_stopped_to_run_again_decides_nothing(
    is_busy: bool, came_out: CameOut | None
) -> None:
    playback = SimpleNamespace(
        shown=0, source="cost = 1", record=StepRecord(), is_busy=is_busy, lesson=None
    )
    awaited = AwaitedVerdict(cast("Playback", playback))
    stopped = StepRecord(outcome=Outcome.STOPPED)
    playback.record_of = lambda _step: stopped

    assert awaited.came_out() is came_out
