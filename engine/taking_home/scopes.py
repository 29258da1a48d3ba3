"""Where lines go in one cell: its scopes, loops and statements, found by their lines."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from engine.code.loop_names import Loop
from engine.code.names import BoundNames
from engine.code.training import Function
from engine.code.units import Unit, head_line_of

Scope = ast.Module | Function | ast.ClassDef

_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)


class Owner(Enum):
    """Whose a name is in a scope."""

    OWN = auto()
    AROUND = auto()
    LESSON = auto()


class CellTree:
    """The tree of one cell, and what stands in what; lines count from 1 in the cell."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = ast.parse(source)
        self._parents = {
            id(child): node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }
        self._tables: symtable.SymbolTable | None = None

    def scope(self, name: str, line: int) -> Scope | None:
        """The scope of this qualified name that the line stands in; the cell itself for ""."""
        if not name:
            return self.tree
        for node in ast.walk(self.tree):
            if (
                isinstance(node, Function | ast.ClassDef)
                and node.lineno <= line <= (node.end_lineno or node.lineno)
                and self._qualified(node) == name
            ):
                return node
        return None

    def loop_at(self, line: int) -> Loop | None:
        """The hooked loop that begins on a line."""
        loops = (node for node in ast.walk(self.tree) if isinstance(node, Loop))
        found = next((loop for loop in loops if loop.lineno == line), None)
        return found if found is not None and self.is_hooked(found) else None

    def unit_at(self, line: int, scope: Scope) -> Unit | None:
        """The outermost statement, handler or case of a scope that begins on a line."""
        for node in ast.walk(scope):
            if isinstance(node, Unit) and node is not scope and head_line_of(node) == line:
                return node
        return None

    def is_hooked(self, loop: Loop) -> bool:
        """Whether the iterations of a loop are counted: those in classes are not."""
        return not any(isinstance(one, ast.ClassDef) for one in self.around(loop))

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node stands in, innermost first."""
        while (parent := self._parents.get(id(node))) is not None:
            yield parent
            node = parent

    def loop_around(self, unit: Unit) -> ast.For | ast.AsyncFor | ast.While | None:
        """The innermost loop of the same scope in whose body a unit stands."""
        node: ast.AST = unit
        for parent in self.around(unit):
            if isinstance(parent, Function | ast.ClassDef | ast.Lambda):
                return None
            if isinstance(parent, ast.For | ast.AsyncFor | ast.While) and node in parent.body:
                return parent
            node = parent
        return None

    def scope_of(self, node: ast.AST) -> Scope:
        """The scope that a node stands in."""
        scopes = (one for one in self.around(node) if isinstance(one, Scope))
        return next(scopes, self.tree)

    def top_of(self, node: ast.stmt) -> ast.stmt:
        """The statement of the cell's own level that a node stands in, or is."""
        parts = [node, *(one for one in self.around(node) if isinstance(one, ast.stmt))]
        return parts[-1]

    def is_elif(self, node: ast.AST) -> bool:
        """Whether it is written `elif`."""
        parent = self._parents.get(id(node))
        if not isinstance(node, ast.If) or not isinstance(parent, ast.If):
            return False
        line = self.source.split("\n")[node.lineno - 1]
        return parent.orelse == [node] and line.lstrip().startswith("elif")

    def owner(self, name: str, scope: Scope) -> Owner:
        """Whose a name is that is assigned in a scope."""
        if isinstance(scope, ast.Module | ast.ClassDef):
            return Owner.OWN
        table = self._table(scope)
        try:
            symbol = table.lookup(name)
        except KeyError:
            return Owner.LESSON
        if symbol.is_free():
            return Owner.AROUND
        return Owner.OWN if symbol.is_local() or symbol.is_parameter() else Owner.LESSON

    def _table(self, scope: Function) -> symtable.SymbolTable:
        """What Python knows of a function's names."""
        if self._tables is None:
            self._tables = symtable.symtable(self.source, "<cell>", "exec")
        table = self._tables
        path = [scope, *(one for one in self.around(scope) if isinstance(one, Scope))]
        for inner in reversed(path[:-1]):
            assert not isinstance(inner, ast.Module)
            lines = {inner.lineno, *(one.lineno for one in inner.decorator_list)}
            table = next(
                child
                for child in table.get_children()
                if child.get_name() == inner.name and child.get_lineno() in lines
            )
        return table

    def _qualified(self, node: Function | ast.ClassDef) -> str:
        name = node.name
        for parent in self.around(node):
            if isinstance(parent, Function):
                name = f"{parent.name}.<locals>.{name}"
            elif isinstance(parent, ast.ClassDef):
                name = f"{parent.name}.{name}"
        return name


def continues_of(loop: Loop) -> Iterator[tuple[ast.Continue, bool]]:
    """Each `continue` of a loop, and whether something is still left behind it, as by a `with`."""
    yield from _continues(loop.body, is_within=False)


def has_wrapped_continue(loop: Loop) -> bool:
    """Whether an iteration may end within a `with`, or before a `finally` has run."""
    return any(is_within for _, is_within in continues_of(loop))


def falls_through(body: Sequence[ast.stmt]) -> bool:
    """Whether what is put after the last statement can be come to."""
    return not isinstance(body[-1], _LEAVES)


def first_after_docstring(body: Sequence[ast.stmt]) -> tuple[ast.stmt, bool]:
    """The statement before which declarations go; after which, where it is a docstring alone."""
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), second, *_]:
            return second, False
        case [ast.Expr(value=ast.Constant(value=str())) as only]:
            return only, True
    return body[0], False


def written_names(text: str) -> frozenset[str]:
    """The names that statements assign, delete, import or define in their own scope."""
    names = BoundNames()
    names.visit(ast.parse(text))
    return frozenset(names.found)


def _continues(body: Sequence[ast.AST], *, is_within: bool) -> Iterator[tuple[ast.Continue, bool]]:
    for node in body:
        match node:
            case ast.Continue():
                yield node, is_within
            case ast.For() | ast.AsyncFor() | ast.While():
                yield from _continues(node.orelse, is_within=is_within)
            case ast.With() | ast.AsyncWith():
                yield from _continues(node.body, is_within=True)
            case ast.Try() | ast.TryStar():
                inner = [*node.body, *node.handlers, *node.orelse]
                yield from _continues(inner, is_within=is_within or bool(node.finalbody))
                yield from _continues(node.finalbody, is_within=is_within)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                continue
            case ast.stmt() | ast.excepthandler() | ast.match_case():
                inner = [*ast.iter_child_nodes(node)]
                yield from _continues(inner, is_within=is_within)
