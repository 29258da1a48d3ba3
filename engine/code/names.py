"""Which names code has, and which of them its own lines assign, read from its tree."""

from __future__ import annotations

import ast

from engine.code.depth import shallow_tree


def assigned_names(source: str) -> tuple[str, ...]:
    """The global names that a cell's own lines assign, in order; () where it does not parse.

    Names that only a function or a class inside assigns are not the cell's.
    """
    try:
        tree = shallow_tree(source)
    except SyntaxError:
        # A cell with magics is not Python until the shell has rewritten it; it pins nothing.
        return ()
    finder = _Finder()
    finder.visit(tree)
    return tuple(finder.names)


def named_in(source: str) -> frozenset[str] | None:
    """All names that code has, of functions and classes in it too; None where it does not parse."""
    try:
        tree = shallow_tree(source)
    except SyntaxError:
        return None
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.partition(".")[0])
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                found.update(names)
    return frozenset(found)


class OwnScope(ast.NodeVisitor):
    """Visits what belongs to one scope: functions and classes inside assign names of their own."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A function's assignments are its own."""

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """A function's assignments are its own."""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """A class's assignments are its own."""

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """A function's assignments are its own."""

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """A comprehension's target is its own, but not what its parts assign by `:=`."""
        self.visit(node.iter)
        for condition in node.ifs:
            self.visit(condition)


class BoundNames(OwnScope):
    """Finds what the lines of one scope assign, delete, import or define, in their order."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Note a function, by its name."""
        self.found.append(node.name)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Note a function, by its name."""
        self.found.append(node.name)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Note a class, by its name."""
        self.found.append(node.name)

    def visit_alias(self, node: ast.alias) -> None:
        """Note what is imported, by its name here."""
        self.found.append(node.asname or node.name.partition(".")[0])

    def visit_Name(self, node: ast.Name) -> None:
        """Note a name that is not only read."""
        if not isinstance(node.ctx, ast.Load):
            self.found.append(node.id)


class _Finder(OwnScope):
    def __init__(self) -> None:
        self.names: dict[str, None] = {}

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.names[node.id] = None
