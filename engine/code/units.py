"""Statements, handlers and cases: what of a source has lines of its own, and which those are."""

from __future__ import annotations

import ast

Unit = ast.stmt | ast.excepthandler | ast.match_case


def head_line_of(unit: Unit) -> int:
    """The line of its `def`, `if`, `case`, or of all there is."""
    return unit.pattern.lineno if isinstance(unit, ast.match_case) else unit.lineno


def first_line_of(unit: Unit) -> int:
    """The line that it begins on, which may be that of its first decorator."""
    decorators: list[ast.expr] = getattr(unit, "decorator_list", [])
    return min((head_line_of(unit), *(one.lineno for one in decorators)))


def last_line_of(unit: Unit) -> int:
    """The line that it ends on."""
    if isinstance(unit, ast.match_case):
        return last_line_of(unit.body[-1])
    return unit.end_lineno or unit.lineno
