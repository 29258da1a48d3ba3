"""What is known of one step's last run; the playback fills it, and panes show it."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.protocol.events import Death, Outcome
from engine.protocol.frame import Frame, LoopProgress
from engine.protocol.verdicts import Verdict
from tui.rendering.scrollback import Scrollback
from tui.rendering.verdicts import PredictionVerdict


@dataclass(slots=True)
class StepRecord:
    """The output, newest frame and end of a run; empty before it.

    ``error`` is the type and the message of what the code raised, in one line; ``verdicts`` on
    predictions are by the question's place in the step; ``death`` is how the
    process ended that the step ran in, where it did. ``wanted`` is the step that was to run, where
    this one failed on the way to it.
    """

    output: Scrollback = field(default_factory=Scrollback)
    frame: Frame | None = None
    previous_loops: tuple[LoopProgress, ...] = ()
    outcome: Outcome | None = None
    seconds: float = 0.0
    error_line: int | None = None
    error: str = ""
    asked_in_vain: str | None = None
    verdicts: dict[int, PredictionVerdict] = field(default_factory=dict)
    attempt: Verdict | None = None
    death: Death | None = None
    wanted: int | None = None

    @property
    def seconds_so_far(self) -> float:
        """How long the run took; while it is under way, how long its loops have taken by now."""
        if self.outcome is not None or self.frame is None:
            return self.seconds
        return max((loop.seconds for loop in self.frame.loops), default=0.0)
