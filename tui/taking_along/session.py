"""The session as it can be taken home: code, changes, outputs and curves of now; no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.lesson.model import Step
from engine.protocol.changes import Change
from engine.protocol.frame import Frame, SeriesSnapshot
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from engine.taking_home.session import TakenChange, TakenSession, TakenStep
from tui.language.catalogue import Translate
from tui.player.playback import Playback
from tui.runs.run_names import names_of
from tui.words.taking_home import taking_home_words


def taken_session(playback: Playback, language: str, translate: Translate) -> TakenSession:
    """All of the session as it stands; what has run is there with the code that ran."""
    steps = tuple(_taken(playback, step) for step in playback.lesson.steps)
    changes = tuple(_taken_changes(playback.session.changes))
    has_begun = any(one.has_begun for one in steps) or bool(changes)
    return TakenSession(
        playback.lesson,
        steps,
        changes,
        playback.session.origin if has_begun else None,
        playback.session.spot if playback.status is Status.PAUSED else None,
        language,
        taking_home_words(translate),
        playback.arguments,
    )


def runs_of(
    playback: Playback, step: int, frame: Frame, translate: Translate
) -> Sequence[SeriesSnapshot]:
    """The curves of a step's run, and those of the runs beside it, which their names say."""
    left = [*playback.runs.left(step), *playback.runs.racing(step)]
    now, ahead = playback.runs.now(step), playback.runs.ahead(step)
    names = names_of([*left, *([] if now is None else [now])], translate)
    return [
        *(frame.series if ahead is None else ahead.series),
        *(
            replace(one, name=f"{one.name} ({names[run.ordinal]})")
            for run in left
            for one in run.series
            if one.count
        ),
    ]


def _taken_changes(noted: Sequence[Change]) -> Iterator[TakenChange]:
    for one in noted:
        if one.spot is not None:
            failed = Outcome.FAILED if one.has_failed else Outcome.DONE
            yield TakenChange(one.spot, one.text, Outcome.STOPPED if one.was_stopped else failed)


def _taken(playback: Playback, step: Step) -> TakenStep:
    record, cell = playback.record_of(step.index), playback.edits.cell_of(step.index)
    if cell is None:
        return TakenStep(step, "")
    has_begun = record.source is not None
    return TakenStep(
        step,
        cell.source if record.source is None else record.source,
        has_begun,
        has_begun and record.outcome is Outcome.DONE,
        record.output.text(),
    )
