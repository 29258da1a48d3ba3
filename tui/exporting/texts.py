"""Pieces of Markdown that more than one kind of document is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from engine.lesson.model import Step, headings
from engine.lesson.titles import first_comment, opening_of, opening_of_prose
from tui.language.catalogue import Translate

_TICKS = re.compile(r"`{3,}")
_IMAGE = re.compile(r"(?P<begin>!\[[^\]\n]*\]\(\s*)(?P<name>[^)\s]+)")


def heading_of(step: Step, language: str) -> str | None:
    """The title that stands above a step; None where its text has one, or it begins with it."""
    if next(headings(step.prose_in(language)), None) is not None:
        return None
    begins = {opening_of_prose(step.prose_in("en"))}
    if step.cell is not None:
        begins |= {opening_of(step.cell.source), first_comment(step.cell.source)}
    return None if step.title in begins else step.title_in(language)


def fenced(text: str, language: str) -> str:
    """Text as a block of code, in a fence that no line of it ends."""
    longest = max(map(len, _TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    inside = text.rstrip("\n")
    return f"{fence}{language}\n{inside}\n{fence}"


def folded(summary: str, markdown: str) -> str:
    """Markdown that opens when its summary is clicked, where the reader knows HTML."""
    return f"<details>\n<summary>{escape(summary)}</summary>\n\n{markdown}\n\n</details>"


def hints_of(step: Step, language: str, translate: Translate) -> Iterator[str]:
    """The hints of an exercise, each folded, behind the word that it is one."""
    if step.exercise is None:
        return
    hints = step.exercise.hints_in(language)
    yield f"**{translate('Exercise')}**"
    for number, hint in enumerate(hints, 1):
        name = translate("Hint {number} of {count}").format(number=number, count=len(hints))
        yield folded(name, hint)


def with_images(markdown: str, address: Callable[[str], str | None]) -> str:
    """Markdown in which each picture has the address that it is given; None leaves it."""

    def replaced(match: re.Match[str]) -> str:
        return match["begin"] + (address(match["name"]) or match["name"])

    return _IMAGE.sub(replaced, markdown)
