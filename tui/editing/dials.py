"""The numbers of a cell that mean something: where they stand, and their change."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tui.editing.meaningful import MeaningfulNumber, meaningful_numbers
from tui.editing.numbers import Scale, number_written, scale_of
from tui.editing.trees import literal_of, numbers_of, pairs_of, parsed

_PLAIN = re.compile(r"-?\s*[\d._]+(?:[eE][+-]?[\d_]+)?")
_NUMBERS = re.compile(r"-?(?<![\w.])(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?")


@dataclass(frozen=True, slots=True)
class Dial:
    """A number in a source: the characters from ``start`` to before ``end`` of a line.

    Lines count from 0. ``name`` is what it is a value of, "" where that has no name; ``ordinal``
    counts all numbers of the source, also those that are no dials, and stays when they are turned.
    ``must_be_whole`` where nothing else can stand there. One that ``is_option`` counts where the
    command line gives no other.
    """

    line: int
    start: int
    end: int
    text: str
    name: str
    scale: Scale
    ordinal: int
    must_be_whole: bool = False
    is_option: bool = False

    @property
    def value(self) -> int | float:
        """The number itself."""
        return number_written(self.text)


@lru_cache(maxsize=64)
def dials_of(source: str) -> tuple[Dial, ...]:
    """The dials of a cell, in the order in which they are read; () where it is no Python."""
    tree = parsed(source)
    if tree is None:
        return ()
    lines = source.split("\n")
    ordinals = {id(node): number for number, node in enumerate(numbers_of(tree))}
    found = meaningful_numbers(tree)
    dials = (_dial(one, lines, ordinals[id(literal_of(one.node))]) for one in found)
    return tuple(sorted((one for one in dials if one is not None), key=lambda one: one.ordinal))


def dial_at(source: str, line: int, column: int) -> Dial | None:
    """The dial at a place, or that of the name there, where the cell assigns it a number."""
    dials = dials_of(source)
    for dial in dials:
        if dial.line == line and dial.start <= column < dial.end:
            return dial
    lines = source.split("\n")
    words = re.finditer(r"\w+", lines[line]) if line < len(lines) else ()
    word = next((found.group() for found in words if found.start() <= column < found.end()), "")
    assigned = _assigned_numbers(source)
    return next((dial for dial in dials if word and assigned.get(dial.ordinal) == word), None)


def replaced(source: str, dial: Dial, text: str) -> tuple[str, Dial]:
    """The source with another number in place of a dial's, and the dial as it is in that."""
    lines = source.split("\n")
    line = lines[dial.line]
    lines[dial.line] = line[: dial.start] + text + line[dial.end :]
    turned = replace(dial, end=dial.start + len(text), text=text)
    return "\n".join(lines), turned


def differ_in_numbers_only(source: str, other: str) -> bool:
    """Whether two sources are the same but for their numbers, so that their lines stand alike."""
    return _NUMBERS.sub("0", source) == _NUMBERS.sub("0", other)


def _dial(found: MeaningfulNumber, lines: Sequence[str], ordinal: int) -> Dial | None:
    node = found.node
    line = lines[node.lineno - 1]
    if node.end_lineno != node.lineno or node.end_col_offset is None:
        return None
    start = _characters(line, node.col_offset)
    end = _characters(line, node.end_col_offset)
    text = line[start:end]
    if not _PLAIN.fullmatch(text):
        return None
    scale = Scale.COUNT if found.must_be_whole else scale_of(found.name, text)
    return Dial(
        node.lineno - 1,
        start,
        end,
        text,
        found.name,
        scale,
        ordinal,
        found.must_be_whole,
        found.is_option,
    )


def _assigned_numbers(source: str) -> dict[int, str]:
    """The names that a cell assigns numbers, by the ordinals of these."""
    tree = parsed(source)
    if tree is None:
        return {}
    ordinals = {id(node): number for number, node in enumerate(numbers_of(tree))}
    found: dict[int, str] = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            for target, value in pairs_of(statement):
                literal = literal_of(value)
                if isinstance(target, ast.Name) and literal is not None:
                    found[ordinals[id(literal)]] = target.id
    return found


def _characters(line: str, offset: int) -> int:
    """How many characters the first `offset` bytes of a line are."""
    return offset if line.isascii() else len(line.encode()[:offset].decode())
