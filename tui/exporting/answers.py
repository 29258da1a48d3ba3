"""The questions of a step with their answers, as Markdown: what a run said is among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.lesson.model import ChoiceQuestion, CurveQuestion, NumberQuestion, Question
from tui.exporting.played import PlayedStep
from tui.language.catalogue import Translate
from tui.words.predictions import PredictionVerdict, what_came


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with the answers to choose from, and what is right and why; both Markdown."""

    question: str
    answer: str


def answered_questions(
    played: PlayedStep, language: str, translate: Translate
) -> Iterator[AnsweredQuestion]:
    """Each question of a step in its order."""
    for place, question in enumerate(played.step.questions_in(language)):
        yield AnsweredQuestion(
            _asked(question), _answer(question, played.came.get(place), translate)
        )


def _asked(question: Question) -> str:
    match question:
        case ChoiceQuestion(text=text, options=options):
            listed = "\n".join(f"- {option.text}" for option in options)
            return f"{text}\n\n{listed}".strip()
        case NumberQuestion(text=text, expression=expression, tolerance=tolerance):
            return f"{text}\n\n- `{expression}` {tolerance}".strip()
        case CurveQuestion(text=text, series=series):
            return f"{text}\n\n- `{series}`".strip()


def _answer(question: Question, came: PredictionVerdict | None, translate: Translate) -> str:
    match question:
        case ChoiceQuestion(options=options, right=right):
            lines = []
            for place, option in enumerate(options):
                mark, why = "✓" if place == right else "✗", _one_line(option.explanation)
                lines.append(f"- {mark} {option.text}" + (f": {why}" if why else ""))
            return "\n".join(lines)
        case NumberQuestion(expression=name) | CurveQuestion(series=name):
            said = translate("the step did not run") if came is None else what_came(came, translate)
            return f"`{name}`: {said}. {_one_line(question.explanation)}".strip()


def _one_line(markdown: str) -> str:
    return " ".join(markdown.split())
