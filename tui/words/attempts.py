"""What the checks of an exercise said to the learner's attempt, in words; no widget may enter."""

from __future__ import annotations

import re

from engine.protocol.verdicts import GAP, Check, CheckFinding, Fault, Verdict
from tui.language.catalogue import Translate
from tui.rendering.remarks import Remark


def attempt_remarks(
    verdict: Verdict | None,
    language: str,
    translate: Translate,
    *,
    is_last: bool,
    is_solution_shown: bool,
) -> list[Remark]:
    """Each check: what must hold, and of one that failed what came; first, whether all pass."""
    if verdict is None:
        return []
    listed = [Remark(_check_words(one, language, translate), one.holds) for one in verdict.checks]
    if not verdict.passed:
        return listed
    match is_last, is_solution_shown:
        case True, True:
            told = translate("Every check passes.")
        case True, False:
            told = translate("Every check passes. v shows the author's solution.")
        case False, True:
            told = translate("Every check passes. n goes on.")
        case _:
            told = translate("Every check passes. n goes on, v shows the author's solution.")
    return [Remark(told, True), *listed]


def _check_words(check: Check, language: str, translate: Translate) -> str:
    words = check.words.in_language(language)
    if check.finding is not None:
        message = _finding_words(check.finding, language, translate)
        # What only prepares a check is called by its source, which is not the learner's.
        if not check.is_counted or check.finding.fault is Fault.NOTHING:
            return message
        return message if _says(message, words) else f"{words}: {message}"
    if check.holds is None:
        return f"{words} ({translate('not reached')})"
    return words


def _says(message: str, words: str) -> bool:
    """Whether a message begins with these words, which have a gap for each value."""
    return re.match(".*".join(map(re.escape, words.split(GAP))), message, re.DOTALL) is not None


def _finding_words(finding: CheckFinding, language: str, translate: Translate) -> str:
    """What was found: in the author's words, or for what is not the author's in the reader's."""
    text, line = finding.text.in_language(language), finding.line
    match finding.fault:
        case Fault.FAILED:
            return text
        case Fault.MISSING:
            return translate("your code makes no {name}, and the check needs it").format(name=text)
        case Fault.NOTHING:
            return translate("{function} returned None: is return missing?").format(function=text)
        case Fault.RAISED if finding.given:
            told = translate(
                "line {line} of your code raised an error when the check gave the model {given}"
            )
            return f"{told.format(line=line, given=finding.given)}: {text}"
        case Fault.RAISED:
            told = translate("line {line} of your code raised an error when the check called it")
            return f"{told.format(line=line)}: {text}"
        case Fault.UNFIT:
            told = translate("the model was given {given} and raised an error")
            return f"{told.format(given=finding.given)}: {text}"
        case Fault.BROKEN:
            return f"{translate('the check could not use what your code made')}: {text}"
        case Fault.ENDLESS:
            return translate("the check had not ended after {time}: it was stopped").format(
                time=text
            )
