"""What a run said to the learner's predictions and attempt, in words; no widget may enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.lesson.model import ChoiceQuestion, CurveQuestion, NumberQuestion, Question
from engine.lesson.printable import printable
from engine.progress.work import GivenAnswer
from engine.protocol.curves import CurveFacts, Reason, Shape
from engine.protocol.outcomes import Death, Exit
from engine.protocol.verdicts import Check, CurveVerdict, Fault, Finding, NumberVerdict, Verdict
from tui.language.catalogue import Translate
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.palette import Palette
from tui.rendering.widths import wrap_words
from tui.words.deaths import death_words

# How a program ends, by argparse's convention and others', that cannot use its arguments.
_WRONG_USE = 2

# A share of the average pace that would be told as 0%.
_NEXT_TO_NOTHING = 0.005

PredictionVerdict = NumberVerdict | CurveVerdict | str


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence; ``is_good`` is None where it says neither well done nor wrong.

    ``is_warning`` is of what goes wrong though nobody has asked.
    """

    text: str
    is_good: bool | None
    is_warning: bool = False


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


def attempt_remarks(
    verdict: Verdict | None, language: str, translate: Translate, *, is_last: bool
) -> list[Remark]:
    """Each check: what must hold, and of one that failed what came; first, whether all pass."""
    if verdict is None:
        return []
    listed = [Remark(_check_words(one, language, translate), one.holds) for one in verdict.checks]
    if not verdict.passed:
        return listed
    told = (
        translate("Every check passes. v shows the author's solution.")
        if is_last
        else translate("Every check passes. n goes on, v shows the author's solution.")
    )
    return [Remark(told, True), *listed]


def _check_words(check: Check, language: str, translate: Translate) -> str:
    words = check.words.in_language(language)
    if check.finding is not None:
        message = _finding_words(check.finding, language, translate)
        if check.finding.fault is Fault.NOTHING:
            return message
        return message if not words or message.startswith(words) else f"{words}: {message}"
    if check.holds is None:
        return f"{words} ({translate('not reached')})"
    return words


def _finding_words(finding: Finding, language: str, translate: Translate) -> str:
    """What was found: in the author's words, or for what is not the author's in the reader's."""
    text, line = finding.text.in_language(language), finding.line
    match finding.fault:
        case Fault.FAILED:
            return text
        case Fault.MISSING:
            return translate("your code makes no {name}, and the check needs it").format(name=text)
        case Fault.NOTHING:
            return translate("{function} returned None: is return missing?").format(function=text)
        case Fault.RAISED:
            told = translate("line {line} of your code raised an error when the check called it")
            return f"{told.format(line=line)}: {text}"
        case Fault.BROKEN:
            return f"{translate('the check could not use what your code made')}: {text}"
        case Fault.ENDLESS:
            return translate("the check had not ended after {time}: it was stopped").format(
                time=text
            )


def memory_remarks(asked_in_vain: str | None, translate: Translate) -> list[Remark]:
    """That memory ran out, how much was asked for where that is known, and what is left."""
    if asked_in_vain is None:
        return []
    told = (
        translate("There is not enough memory: the code asked for {amount}.")
        if asked_in_vain
        else translate("There is not enough memory for what the code asked for.")
    )
    freed = translate("What the step had taken and nothing else holds is free again.")
    return [Remark(f"{told.format(amount=asked_in_vain)} {freed}", False)]


def detour_remarks(
    step: int,
    wanted: int | None,
    error: str,
    *,
    is_edited: bool,
    is_exercise: bool,
    translate: Translate,
) -> list[Remark]:
    """That the run of step `wanted` has ended in `step`, which comes before it, and the way on."""
    if wanted is None:
        return []
    steps = {"number": step + 1, "wanted": wanted + 1}
    told = (
        translate("Step {wanted} has not run: step {number} comes before it, and raised {error}.")
        if error
        else translate("Step {wanted} has not run: step {number} comes before it, and failed.")
    )
    remarks = [Remark(told.format(error=error, **steps), False)]
    if is_edited:
        way = (
            translate("X brings the starter of step {number} back, and runs step {wanted}.")
            if is_exercise
            else translate("X brings the lesson's code of step {number} back, and runs {wanted}.")
        )
        remarks.append(Remark(way.format(**steps), None))
    return remarks


def exit_remarks(left: Exit | None, translate: Translate) -> list[Remark]:
    """That the step has ended the program, and with which status."""
    if left is None:
        return []
    if not left.status:
        told = translate("The program ends here: what comes after it runs when you ask for it.")
        return [Remark(told, None)]
    told = translate("The program ended itself here, with status {status}.")
    remarks = [Remark(told.format(status=left.status), False)]
    if left.status == _WRONG_USE:
        remarks.append(Remark(translate("P gives the program other arguments."), None))
    return remarks


def death_remarks(death: Death | None, translate: Translate, *, is_by_force: bool) -> list[Remark]:
    """That the step's process has ended, how, and that nothing else is lost.

    `is_by_force` says that we have ended it, as the code did not hear a stop.
    """
    if is_by_force:
        told = translate("This step did not hear the stop, so its process was ended.")
        return [Remark(f"{told} {translate('The lesson goes on from before it.')}", None)]
    if death is None:
        return []
    told = translate("This step ended its process: {how}.").format(
        how=death_words(death, translate)
    )
    goes_on = translate("The lesson goes on from before it.")
    return [Remark(f"{told} {goes_on}", False)]


def draw_remarks(
    remarks: Sequence[Remark], width: int, palette: Palette, *, in_ascii: bool
) -> list[Strip]:
    """Remarks as lines of at most `width` cells: each with a mark that says right or wrong."""
    colours = {True: palette.good, False: palette.bad, None: palette.accent}
    glyphs = ASCII if in_ascii else UNICODE
    marks = {True: glyphs.right, False: glyphs.wrong, None: glyphs.neither}
    lines = []
    for remark in remarks:
        style, mark = Style(color=colours[remark.is_good]), f"{marks[remark.is_good]} "
        if remark.is_warning:
            style, mark = Style(color=palette.warning), f"{glyphs.warning} "
        for row, line in enumerate(wrap_words(printable(remark.text), max(width - len(mark), 1))):
            before = mark if row == 0 else " " * len(mark)
            lines.append(Strip([Segment(before + line, style)]))
    return lines


def draw_remarks_within(
    remarks: Sequence[Remark], width: int, height: int, palette: Palette, *, in_ascii: bool
) -> list[Strip]:
    """The same in at most `height` lines: what is wrong is whole as long as it has room."""

    def drawn(shown: Sequence[Remark]) -> list[list[Strip]]:
        lines = [draw_remarks([one], width, palette, in_ascii=in_ascii) for one in shown]
        if sum(map(len, lines)) <= height:
            return lines
        return [
            strips if one.is_good is False else strips[:1]
            for one, strips in zip(shown, lines, strict=True)
        ]

    shown = list(remarks)
    while sum(map(len, drawn(shown))) > height and any(one.is_good is not False for one in shown):
        last = max(at for at, one in enumerate(shown) if one.is_good is not False)
        del shown[last]
    return [strip for strips in drawn(shown) for strip in strips][:height]


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
