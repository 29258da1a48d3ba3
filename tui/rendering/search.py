"""Where a text holds what is looked for, as places of lines and columns; no widget may enter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import overload

Location = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One of the places where the words stand, which is the `number`th (from 1) of `count`."""

    start: Location
    end: Location
    number: int
    count: int


def find_from(text: str, words: str, at: Location) -> Found | None:
    """The first place at or after `at`, a line and a column from 0, else the first of all."""
    places = Places(text.split("\n"), words)
    return _found(places, places.first_from(at), words) if places else None


def find_before(text: str, words: str, at: Location) -> Found | None:
    """The last place before `at`, else the last of all."""
    places = Places(text.split("\n"), words)
    return _found(places, places.first_from(at) - 1, words) if places else None


class Places(Sequence[Location]):
    """Where words begin in lines that are numbered from `first` on, in their order.

    Upper and lower case are one unless an upper-case letter is looked for. Places are counted
    at once, and found when they are looked at: a letter may stand in very many.
    """

    def __init__(self, lines: Sequence[str], words: str, first: int = 0) -> None:
        is_exact = any(character.isupper() for character in words)
        self._words = words
        self._first = first
        self._lines = lines if is_exact else [_lowered(line) for line in lines]
        counts = (line.count(words) for line in self._lines) if words else ()
        # How many there are up to the end of each line.
        self._until = list(accumulate(counts))

    def __len__(self) -> int:
        return self._until[-1] if self._until else 0

    @overload
    def __getitem__(self, index: int) -> Location: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Location]: ...
    def __getitem__(self, index: int | slice) -> Location | Sequence[Location]:
        """The place that is the `index`th, from 0; raises IndexError beyond the last one."""
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        index %= len(self)
        line = bisect_right(self._until, index)
        return self._first + line, self._columns(line)[index - self._before(line)]

    def in_line(self, number: int) -> list[tuple[int, int]]:
        """The places in a line: the index of each among all, and its column."""
        line = number - self._first
        if not 0 <= line < len(self._until):
            return []
        return list(enumerate(self._columns(line), self._before(line)))

    def first_from(self, at: Location) -> int:
        """The index of the first place at or after `at`; after the last one the first comes again.

        There has to be one.
        """
        line = max(at[0] - self._first, 0)
        if line >= len(self._until):
            return 0
        column = at[1] if at[0] >= self._first else 0
        return (self._before(line) + bisect_left(self._columns(line), column)) % len(self)

    def _before(self, line: int) -> int:
        return self._until[line - 1] if line else 0

    def _columns(self, line: int) -> list[int]:
        text, columns = self._lines[line], []
        column = text.find(self._words)
        while column >= 0:
            columns.append(column)
            column = text.find(self._words, column + len(self._words))
        return columns


class Walk:
    """The places of a search, and the one that is shown to a reader who goes from one to the next.

    ``origin`` is where the reader was when the search began, and then where they have gone on to;
    None while nothing is searched.
    """

    def __init__(self) -> None:
        self.places = Places((), "")
        self.index = 0
        self.origin: Location | None = None

    @property
    def shown(self) -> Location | None:
        """The place that is shown; None where there is none."""
        return self.places[self.index] if self.places else None

    @property
    def count(self) -> tuple[int, int]:
        """Which place is shown, counted from 1, and of how many; (0, 0) where there is none."""
        return (self.index + 1, len(self.places)) if self.places else (0, 0)

    def begin(self, at: Location) -> bool:
        """Show the first place at or after `at`, if there is one; whether there is."""
        if self.places:
            self.index = self.places.first_from(at)
        return bool(self.places)

    def go_on(self, by: int) -> bool:
        """Show the next place (1) or the one before (-1), round and round; whether there is one."""
        if self.places:
            self.index = (self.index + by) % len(self.places)
            self.origin = self.shown
        return bool(self.places)


def _found(places: Places, index: int, words: str) -> Found:
    index %= len(places)
    line, column = places[index]
    return Found((line, column), (line, column + len(words)), index + 1, len(places))


def _lowered(line: str) -> str:
    """A line in lower case, in which every character stands where it stood."""
    lowered = line.lower()
    if len(lowered) == len(line):
        return lowered
    # The lower case of one of them is two.
    return "".join(one if len(one.lower()) > 1 else one.lower() for one in line)
