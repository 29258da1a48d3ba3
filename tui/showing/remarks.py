"""What a step's last run says to the learner, from its record; no widget."""

from __future__ import annotations

from collections.abc import Collection

from engine.lesson.model import CurveQuestion
from engine.protocol.curves import Shape
from engine.protocol.outcomes import Outcome
from tui.language.catalogue import Translate
from tui.look import Look
from tui.player.playback import Playback
from tui.player.standing import is_sought
from tui.player.step_record import StepRecord
from tui.rendering.remarks import Remark
from tui.words.attempts import attempt_remarks
from tui.words.endings import (
    death_remarks,
    detour_remarks,
    exit_remarks,
    memory_remarks,
    unreadable_remarks,
)
from tui.words.noticed import noticed_remarks
from tui.words.predictions import prediction_remarks
from tui.words.unfound import unfound_words


def remarks_on_predictions(playback: Playback, look: Look) -> list[Remark]:
    """What was predicted of the step that is shown, judged as far as its run has judged it."""
    questions = playback.step.questions_in(look.language)
    answers, verdicts = playback.work.answers, playback.record.verdicts
    return prediction_remarks(questions, answers, verdicts, look.translate)


def remarks_on_training(playback: Playback, look: Look) -> list[Remark]:
    """What the teacher has noticed in the run of the step that is shown."""
    return noticed_remarks(playback.record.noticed, look.translate)


def newest_remark_on_training(playback: Playback, look: Look) -> list[Remark]:
    """The newest of what the teacher has noticed, where there is no room for all."""
    return remarks_on_training(playback, look)[-1:]


def predicted_shapes(playback: Playback, look: Look) -> dict[str, Shape]:
    """What was predicted of each curve of the step that is shown, once its run has judged it."""
    answers, verdicts = playback.work.answers, playback.record.verdicts
    return {
        question.series: answer
        for index, question in enumerate(playback.step.questions_in(look.language))
        if isinstance(question, CurveQuestion) and index in verdicts
        if isinstance(answer := answers.get(index), Shape)
    }


def remarks_on_detour(playback: Playback, look: Look) -> list[Remark]:
    """That another step was to run than the one that is shown, which failed on the way to it."""
    record, is_edited = playback.record, playback.work.edit is not None
    return detour_remarks(
        playback.shown,
        record.wanted,
        record.error,
        is_edited=is_edited,
        is_exercise=playback.step.exercise is not None,
        translate=look.translate,
    )


def remarks_on_edit(playback: Playback, look: Look) -> list[Remark]:
    """That what ran was not the lesson's code, where that is so of a step that is no exercise."""
    cell, record, step = playback.step.cell, playback.record, playback.step
    if cell is None or step.exercise is not None or record.outcome is None:
        return []
    if record.source is None or record.source == cell.source:
        return []
    told = look.translate(
        "Your code ran: d shows what you changed, x brings the lesson's code back."
    )
    return [Remark(told, None)]


def word_on_no_edit(translate: Translate, *, is_exercise: bool) -> str:
    """That the learner has changed nothing in a step's code."""
    if is_exercise:
        return translate("This is the starter: you have changed nothing.")
    return translate("This is the lesson's code: you have changed nothing.")


def remarks_on_attempt(playback: Playback, look: Look) -> list[Remark]:
    """What came of each check of the step that is shown."""
    return attempt_remarks(
        playback.record.attempt,
        look.language,
        look.translate,
        is_last=playback.shown == len(playback.lesson.steps) - 1,
        is_solution_shown=playback.work.solution_shown,
    )


def remarks_under_code(playback: Playback, look: Look) -> list[Remark]:
    """What is said under the code of the step that is shown, where the learner writes in it.

    Where that code has changed since it ran, this is said first.
    """
    said = [
        *remarks_on_detour(playback, look),
        *remarks_on_attempt(playback, look),
        *remarks_on_training(playback, look),
    ]
    ran = playback.record.source
    if not said or ran is None or ran == playback.source:
        return said
    return [Remark(look.translate("From the run before your last changes:"), None), *said]


def word_on_the_way(playback: Playback, translate: Translate) -> str:
    """That what the step shows is still to be reached, where it is run again to a place in it."""
    if not is_sought(playback):
        return ""
    return translate("On the way back: it is shown once the place is reached.")


def word_on_no_curve(outcome: Outcome | None, translate: Translate) -> str:
    """Why a step shows no curve whose run has ended in this way, or not at all."""
    if outcome is None:
        return translate("No curve yet: it begins with the first cost.")
    return translate("No curve: the run ended without a value of what is watched.")


def word_on_no_tensors(outcome: Outcome | None, translate: Translate) -> str:
    """Why a step shows no tensor whose run has ended in this way, or not at all."""
    if outcome is None:
        return translate("No tensors yet: they appear when the step makes them.")
    return translate("This step shows no tensor: T has others.")


def word_on_no_drawing(playback: Playback, translate: Translate) -> str:
    """Why the step that is shown has no drawing: not yet, or not at all."""
    if playback.record.outcome is not None:
        return translate("No drawing: the run ended before the first.")
    if playback.running == playback.shown:
        return translate("No drawing yet: it comes once an iteration, or the step, has ended.")
    return translate("The drawing appears when the step runs.")


def word_on_no_output(told: Collection[Remark], translate: Translate) -> str:
    """Why the output has nothing to show of a step, where all that was `told` stands elsewhere.

    That is then under its code: what was predicted alone makes no output.
    """
    if told:
        return translate("Nothing written: what came of it is under the code.")
    return translate("Nothing written yet.")


def word_on_no_names(record: StepRecord, translate: Translate) -> str:
    """Why no tensor can be chosen of a step: not yet, or not at all."""
    if record.frame is not None and record.frame.tensors:
        return translate("Looking for tensors …")
    if record.outcome is None:
        return translate("No tensors yet: they appear when the step makes them.")
    return translate("There is no tensor to choose.")


def remarks_after_run(
    playback: Playback, look: Look, told: Collection[Remark] = ()
) -> list[Remark]:
    """Everything that the run of the step that is shown says; empty until it has said it.

    What is `told` stands elsewhere on the screen: it is not said once more.
    """
    record = playback.record
    remarks = [
        *remarks_on_edit(playback, look),
        *memory_remarks(record.asked_in_vain, look.translate),
        *unreadable_remarks(record.error_line if record.is_unreadable else None, look.translate),
        *exit_remarks(record.exit, look.translate),
        *death_remarks(record.death, look.translate, is_by_force=record.is_ended_by_force),
        *remarks_on_detour(playback, look),
        *remarks_on_training(playback, look),
        *(remarks_on_predictions(playback, look) if record.verdicts else []),
        *remarks_on_attempt(playback, look),
    ]
    return [one for one in remarks if one not in told]


def word_on_names_without_curve(playback: Playback, translate: Translate) -> str:
    """Which names that the learner wants curves of stand nowhere in the lesson; "" where all do."""
    lesson, works = playback.lesson, playback.works
    edits = (works.of(step.index).edit or "" for step in lesson.steps)
    return unfound_words(lesson.asked, (lesson.source, *edits), translate)
