"""Sentences in the reader's language: what is wrong, and how to mend it.

Where one is made its words are English, as they stand in the code; what was found is put into them
once they have been translated.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.lesson.printable import printable_line

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """English words with places between braces, as `str.format` takes them, and what was found.

    What was found may be a sentence too.
    """

    words: str
    found: tuple[tuple[str, object], ...] = ()

    def said(self, translate: Translate) -> str:
        """The words, translated, with what was found in its places."""
        places = {
            name: value.said(translate) if isinstance(value, Sentence) else value
            for name, value in self.found
        }
        return translate(self.words).format(**places)

    def __str__(self) -> str:
        return self.said(str)


def sentence(words: str, **found: object) -> Sentence:
    """These words, and what was found for their places."""
    return Sentence(words, tuple(found.items()))


THE_KEYS = "the keys are {choices}"


def nearest(word: str, words: Iterable[str], choices_are: str = THE_KEYS) -> Sentence:
    """How a message names what may have been meant: the nearest of `words`, else all of them.

    `choices_are` names them all, with a place for the `choices`.
    """
    choices = list(words)
    close = difflib.get_close_matches(word, choices, n=1)
    if close:
        return sentence("did you mean {nearest}?", nearest=close[0])
    return sentence(choices_are, choices=", ".join(choices))


class Cannot(Exception):
    """Something cannot be done: `str()` is one line that says why, in English.

    It may be shown as it is, whatever a file had in what was found.
    """

    def __init__(self, why: Sentence) -> None:
        self.why = why
        super().__init__(printable_line(str(why)))

    def said(self, translate: Translate) -> str:
        """Why, translated."""
        return printable_line(self.why.said(translate))
