"""What the output says of a step that has ended its process, and of what did not run for that."""

from __future__ import annotations

from pathlib import Path

from driving import opened, text_of, write_lesson

from engine.protocol.events import SessionDied
from engine.protocol.outcomes import Outcome
from tui.player.step_record import StepRecord
from tui.rendering.remarks import Remark
from tui.words.endings import death_remarks

DYING = """
    # %% Dies
    import os
    print("last words")
    os.abort()

    # %% Next
    print("next")
"""


async def test_a_death_is_told_before_what_has_not_run_for_it(folder: Path) -> None:
    async with opened(write_lesson(folder, DYING)) as player:
        await player.press("n", "space")
        await player.has_ended(Outcome.FAILED)

        await player.reads("last words", "This step ended its process", "Step 2 has not run")
        shown = text_of(player.pilot)
        assert shown.index("last words") < shown.index("ended its process: SIGABRT")
        assert shown.index("ended its process") < shown.index("Step 2 has not run")


def test_a_step_whose_process_a_stop_has_ended_says_so() -> None:
    record = StepRecord()

    record.take_death(SessionDied(0, 2.0, None, None))

    said = death_remarks(record.death, str, is_by_force=record.is_ended_by_force)
    assert record.outcome is Outcome.STOPPED
    assert said == [
        Remark(
            "This step did not hear the stop, so its process was ended."
            " The lesson goes on from before it.",
            None,
        )
    ]
