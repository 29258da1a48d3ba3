"""What drawings say that readers of another language would not be told in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.authoring.findings import OfLanguages
from engine.authoring.mends import Mend
from engine.lesson.drawing_words import PLACE
from engine.lesson.model import Lesson

_TOKEN = re.compile(r"\w{2,}")
_NUMBER = re.compile(r"[-+]?\b\d[\d.,]*(?:e[-+]?\d+)?%?|\b(?:nan|inf)\b")


def untranslated(
    lesson: Lesson, languages: Iterable[str], texts: Iterable[str], line: int
) -> Iterator[Mend]:
    """Of these texts, which are drawn at this line, those with words that a language lacks.

    Drawings themselves are in the first of the lesson's languages.
    """
    for text in texts:
        if not _has_words(text):
            continue
        for language in list(languages)[1:]:
            if lesson.words.find(text, language) is None:
                finding = OfLanguages.DRAWING_UNTRANSLATED.told(
                    written=_with_places(text), language=language
                )
                yield Mend(lesson.path, line, finding)


def _has_words(text: str) -> bool:
    """Whether there is more in it than numbers, signs, names such as SGD, and names of code."""
    tokens = _TOKEN.findall(_with_places(text))
    return any(token.isalpha() and not token.isupper() for token in tokens)


def _with_places(text: str) -> str:
    return _NUMBER.sub(PLACE, text.strip())
