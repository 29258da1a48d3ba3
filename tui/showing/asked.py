"""The questions of the step that is shown, and how far they are answered; no widget."""

from __future__ import annotations

from tui.player.playback import Playback
from tui.words.questions import AskedQuestion


def asked_of(playback: Playback, language: str) -> list[AskedQuestion]:
    """The questions in `language`, by their places; none can be answered while the step runs."""
    work, verdicts = playback.work, playback.record.verdicts
    may_answer = playback.running != playback.shown
    is_of_own_code = _ran_own_code(playback)
    return [
        AskedQuestion(
            question,
            work.answers.get(index),
            work.told.get(index),
            verdicts.get(index),
            may_answer and index not in work.told,
            is_of_own_code,
        )
        for index, question in enumerate(playback.step.questions_in(language))
    ]


def _ran_own_code(playback: Playback) -> bool:
    """Whether the step that is shown and those before it last ran as the lesson has them.

    Where they are exercises, the learner's code is what was asked for.
    """
    return all(
        step.cell is None
        or step.exercise is not None
        or playback.record_of(step.index).source in (None, step.cell.source)
        for step in playback.lesson.steps[: playback.shown + 1]
    )
