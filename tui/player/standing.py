"""Where the run of the step that is shown stands, and what is known of it there; no widget."""

from __future__ import annotations

from engine.protocol.made import LineMade
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.statements import NextStatement
from engine.protocol.status import Grain, Status
from tui.player.playback import Playback
from tui.runs import going_back
from tui.runs.told_changes import ToldChange


def next_statement(playback: Playback) -> NextStatement | None:
    """The statement that runs next in the step that is shown; None where it waits at none."""
    frame = playback.record.frame
    return frame.statement if frame is not None and waits(playback) else None


def made_so_far(playback: Playback) -> tuple[LineMade, ...]:
    """What the lines of the step that is shown have made; () where it does not wait in it."""
    frame = playback.record.frame
    return frame.made if frame is not None and waits(playback) else ()


def changes_in_run(playback: Playback) -> tuple[ToldChange, ...]:
    """What was changed in the run that is shown, as far as that has come."""
    frame = playback.record.frame
    made = playback.chronicle.changes.of(playback.shown, playback.session.run)
    return tuple(one for one in made if frame and one.place.position <= frame.position)


def can_be_redrawn(playback: Playback) -> bool:
    """Whether the names are still those that the step that is shown made its drawings of."""
    newest, outcome = playback.session.frame, playback.record.outcome
    is_newest = newest is not None and newest.step == playback.shown
    return is_newest and outcome in (None, Outcome.DONE)


def step_of_values(playback: Playback) -> int | None:
    """The step that the values are of which the session has now; None where none has run."""
    if playback.running is not None:
        return playback.running
    done = playback.session.done
    if done < len(playback.lesson.steps):
        broken = playback.record_of(done).outcome
        if broken in (Outcome.FAILED, Outcome.STOPPED):
            return done
    ran = (one.index for one in playback.lesson.steps[:done] if one.cell is not None)
    return max(ran, default=None)


def place_before(playback: Playback, grain: Grain) -> Place | None:
    """The place one grain before where the run of the step that is shown stands, or ended.

    None where there is none.
    """
    here = _place_shown(playback)
    if here is None:
        return None
    outer_before = playback.past.outer_before(here)
    if outer_before is None and playback.record.frame is not None:
        outer_before = playback.record.frame.outer_before
    is_over = playback.session.sought is None and here.before_last is not None
    return going_back.place_before(here, grain, outer_before, is_over=is_over)


def _place_shown(playback: Playback) -> Place | None:
    """Where the run of the step that is shown stands, goes to or has ended; None if nowhere."""
    record, session = playback.record, playback.session
    if session.sought is not None:
        return session.sought if session.sought.step == playback.shown else None
    # Its frame may be on the way still.
    is_under_way = playback.running == playback.shown or session.status is Status.PAUSED
    if is_under_way and session.place is not None and session.place.step == playback.shown:
        return session.place
    if record.frame is None or playback.is_elsewhere:
        return None
    return going_back.place_of(record.frame, is_over=record.outcome is not None)


def is_sought(playback: Playback) -> bool:
    """Whether the step that is shown is run again unseen to a place in it."""
    sought = playback.session.sought
    return playback.status is Status.SEEKING and (sought is None or sought.step == playback.shown)


def waits(playback: Playback) -> bool:
    """Whether the step that is shown is under way, and paused."""
    return playback.running == playback.shown and playback.status is Status.PAUSED
