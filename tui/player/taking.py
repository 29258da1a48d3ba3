"""The session as it can be taken home: code, changes, outputs and curves of now; no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.lesson.model import Step
from engine.protocol.events import Outcome
from engine.protocol.frame import Frame, SeriesSnapshot
from engine.protocol.status import Status
from engine.taking_home.session import TakenSession, TakenStep, Words
from tui.language.catalogue import Translate
from tui.player.playback import Playback


def taken_session(playback: Playback, language: str, translate: Translate) -> TakenSession:
    """All of the session as it stands; what has run is there with the code that ran."""
    steps = tuple(_taken(playback, step) for step in playback.lesson.steps)
    has_begun = any(one.has_begun for one in steps) or bool(playback.changes.of_run)
    return TakenSession(
        playback.lesson,
        steps,
        playback.changes.of_run,
        playback.session.origin if has_begun else None,
        playback.session.spot if playback.status is Status.PAUSED else None,
        language,
        _words(translate),
    )


def runs_of(playback: Playback, step: int, frame: Frame) -> Sequence[SeriesSnapshot]:
    """The curves of a step's run, and those of the run that was left, which their names say."""
    left = playback.past.left_in(step)
    return [*frame.series, *(replace(one, name=f"{one.name}_left") for one in left if one.count)]


def _taken(playback: Playback, step: Step) -> TakenStep:
    record, cell = playback.record_of(step.index), playback.cell_of(step.index)
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


def _words(translate: Translate) -> Words:
    return Words(
        changed=translate("changed in the session"),
        nearly=translate("changed in the session, but not exactly here"),
        left_out=translate("This change of the session is not in the code:"),
        failed_too=translate("it ended with an error in the session too"),
        seeds=translate("The random numbers that the session began with."),
        no_seeds=translate(
            "The session began with random numbers that cannot be said in a line: others come here."
        ),
        came_to=translate("The session had come to here"),
        run_on=translate("What follows had not run. Take this cell away, and it runs too."),
        not_to_its_end=translate("In the session this had not run to its end."),
        not_python=translate("This runs in a notebook only."),
    )
