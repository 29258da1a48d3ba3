"""Values of a curve that are no finite numbers, in words: which they are, and where they began."""

from __future__ import annotations

from engine.lesson.printable import printable
from engine.protocol.frame import ReducedCurve, Span
from tui.language.catalogue import Translate


def not_finite_words(curve: ReducedCurve, translate: Translate) -> str:
    """`cost is nan from iteration 37 on.`; "" where every value is finite."""
    first = curve.first_not_finite
    if first is None:
        return ""
    sentence = _sentence(curve.infinite, curve.nan, translate)
    if curve.finite is not None and curve.finite.last > first:
        sentence = _sentence_of_one_that_recovers(curve.infinite, curve.nan, translate)
    then = curve.nan.first if curve.nan is not None else first
    return sentence.format(name=printable(curve.name), first=first, then=then)


def _sentence(infinite: Span | None, nan: Span | None, translate: Translate) -> str:
    if nan is None:
        return translate("{name} is infinite from iteration {first} on.")
    if infinite is None:
        return translate("{name} is nan from iteration {first} on.")
    if infinite.last < nan.first:
        return translate("{name} is infinite from iteration {first} on, and nan from {then} on.")
    return translate("{name} is nan or infinite from iteration {first} on.")


def _sentence_of_one_that_recovers(
    infinite: Span | None, nan: Span | None, translate: Translate
) -> str:
    if nan is None:
        return translate("{name} is infinite at times, first at iteration {first}.")
    if infinite is None:
        return translate("{name} is nan at times, first at iteration {first}.")
    return translate("{name} is nan or infinite at times, first at iteration {first}.")
