"""Brackets and quotes that come in pairs while they are typed."""

from __future__ import annotations

from dataclasses import dataclass

from tui.editing.brackets import CLOSING, OPENING, QUOTES, Part, part_after

# Before one of these, or at a line's end, what is opened is closed at once.
_ROOM_BEFORE = frozenset(" \t\n,:;)]}")
_PREFIXES = frozenset({"f", "r", "b", "u", "rb", "br", "fr", "rf"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What a key puts in: `text` in place of the selection, and of `taken` characters after it.

    The cursor then stands `back` characters before the end of `text`.
    """

    text: str
    taken: int = 0
    back: int = 0


def typed(character: str, before: str, selected: str, after: str) -> Typed:
    """What typing `character` does between the source `before` and `after` it."""
    if selected:
        closing = OPENING.get(character, character if character in QUOTES else "")
        return Typed(character + selected + closing if closing else character)
    if after.startswith(character) and _ends(character, before):
        return Typed(character, taken=1)
    part = part_after(before)
    has_room = not after or after[0] in _ROOM_BEFORE
    if part is Part.CODE and has_room:
        if character in OPENING:
            return Typed(character + OPENING[character], back=1)
        if character in QUOTES and _may_begin_text(before):
            return Typed(character * 2, back=1)
    return Typed(character)


def is_empty_pair(before: str, after: str) -> bool:
    """Whether the cursor stands in a pair with nothing in it."""
    if not before or not after:
        return False
    opening, closing = before[-1], after[0]
    if opening in QUOTES:
        return closing == opening and part_after(before) is Part.STRING
    return OPENING.get(opening) == closing


def _ends(character: str, before: str) -> bool:
    """Whether a bracket closes, or a quote ends the text that is open."""
    if character in QUOTES:
        return part_after(before) is Part.STRING
    return character in CLOSING


def _may_begin_text(before: str) -> bool:
    word = ""
    for character in reversed(before):
        if not (character.isalnum() or character == "_"):
            break
        word = character + word
    if word:
        return word.lower() in _PREFIXES
    return not before or before[-1] not in QUOTES
