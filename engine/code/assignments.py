"""Which statements of a cell or a function surely run where it comes by, and what each assigns."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.code.depth import shallow_tree
from engine.code.names import OwnScope
from engine.code.units import first_line_of, last_line_of

_BODIES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A statement that assigns `names`; it stands in loops that begin at `loops`, outermost first.

    Lines count from 1 in the source. The head of a loop stands in that loop itself.
    """

    line: int
    names: tuple[str, ...]
    loops: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BeforeLine:
    """Where a run stands: before `line`, in loops of which each has ended so many iterations.

    ``done`` is by the line on which a loop begins.
    """

    line: int
    done: dict[int, int]


@dataclass(frozen=True, slots=True)
class FunctionBody:
    """The assignments of a function, its head with the arguments first, and the lines of it all.

    ``loops`` are the lines of each of its loops. Lines count from 1 in the source.
    """

    lines: range
    assignments: tuple[Assignment, ...]
    loops: tuple[range, ...]

    def loops_around(self, line: int) -> tuple[int, ...]:
        """The lines on which those loops begin that a line stands in."""
        return tuple(loop.start for loop in self.loops if line in loop)


@lru_cache(maxsize=64)
def assignments_of(source: str) -> tuple[Assignment, ...]:
    """The assignments of a cell in order; () where it does not parse.

    Those in branches, handlers, functions and classes are left out: nobody can tell from outside
    whether they have run.
    """
    try:
        tree = shallow_tree(source)
    except SyntaxError:
        return ()
    return tuple(_assignments(tree.body, ()))


@lru_cache(maxsize=64)
def function_at(source: str, line: int) -> FunctionBody | None:
    """The function or class that begins on a line, counted from 1; None where none does."""
    try:
        tree = shallow_tree(source)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, _BODIES) and first_line_of(node) == line:
            head = () if isinstance(node, ast.ClassDef) else _arguments(node.args)
            within = _assignments(node.body, ())
            assignments = (Assignment(node.lineno, head, ()), *within)
            loops = (one for one in ast.walk(node) if isinstance(one, ast.For | ast.While))
            return FunctionBody(_lines_of(node), assignments, tuple(map(_lines_of, loops)))
    return None


def newest(assignments: Sequence[Assignment], place: BeforeLine) -> dict[int, tuple[str, ...]]:
    """By their lines the statements that have run, each with the names that no later one assigned.

    What ran last comes first: what comes before the line in its innermost loop, then what comes
    after it there where an iteration has ended, and so on outwards.
    """
    found: dict[int, tuple[str, ...]] = {}
    taken: set[str] = set()
    for one in _latest_first(assignments, place):
        if one.line not in found:
            found[one.line] = tuple(name for name in one.names if name not in taken)
            taken.update(one.names)
    return {line: names for line, names in found.items() if names}


def _latest_first(assignments: Sequence[Assignment], place: BeforeLine) -> Iterator[Assignment]:
    backwards = assignments[::-1]
    running = sorted(place.done, reverse=True)
    for loop in (*running, None):
        inside = [one for one in backwards if loop is None or loop in one.loops]
        yield from (one for one in inside if one.line < place.line)
        if loop is not None and place.done[loop]:
            yield from (one for one in inside if one.line >= place.line)


def _assignments(body: Iterable[ast.stmt], loops: tuple[int, ...]) -> Iterator[Assignment]:
    for statement in body:
        match statement:
            case ast.For() | ast.While():
                inside = (*loops, statement.lineno)
                head = statement.target if isinstance(statement, ast.For) else statement.test
                yield Assignment(statement.lineno, _names(head), inside)
                yield from _assignments(statement.body, inside)
            case ast.With():
                yield from _assignments(statement.body, loops)
            case ast.Assign() | ast.AugAssign() | ast.AnnAssign() | ast.Expr():
                yield Assignment(statement.lineno, _names(statement), loops)


def _lines_of(unit: ast.stmt) -> range:
    return range(first_line_of(unit), last_line_of(unit) + 1)


def _arguments(given: ast.arguments) -> tuple[str, ...]:
    several = [one for one in (given.vararg, given.kwarg) if one is not None]
    return tuple(one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, *several))


def _names(node: ast.AST) -> tuple[str, ...]:
    finder = _Written()
    finder.visit(node)
    return tuple(finder.names)


class _Written(OwnScope):
    """Finds names that are assigned, written to by index, or appended to."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.names[node.id] = None

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name):
            self.names[node.value.id] = None
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Attribute(value=ast.Name(id=name), attr="append" | "extend" | "add"):
                self.names[name] = None
        self.generic_visit(node)
