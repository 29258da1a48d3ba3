"""What is to be looked at in a cell as it runs, and what is known of its whole file for that."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from engine.code.training import Trained

_NOTHING = Trained(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Mark:
    """An expression whose value is noted: under ``series``, else under what it says itself.

    ``is_tag`` says that it is the name of the value that is noted next. What is noted under names
    that the innermost loops give is of the loop around those: ``skips`` is how many they are.
    ``is_asked`` says that it was asked for by name, ``adds`` that an iteration has the sum of what
    is noted in it.
    """

    node: ast.expr
    series: str | None
    is_tag: bool = False
    skips: int = 0
    is_asked: bool = False
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be looked at in a cell.

    ``names`` are those that each loop records, ``marks`` what is noted, each by the identity of its
    node; ``noting`` are the loops in whose own body something is noted, ``around`` those in which
    loops are nested that record or note, ``left`` those of methods that train nothing.
    ``is_called`` says that a function notes something, whatever calls it.
    """

    names: Mapping[int, tuple[str, ...]]
    marks: Mapping[int, Mark]
    noting: frozenset[int]
    around: frozenset[int]
    left: frozenset[int]
    is_called: bool

    @property
    def has_recording_loops(self) -> bool:
        """Whether there is a loop that surely makes a curve."""
        return bool(self.noting) or any(self.names.values())

    @property
    def finds_any(self) -> bool:
        """Whether there is anything to make a curve of."""
        return self.is_called or self.has_recording_loops


@dataclass(frozen=True, slots=True)
class WholeFile:
    """What is known of a file before any of it runs: what it trains, and whether a curve is found.

    The second is without what is printed or kept in lists. ``asked`` are names, `self.l` as well,
    that are to have a curve whatever else is found.
    """

    trained: Trained = _NOTHING
    has_curves: bool = False
    asked: tuple[str, ...] = ()
