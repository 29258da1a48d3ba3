"""Asks a playback what is new, and decides what that means for the screen; no widget, no clock.

Times are seconds of one clock that never goes back; every method is told what it says now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.protocol.events import EngineFailed
from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.layout.arrangement import has_canvas
from tui.player.intake import take_in_news
from tui.player.playback import Playback
from tui.player.step_record import StepRecord
from tui.player.update import Update
from tui.polling.pace import Pace, ReadingPace
from tui.polling.precedence import Precedence

_SECONDS_BETWEEN_HEARTBEATS = 0.25
_SECONDS_BETWEEN_RACING_FRAMES = 0.2


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll has found.

    ``updates`` are to be drawn now: while a key waits, what can wait comes with a later poll.
    ``pane`` is the one that should come into sight for it. ``has_turned`` says that another step is
    shown than before. ``silence`` is for how many seconds no frame has come, where the learner
    should see that all is well nonetheless; 0 else. ``trouble`` says why nothing can run,
    ``has_lost_moments`` that moments were given up as the machine's memory ran low. With
    ``tensors_can_wait`` those in sight have been drawn a moment ago.
    """

    updates: Update
    pane: str | None = None
    has_turned: bool = False
    silence: float = 0.0
    trouble: str | None = None
    has_lost_moments: bool = False
    tensors_can_wait: bool = False


