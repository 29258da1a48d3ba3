"""How the run of what the learner has written comes out, told once it has; no widget."""

from __future__ import annotations

from enum import Enum, auto

from engine.protocol.outcomes import Outcome
from tui.player.playback import Playback
from tui.player.step_record import StepRecord


class CameOut(Enum):
    """What decides what the keys mean after an edit has been run, or while it runs."""

    PASSED = auto()
    FAILED = auto()
    UNDER_WAY = auto()
    """It is no attempt at an exercise, and has something to watch already."""
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
            return self._before_its_end(record)
        if playback.shown != self._step:
            return CameOut.LEFT
        if record.outcome is Outcome.STOPPED:
            # One that was stopped by the key that runs it again is not the one that is awaited.
            return None if playback.is_busy else CameOut.LEFT
        if record.outcome is Outcome.FAILED:
            return CameOut.FAILED
        if not self._is_attempt:
            return CameOut.PASSED
        if record.attempt is None:
            return None
        return CameOut.PASSED if record.attempt.passed else CameOut.FAILED

    def _before_its_end(self, record: StepRecord) -> CameOut | None:
        playback = self._playback
        if playback.shown != self._step:
            return None if playback.is_busy else CameOut.LEFT
        has_begun = record is not self._before and record.frame is not None
        return CameOut.UNDER_WAY if has_begun and not self._is_attempt else None

    @property
    def _is_attempt(self) -> bool:
        return self._playback.lesson.steps[self._step].exercise is not None

    @property
    def is_written_on(self) -> bool:
        """Whether the learner has changed the source since."""
        return self._playback.source != self._source
