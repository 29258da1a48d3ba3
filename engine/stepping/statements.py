"""Where statements begin: for each line of a cell the first line of the statement it belongs to."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from engine.code.depth import shallow_tree
from engine.code.units import Unit, first_line_of, head_line_of, last_line_of


def statement_starts(source: str, first_line: int) -> dict[int, int]:
    """The first line of the statement, handler or case that each line of `source` belongs to.

    Lines count in the file, in which `source` begins at `first_line`. Of nested statements the
    innermost counts, and the head of a loop is a statement by itself. {} where `source` does not
    parse, as a cell with magics: there a line is a statement.
    """
    try:
        tree = shallow_tree(source)
    except SyntaxError:
        return {}
    starts: dict[int, int] = {}
    for unit in _units(tree):
        start = head_line_of(unit)
        for line in range(first_line_of(unit), last_line_of(unit) + 1):
            starts[line + first_line - 1] = start + first_line - 1
    return starts


def _units(node: ast.AST) -> Iterator[Unit]:
    """All statements, handlers and cases under `node`, each before those in it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Unit):
            yield child
        yield from _units(child)
