"""The code that ran, as trees: where in it something stands. What it does is seen elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.code.depth import shallow_tree

# What empties gradients but for `zero_grad()`, however it is written.
_ZEROES = re.compile(r"\bzero_\(|\.grad\s*=|\.grad\s*\*=|\bdel\s|_foreach_zero_|\.fill_\(")
# Written past the count of versions.
_ZEROES_UNSEEN = re.compile(r"\.grad\s*\.\s*(data|detach\(\)|numpy)")

# Functions that are given what the gradient is of.
_GRADIENTS = ("grad", "jacobian", "hessian", "vjp", "jvp")

Assigning = ast.Assign | ast.AugAssign | ast.AnnAssign | ast.NamedExpr


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell that has run, with what looks would else look for in it each time.

    ``tree`` is None, and there are no ``nodes``, where it is not Python, as with a line of
    IPython's own. ``varied`` are the names that may stand for several things, ``zeroed`` is what
    each `zero_grad()` is called of, with its names.
    """

    text: str
    tree: ast.Module | None
    nodes: tuple[ast.AST, ...]
    zeroes: bool
    zeroes_unseen: bool
    varied: frozenset[str]
    zeroed: tuple[tuple[ast.expr, frozenset[str]], ...]


def _read(line: int, text: str) -> _Cell:
    """The cell that begins at this line of the file."""
    try:
        tree = ast.increment_lineno(shallow_tree(text), line - 1)
    except SyntaxError:
        tree = None
    nodes = () if tree is None else tuple(ast.walk(tree))
    zeroes = _ZEROES.search(text) is not None, _ZEROES_UNSEEN.search(text) is not None
    zeroed = [
        (node.value, _names_of(node.value))
        for node in nodes
        if isinstance(node, ast.Attribute) and node.attr == "zero_grad"
    ]
    return _Cell(text, tree, nodes, *zeroes, frozenset(_varied_in(nodes)), tuple(zeroed))


def _varied_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names that each call, or each iteration, gives another value."""
    for node in nodes:
        match node:
            case ast.arg(arg=name) if name != "self":
                yield name
            case ast.For(target=target) | ast.comprehension(target=target):
                yield from _names_of(target)


def _names_of(node: ast.AST) -> frozenset[str]:
    return frozenset(one.id for one in ast.walk(node) if isinstance(one, ast.Name))


class Sources:
    """The cells that have run in this namespace, the newest last."""

    def __init__(self) -> None:
        self._cells: dict[int, _Cell] = {}
        self._nodes: list[ast.AST] | None = None
        self._newest = 0

    def add(self, line: int, text: str) -> None:
        """Add the cell that begins at this line of the file, in place of what stood there."""
        self._cells.pop(line, None)
        self._cells[line] = _read(line, text)
        self._nodes = None
        self._newest = line

    @property
    def zeroes_by_hand(self) -> bool:
        """Whether anything that has run looks as if it emptied gradients without `zero_grad()`."""
        return any(one.zeroes for one in self._cells.values())

    def owners_of_zero_grad(self) -> Iterator[ast.expr | None]:
        """What each `zero_grad()` is called of; None where one name may stand for several."""
        if any(one.tree is None for one in self._cells.values()):
            yield None
        varied = frozenset[str]().union(*(one.varied for one in self._cells.values()))
        for cell in self._newest_first():
            for owner, names in cell.zeroed:
                yield None if names & varied else owner

    @property
    def asks_for_gradients(self) -> bool:
        """Whether anything asks autograd for the gradient of what it names."""
        return self.line_of_call(*_GRADIENTS) is not None

    @property
    def may_zero_unseen(self) -> bool:
        """Whether gradients may have been written to without a trace."""
        return any(one.zeroes_unseen for one in self._cells.values())

    def mentions(self, text: str) -> bool:
        """Whether this stands anywhere in what has run."""
        return any(text in one.text for one in self._cells.values())

    def nodes(self) -> list[ast.AST]:
        """All nodes of what has run, the newest cell first."""
        if self._nodes is None:
            self._nodes = [node for cell in self._newest_first() for node in cell.nodes]
        return self._nodes

    def _newest_first(self) -> list[_Cell]:
        lines = sorted(self._cells, key=lambda at: at == self._newest, reverse=True)
        return [self._cells[line] for line in lines]

    @property
    def trees(self) -> list[ast.Module]:
        """The cells that are Python, in the order in which they ran."""
        return [one.tree for one in self._cells.values() if one.tree is not None]

    def statement_at(self, line: int | None) -> ast.stmt | None:
        """The innermost statement that stands on a line of the file."""
        found: ast.stmt | None = None
        for node in self.nodes():
            if isinstance(node, ast.stmt) and covers(node, line):
                is_inner = found is None or found.lineno <= node.lineno
                found = node if is_inner else found
        return found

    def statements_on(self, line: int) -> list[ast.stmt]:
        """The innermost statements on a line: several where semicolons stand between them."""
        innermost = self.statement_at(line)
        return [
            node
            for node in self.nodes()
            if isinstance(node, ast.stmt) and innermost is not None
            if node is innermost or (node.lineno == innermost.lineno and not hasattr(node, "body"))
        ]

    def assignments(self, name: str) -> list[Assigning]:
        """The statements and `:=` that assign a name, those of the newest cell first."""
        return [
            node
            for node in self.nodes()
            if isinstance(node, Assigning)
            if any(isinstance(one, ast.Name) and one.id == name for one in targets_of(node))
        ]

    def line_of_attribute(self, path: str) -> int | None:
        """The line of the first assignment to `self.x`, of an attribute that is seen as `a.b.x`."""
        wanted = path.rpartition(".")[2]
        for node in self.nodes():
            if isinstance(node, ast.Assign | ast.AnnAssign):
                for target in targets_of(node):
                    if isinstance(target, ast.Attribute) and target.attr == wanted:
                        return node.lineno
        return None

    def function_at(self, line: int) -> ast.FunctionDef | None:
        """The function whose code begins at this line: at its first decorator if it has one."""
        for node in self.nodes():
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                if first == line:
                    return node
        return None

    def line_of_function(self, name: str) -> int | None:
        """The line that defines a function or a method of this name."""
        lines = (
            node.lineno
            for node in self.nodes()
            if isinstance(node, ast.FunctionDef) and node.name == name
        )
        return next(lines, None)

    def line_of_call(self, *names: str) -> int | None:
        """The line of the first call of something with one of these names."""
        lines = [
            node.lineno
            for node in self.nodes()
            if isinstance(node, ast.Call) and called(node) in names
        ]
        return lines[0] if lines else None


def called(call: ast.Call) -> str:
    """The last name of what is called; "" where it has none."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def targets_of(node: Assigning) -> list[ast.expr]:
    """What a statement or `:=` assigns to, tuples taken apart."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [
        one
        for target in targets
        for one in (target.elts if isinstance(target, ast.Tuple | ast.List) else [target])
    ]


def names_in(node: ast.AST) -> list[str]:
    """The names that are read in an expression or a statement, in order, each once."""
    found = [
        one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)
    ]
    found.sort(key=lambda one: (one.lineno, one.col_offset))
    return list(dict.fromkeys(one.id for one in found))


def covers(node: ast.stmt, line: int | None) -> bool:
    """Whether a statement has this line."""
    return line is not None and node.lineno <= line <= (node.end_lineno or node.lineno)
