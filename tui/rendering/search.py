"""Where a text holds what is looked for, as places of lines and columns; no widget may enter."""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One of the places where the words stand, which is the `number`th (from 1) of `count`."""

    start: Place
    end: Place
    number: int
    count: int


def find_from(text: str, words: str, at: Place) -> Found | None:
    """The first place at or after `at`, a line and a column from 0, else the first of all.

    Upper and lower case are one unless an upper-case letter is looked for.
    """
    places = _places(text, words)
    if not places:
        return None
    index = next((index for index, place in enumerate(places) if place >= at), 0)
    return _found(places, index, words)


def find_before(text: str, words: str, at: Place) -> Found | None:
    """The last place before `at`, else the last of all."""
    places = _places(text, words)
    if not places:
        return None
    before = [index for index, place in enumerate(places) if place < at]
    return _found(places, before[-1] if before else len(places) - 1, words)


def _found(places: list[Place], index: int, words: str) -> Found:
    line, column = places[index]
    return Found((line, column), (line, column + len(words)), index + 1, len(places))


def _places(text: str, words: str) -> list[Place]:
    if not words:
        return []
    is_exact = any(character.isupper() for character in words)
    places = []
    for number, line in enumerate(text.split("\n")):
        # Character by character, as the lower case of one may be two.
        searched = line if is_exact else "".join(map(_lowered, line))
        column = searched.find(words)
        while column >= 0:
            places.append((number, column))
            column = searched.find(words, column + len(words))
    return places


def _lowered(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character
