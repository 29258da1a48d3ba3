"""What the one who writes code may want next: a question about it, and its answer."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Writing(Struct, frozen=True):
    """Source with the cursor after `cursor` of its characters; ``number`` tells its answer apart.

    Words are looked for only where ``wants_words``; what a call takes always.
    """

    number: int
    source: str
    cursor: int
    wants_words: bool


class Completions(Struct, frozen=True):
    """The words that what stands from `start` to the cursor may become, and the call around it.

    ``signature`` is the call's name with what it takes, "" outside of one or where none is known.
    """

    number: int
    start: int
    words: tuple[str, ...]
    signature: str


def fitting_words(words: Iterable[str], written: str) -> list[str]:
    """Those of the words that what is written may become: what it is comes first, but not alone."""
    fitting = [one for one in words if one.startswith(written)]
    fitting.sort(key=lambda one: one != written)
    return [] if fitting == [written] else fitting
