"""How the run of what the learner has written comes out, told once it has; no widget."""

from __future__ import annotations

from enum import Enum, auto

from engine.protocol.events import Outcome
from tui.player.playback import Playback


class CameOut(Enum):
    """What the keys should mean after the run of an edit."""

    PASSED = auto()
    FAILED = auto()
    LEFT = auto()
    """The run was stopped, or the learner is elsewhere by now."""


class AwaitedVerdict:
    """The run that is about to begin of the step that is shown, with the source of now."""

    def __init__(self, playback: Playback) -> None:
        self._playback = playback
        self._step = playback.shown
        self._source = playback.source
        self._before = playback.record

    def came_out(self) -> CameOut | None:
        """How it came out; None while that is not known."""
        playback = self._playback
        record = playback.record_of(self._step)
        if record is self._before or record.outcome is None:
            return CameOut.LEFT if playback.shown != self._step and not playback.is_busy else None
        if record.outcome is Outcome.STOPPED or playback.shown != self._step:
            return CameOut.LEFT
        if record.outcome is Outcome.FAILED:
            return CameOut.FAILED
        if record.attempt is None:
            return None
        return CameOut.PASSED if record.attempt.passed else CameOut.FAILED

    @property
    def is_written_on(self) -> bool:
        """Whether the learner has changed the source since."""
        return self._playback.source != self._source
