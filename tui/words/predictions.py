"""What a run said to the learner's predictions, in words; no widget may enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.lesson.model import ChoiceQuestion, CurveQuestion, NumberQuestion, Question
from engine.progress.work import GivenAnswer
from engine.protocol.curves import CurveFacts, Reason, Shape
from engine.protocol.verdicts import CurveVerdict, NumberVerdict
from tui.language.catalogue import Translate
from tui.rendering.remarks import Remark

# A share of the average pace that would be told as 0%.
_NEXT_TO_NOTHING = 0.005

PredictionVerdict = NumberVerdict | CurveVerdict | str


def prediction_remarks(
    questions: Sequence[Question],
    answers: Mapping[int, GivenAnswer],
    verdicts: Mapping[int, PredictionVerdict],
    translate: Translate,
) -> list[Remark]:
    """`cost: you said converges, but it bounced: …` for each prediction; none for a choice."""
    remarks = []
    for index, question in enumerate(questions):
        if index in answers and not isinstance(question, ChoiceQuestion):
            verdict = verdicts.get(index)
            said = prediction_sentence(question, answers[index], verdict, translate)
            remarks.append(Remark(said, _is_right(verdict)))
    return remarks


def prediction_sentence(
    question: NumberQuestion | CurveQuestion,
    answer: GivenAnswer,
    verdict: PredictionVerdict | None,
    translate: Translate,
) -> str:
    """What was predicted, and what came where a run has said it."""
    name = question.series if isinstance(question, CurveQuestion) else question.expression
    words = answer_words(question, answer, translate)
    if verdict is None:
        return translate("{name}: you said {answer}").format(name=name, answer=words)
    match _is_right(verdict):
        case True:
            said = translate("{name}: you said {answer}, and {came}")
        case False:
            said = translate("{name}: you said {answer}, but {came}")
        case None:
            said = translate("{name}: you said {answer}; {came}")
    return said.format(name=name, answer=words, came=what_came(verdict, translate))


def answer_words(question: Question, answer: GivenAnswer, translate: Translate) -> str:
    """What the learner answered."""
    match question, answer:
        case ChoiceQuestion(options=options), int():
            return options[answer].text
        case _, Shape():
            return shape_word(answer, translate)
    return f"{answer:g}"


def shape_word(shape: Shape, translate: Translate) -> str:
    """What a curve of this shape does, in one word."""
    match shape:
        case Shape.DIVERGES:
            return translate("diverges")
        case Shape.CRAWLS:
            return translate("crawls")
        case Shape.BOUNCES:
            return translate("bounces")
        case Shape.CONVERGES:
            return translate("converges")
        case Shape.WAITS:
            return translate("is flat, then falls")


def _is_right(verdict: PredictionVerdict | None) -> bool | None:
    return None if verdict is None or isinstance(verdict, str) else verdict.right


def what_came(verdict: PredictionVerdict, translate: Translate) -> str:
    """What a run says to a question, as a part of a sentence."""
    match verdict:
        case NumberVerdict(actual):
            return translate("it is {number}").format(number=_spoken(actual))
        case CurveVerdict(facts):
            return _what_it_did(facts, translate)
    return translate("the run gives no answer: {reason}").format(reason=verdict)


def _what_it_did(facts: CurveFacts, translate: Translate) -> str:
    values = {
        "start": _spoken(facts.start),
        "end": _spoken(facts.end),
        "lowest": _spoken(facts.lowest),
        "times": facts.rises,
        "position": facts.first_not_finite,
        "pace": f"{max(0.0, facts.pace):.0%}",
    }
    match facts.reason:
        case Reason.NOT_FINITE:
            sentence = translate("it diverged: from {position} on it is no finite number")
        case Reason.FAR_ABOVE:
            sentence = translate("it diverged: from {start} up to {end}")
        case Reason.ROSE:
            sentence = translate("it diverged: its lowest was {lowest}, its end {end}")
        case Reason.SWUNG:
            sentence = translate("it bounced: it fell and rose again {times} times")
        case Reason.HARDLY_MOVED:
            sentence = translate("it crawled: from {start} only to {end}")
        case Reason.STILL_FALLING:
            sentence = translate(
                "it crawled: at {end}, and in the last quarter it still fell at {pace} of its"
                " average pace"
            )
        case Reason.LEVELLED_OFF if facts.pace < _NEXT_TO_NOTHING:
            sentence = translate(
                "it converged: from {start} to {end}, and in the last quarter it hardly fell at all"
            )
        case Reason.LEVELLED_OFF:
            sentence = translate(
                "it converged: from {start} to {end}, and in the last quarter it fell at only"
                " {pace} of its average pace"
            )
        case Reason.FLAT_AT_FIRST:
            sentence = translate(
                "it was flat for a fifth of the run or more, then it fell: from {start} to {end}"
            )
    return sentence.format(**values)


def _spoken(number: float) -> str:
    """A number to be read in a sentence: four digits, or the whole part where that has more."""
    return f"{number:,.0f}" if 1000 <= abs(number) < 1e9 else f"{number:.4g}"
