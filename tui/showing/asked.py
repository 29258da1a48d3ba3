"""The questions of the step that is shown, and how far they are answered; no widget."""

from __future__ import annotations

from tui.player.playback import Playback
from tui.words.questions import AskedQuestion


def asked_of(playback: Playback, language: str) -> list[AskedQuestion]:
    """The questions in `language`, by their places; none can be answered while the step runs."""
    work, verdicts = playback.work, playback.record.verdicts
    may_answer = playback.running != playback.shown
    return [
        AskedQuestion(
            question,
            work.answers.get(index),
            work.told.get(index),
            verdicts.get(index),
            may_answer and index not in work.told,
        )
        for index, question in enumerate(playback.step.questions_in(language))
    ]
