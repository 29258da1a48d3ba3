"""What is said of a number in the code that is turned; no widget."""

from __future__ import annotations

from engine.lesson.printable import printable_line
from tui.editing.numbers import MOST_VALUES, NumberRefusal, Trouble
from tui.language.catalogue import Translate
from tui.rendering.widths import cut
from tui.runs.live_turns import Effect, TurnOutcome

_WIDEST_PART = 20


def named_number(name: str, text: str, line: int, translate: Translate) -> str:
    """What the number is called, or the line in which it stands, and the number itself."""
    if name:
        return f"{name} = {text}"
    return translate("Line {line}: {words}").format(line=line, words=text)


def trouble_words(refusal: NumberRefusal, translate: Translate) -> str:
    """Why what was typed is not taken."""
    text = cut(printable_line(refusal.part), _WIDEST_PART, "…")
    match refusal.trouble:
        case Trouble.NOTHING:
            return translate("Type a number.")
        case Trouble.NO_NUMBER:
            return translate("{text} is no number: write one as 0.5 or 1e-3.").format(text=text)
        case Trouble.TOO_LARGE:
            return translate("{text} is too large for a number of Python's.").format(text=text)
        case Trouble.TOO_MANY:
            return translate("These are too many: {most} numbers at most.").format(most=MOST_VALUES)


def turn_words(told: TurnOutcome, translate: Translate) -> str:
    """What a turn has done to the run that is under way."""
    later = translate("it counts from the step's next run on")
    match told.effect:
        case Effect.WAITS:
            return translate("The run takes it where its next iteration ends …")
        case Effect.CHANGED if told.change is not None:
            position = told.change.place.position
            where = translate("the run has it from iteration {number} on")
            return f"{told.change.before} → {told.change.after}: " + where.format(
                number=f"{position + 1:,}"
            )
        case Effect.ELSEWHERE:
            there = translate("The run has {value} here by now: {later}.")
            return there.format(value=told.words, later=later)
        case Effect.FAILED:
            return f"{told.words}: {later}."
        case _:
            kept = translate("This run keeps the number that it began with: {later}.")
            return kept.format(later=later)
