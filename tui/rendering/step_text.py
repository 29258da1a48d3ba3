"""A step's prose with what the learner's own doing adds to it, as Markdown; no widget may enter."""

from __future__ import annotations

from collections.abc import Mapping

from engine.lesson.model import ChoiceQuestion, Question, Step
from engine.progress.work import GivenAnswer, StepWork
from tui.language.catalogue import Translate
from tui.rendering.code import visible
from tui.rendering.verdicts import PredictionVerdict, answer_words, is_answered_right


def step_markdown(
    step: Step,
    work: StepWork,
    verdicts: Mapping[int, PredictionVerdict],
    language: str,
    translate: Translate,
) -> str:
    """Prose, the questions that were answered, the hints asked for, and the solution once shown."""
    parts = [step.prose_in(language)]
    questions = step.questions_in(language)
    parts += [
        _answered(question, work.answers[index], verdicts.get(index), translate)
        for index, question in enumerate(questions)
        if index in work.answers
    ]
    if len(work.answers) < len(questions):
        parts.append(f"*{translate('A question comes before the run.')}*")
    if step.exercise is not None:
        hints = step.exercise.hints_in(language)
        for number, hint in enumerate(hints[: work.hints], 1):
            heading = translate("Hint {number} of {count}")
            parts.append(f"#### {heading.format(number=number, count=len(hints))}\n\n{hint}")
        if work.solution_shown:
            source = visible(step.exercise.solution.source.strip("\n"))
            parts.append(f"#### {translate('Solution')}\n\n```python\n{source}\n```")
    text = "\n\n".join(part for part in parts if part)
    return text or f"*{translate('This step has no text.')}*"


def explanation_of(question: Question, answer: GivenAnswer) -> str:
    """What the author says once this answer is given."""
    if not isinstance(question, ChoiceQuestion):
        return question.explanation
    assert isinstance(answer, int)
    return question.options[answer].explanation


def _answered(
    question: Question, answer: GivenAnswer, verdict: PredictionVerdict | None, translate: Translate
) -> str:
    said = translate("You said: {answer}").format(answer=answer_words(question, answer, translate))
    match is_answered_right(question, answer, verdict):
        case True:
            told = [f"{said} ({translate('right')})", explanation_of(question, answer)]
        case False:
            told = [f"{said} ({translate('wrong')})", explanation_of(question, answer)]
        case None:
            told = [said]
    return f"**{question.text}**\n\n{'. '.join(part for part in told if part)}"
