"""A question of a step in words: what it asks, its answers, and what is told of one; no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from engine.lesson.model import ChoiceQuestion, CurveQuestion, NumberQuestion, Question
from engine.progress.work import GivenAnswer
from engine.protocol.curves import Shape
from engine.protocol.verdicts import CurveVerdict
from tui.language.catalogue import Translate
from tui.words.predictions import PredictionVerdict, answer_words, prediction_sentence, shape_word

WriteFormulas = Callable[[str], str]
"""Gives a Markdown with its formulas as readable characters."""

SHAPES = tuple(Shape)
"""The shapes that a curve may have, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, and how far it is answered.

    ``answer`` is None while there is none; ``is_right`` is None until it is told. ``came`` is what
    the last run said to a prediction. ``is_open`` says whether it can be answered now, and
    ``is_of_own_code`` whether the last run was one that the author's explanation is true of.
    """

    question: Question
    answer: GivenAnswer | None = None
    is_right: bool | None = None
    came: PredictionVerdict | None = None
    is_open: bool = True
    is_of_own_code: bool = True

    @property
    def is_told(self) -> bool:
        """Whether it has been told what is right."""
        return self.is_right is not None


def tells_news(told: AskedQuestion | None, now: AskedQuestion) -> bool:
    """Whether a question tells something else than when it was `told` last; None: never.

    Where a run begins, or is gone back into, nothing has come of it yet: that is no news.
    """
    if not now.is_told:
        return False
    if told is None or told.is_right != now.is_right:
        return True
    return now.came is not None and now.came != told.came


class AnswerState(Enum):
    """What is to be said of one answer among those that are offered."""

    OFFERED = auto()
    CHOSEN = auto()
    RIGHT = auto()
    WRONG = auto()
    OUT = auto()
    """Of no interest now: it cannot be chosen, and is neither right nor the learner's."""


def plain(markdown: str, write: WriteFormulas) -> str:
    """One paragraph of Markdown as plain words: formulas readable, marks of code and bold gone."""
    return write(markdown).replace("`", "").replace("**", "").replace("\\", "")


def offered_answers(
    question: Question,
    sketches: Mapping[Shape, Sequence[str]],
    translate: Translate,
    write: WriteFormulas,
) -> tuple[str, ...]:
    """The answers to choose from; those of a curve are several lines each, none of a number."""
    match question:
        case ChoiceQuestion(options=options):
            return tuple(plain(option.text, write) for option in options)
        case CurveQuestion():
            return tuple(_sketched(shape, sketches[shape], translate) for shape in SHAPES)
        case NumberQuestion():
            return ()


def answer_at(question: Question, place: int) -> GivenAnswer:
    """The answer that stands at this place among those that are offered."""
    return SHAPES[place] if isinstance(question, CurveQuestion) else place


def answer_place(question: Question, answer: GivenAnswer | None) -> int | None:
    """Where an answer stands among those that are offered; None where it does not."""
    match question, answer:
        case CurveQuestion(), Shape():
            return SHAPES.index(answer)
        case ChoiceQuestion(), int():
            return answer
    return None


def standings(asked: AskedQuestion) -> list[AnswerState]:
    """What is to be said of each answer that is offered."""
    question, chosen = asked.question, answer_place(asked.question, asked.answer)
    match question:
        case ChoiceQuestion(options=options):
            count = len(options)
        case CurveQuestion():
            count = len(SHAPES)
        case NumberQuestion():
            return []
    if not asked.is_told:
        return [
            AnswerState.CHOSEN if place == chosen else AnswerState.OFFERED for place in range(count)
        ]
    others = AnswerState.OUT if isinstance(question, CurveQuestion) else AnswerState.OFFERED
    found = [others] * count
    if chosen is not None:
        found[chosen] = AnswerState.RIGHT if asked.is_right else AnswerState.WRONG
    right = _right_place(asked)
    if right is not None:
        found[right] = AnswerState.RIGHT
    return found


def told_words(asked: AskedQuestion, translate: Translate, write: WriteFormulas) -> str:
    """What is told of the answer in one paragraph; "" where there is none yet."""
    question, answer, came = asked.question, asked.answer, asked.came
    if answer is None:
        return ""
    said = translate("You said: {answer}").format(
        answer=plain(answer_words(question, answer, translate), write)
    )
    if isinstance(came, str) and not isinstance(question, ChoiceQuestion):
        return f"{prediction_sentence(question, answer, came, translate)}."
    if asked.is_right is None:
        return f"{said}. {translate('The run will tell.')}"
    parts = [translate("Right.") if asked.is_right else translate("Not quite.")]
    if isinstance(question, ChoiceQuestion):
        assert isinstance(answer, int)
        parts.append(plain(question.options[answer].explanation, write))
        if not asked.is_right:
            right = question.options[question.right]
            named = translate("The right answer: {answer}").format(answer=plain(right.text, write))
            parts += [_sentence(named), plain(right.explanation, write)]
    else:
        told = prediction_sentence(question, answer, came, translate) if came else said
        explained = plain(question.explanation, write)
        if explained and not asked.is_of_own_code:
            explained = translate("With the lesson's own code: {why}").format(why=explained)
        parts += [f"{told}.", explained]
    return " ".join(part for part in parts if part)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _right_place(asked: AskedQuestion) -> int | None:
    match asked.question, asked.came:
        case ChoiceQuestion(right=right), _:
            return right
        case CurveQuestion(), CurveVerdict(facts):
            return SHAPES.index(facts.shape)
    return None


def _sketched(shape: Shape, sketch: Sequence[str], translate: Translate) -> str:
    first, *others = sketch
    return "\n".join([f"{first}  {shape_word(shape, translate)}", *others])