class Poller:
    """Polls a playback, and asks its session for frames as often as the pace allows.

    ``keys_wait`` says whether a key has been pressed whose effect is not on the screen yet.
    ``room`` says how many cores the machine has left at a time, None where that is not known.
    """

    def __init__(
        self,
        playback: Playback,
        keys_wait: Callable[[], bool],
        room: Callable[[float], float | None],
    ) -> None:
        self._playback = playback
        self._keys_wait = keys_wait
        self._room = room
        self._precedence = Precedence(self._have_keys_precedence)
        self._pace = Pace()
        self._reading = ReadingPace()
        self._requested: FrameRequest | None = None
        self._reminded_of: Frame | None = None
        self._engine: EngineFailed | None = None
        self._run: StepRecord | None = None
        self._frame: Frame | None = None
        self._polled_at: float | None = None
        self._was_paused = False
        self._started_at = 0.0
        self._drawn_at = 0.0
        self._lived_at = 0.0
        self._raced_at = 0.0

    def poll(self, now: float) -> Polled:
        """Take in what has happened since the last poll."""
        playback = self._playback
        shown = playback.shown
        updates = take_in_news(playback)
        self._keep_time(now)
        silence = 0.0
        if Update.FRAME in updates:
            self._learn_cost()
        elif self._is_overdue(now):
            self._lived_at = now
            silence = now - self._drawn_at
        drawn = self._precedence.to_draw(now, updates)
        return Polled(
            drawn,
            self._wanted_pane() if Update.STEP in updates else None,
            playback.shown != shown,
            silence,
            self._trouble(),
            self._has_lost_moments(),
            Update.FRAME in drawn and not self._are_tensors_due(now, drawn),
        )

    def _keep_time(self, now: float) -> None:
        """Know since when the run lasts, what prepares it included, and its newest frame stands."""
        playback, frame, before = self._playback, self._playback.live_record.frame, self._run
        self._run = None if playback.running is None else playback.live_record
        has_ended = before is not None and self._run is not before
        if self._polled_at is None or not playback.is_busy or has_ended:
            self._started_at = self._drawn_at = now
        elif self._was_paused:
            # What passes while a run is paused is no time of it.
            self._started_at += now - self._polled_at
            self._drawn_at += now - self._polled_at
        if frame is not self._frame:
            self._frame, self._drawn_at = frame, now
        self._polled_at, self._was_paused = now, playback.status is Status.PAUSED

    def _are_tensors_due(self, now: float, updates: Update) -> bool:
        runs_on = self._playback.status is Status.RUNNING and not updates & Update.STATUS
        return self._reading.is_due(now, is_running=runs_on)

    def ask_for_frame(self, now: float, request: FrameRequest, *, shows_drawings: bool) -> None:
        """Ask for a frame that is made for `request`, where one is due.

        Drawings, curves and tensors that stand still are asked for again when their panes want
        them otherwise: of another size, zoomed, or as numbers.
        """
        if self._playback.racing.is_on and now - self._raced_at >= _SECONDS_BETWEEN_RACING_FRAMES:
            self._raced_at = now
            self._playback.racing.request_frame(replace(request, tensors=None))
        is_due = self._playback.status is Status.RUNNING and self._pace.is_due(now)
        is_outgrown = shows_drawings and self._is_outgrown(request)
        stand_otherwise = self._are_curves_outgrown(request) or self._are_tensors_outgrown(request)
        if is_due:
            self._pace.saw_room(self._room(now))
        if is_due or is_outgrown or stand_otherwise:
            self._requested = request
            self._reminded_of = self._playback.record.frame
            self._playback.session.request_frame(request)

    def drew(self, seconds: float) -> None:
        """Learn how long what a poll had found was drawn."""
        self._pace.drew(seconds)

    def _have_keys_precedence(self) -> bool:
        """Whether a key waits that what is new may wait for: all else has come of keys itself."""
        return self._playback.status is Status.RUNNING and self._keys_wait()

    def _learn_cost(self) -> None:
        """Learn what the newest frame has cost the training."""
        frame = self._playback.record.frame
        if frame is not None:
            self._pace.spent(frame.seconds_spent)

    def seconds_without_loop(self, now: float) -> float | None:
        """How long a step has been under way of which no loop is seen; None where none is."""
        playback, frame = self._playback, self._playback.live_record.frame
        if not playback.is_busy or playback.status is Status.PAUSED or (frame and frame.loops):
            return None
        return now - self._started_at

    def _wanted_pane(self) -> str | None:
        match self._playback.record.outcome:
            case Outcome.FAILED:
                return "output"
            case Outcome.DONE if has_canvas(self._playback.step):
                return "canvas"
        return None

    def _trouble(self) -> str | None:
        """Why nothing can run, told once."""
        engine = self._playback.engine
        if engine is self._engine or not isinstance(engine, EngineFailed):
            return None
        self._engine = engine
        return engine.message

    def _has_lost_moments(self) -> bool:
        """Whether memory has run low and moments went for it, told once."""
        past = self._playback.past
        was_low, past.memory_was_low = past.memory_was_low, False
        return was_low

    def _is_outgrown(self, request: FrameRequest) -> bool:
        """Whether drawings that stand still are of another size than their pane, or language."""
        playback, frame = self._playback, self._playback.record.frame
        if playback.status not in (Status.READY, Status.PAUSED, Status.RUNNING):
            return False
        if _drawn_for(request) != _drawn_for(self._requested):
            # Also before the first drawing, so that this one is made for its pane.
            return bool(playback.step.views)
        # The last drawing of a run may have been made before the request had come.
        return (
            frame is not None
            and frame is not self._reminded_of
            and frame is playback.session.frame
            and any(not drawing.suits(request) for drawing in frame.views)
        )

    def _are_curves_outgrown(self, request: FrameRequest) -> bool:
        """Whether curves that stand still were reduced otherwise than their pane wants them now."""
        frame = self._playback.record.frame
        return (
            self._playback.status is Status.PAUSED
            and frame is not None
            and any(curve.request != request.curve for curve in frame.curves)
            and request != self._requested
        )

    def _are_tensors_outgrown(self, request: FrameRequest) -> bool:
        """Whether tensors that stand still were looked at otherwise than their pane wants now."""
        playback = self._playback
        frame = playback.record.frame
        return (
            request.tensors is not None
            and playback.status in (Status.READY, Status.PAUSED)
            and frame is not None
            and frame is playback.session.frame
            and frame.tensors_for != request.tensors
            and request != self._requested
        )

    def _is_overdue(self, now: float) -> bool:
        """Whether the frame that was asked for is late, and it is time to show that all is well."""
        playback = self._playback
        if not playback.is_busy or playback.status is Status.PAUSED:
            return False
        is_late = now - self._drawn_at > self._pace.interval + _SECONDS_BETWEEN_HEARTBEATS
        return is_late and now - self._lived_at > _SECONDS_BETWEEN_HEARTBEATS


def _drawn_for(request: FrameRequest | None) -> tuple[int, int, str] | None:
    """The size, in cells, and the language that drawings are asked for in."""
    return None if request is None else (request.view_width, request.view_height, request.language)
