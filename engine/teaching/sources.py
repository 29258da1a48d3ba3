"""The code that ran, as trees: where in it something stands. What it does is seen elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from engine.code.depth import shallow_tree

# What empties gradients but for `zero_grad()`, however it is written.
_ZEROES = re.compile(r"\bzero_\(|\.grad\s*=|\.grad\s*\*=|\bdel\s|_foreach_zero_|\.fill_\(")
# Written past the count of versions.
_ZEROES_UNSEEN = re.compile(r"\.grad\s*\.\s*(data|detach\(\)|numpy)")


# Functions that are given what the gradient is of.
_GRADIENTS = ("grad", "jacobian", "hessian", "vjp", "jvp")

Assigning = ast.Assign | ast.AugAssign | ast.AnnAssign | ast.NamedExpr


class Sources:
    """The cells that have run in this namespace, the newest last."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._trees: dict[int, ast.Module] = {}
        self._nodes: list[ast.AST] | None = None
        self._owners: list[ast.expr | None] | None = None
        self._newest = 0

    def add(self, line: int, text: str) -> None:
        """Add the cell that begins at this line of the file, in place of what stood there."""
        self._texts.pop(line, None)
        self._texts[line] = text
        self._trees.pop(line, None)
        self._nodes = self._owners = None
        self._newest = line
        try:
            tree = shallow_tree(text)
        except SyntaxError:
            # With a line of IPython's own; then nothing is found in it.
            return
        self._trees[line] = ast.increment_lineno(tree, line - 1)

    @property
    def zeroes_by_hand(self) -> bool:
        """Whether anything that has run looks as if it emptied gradients without `zero_grad()`."""
        return any(map(_ZEROES.search, self._texts.values()))

    def owners_of_zero_grad(self) -> list[ast.expr | None]:
        """What each `zero_grad()` is called of; None where one name may stand for several."""
        if self._owners is None:
            self._owners = [*self._find_owners_of_zero_grad()]
        return self._owners

    def _find_owners_of_zero_grad(self) -> Iterator[ast.expr | None]:
        if len(self._trees) < len(self._texts):
            yield None
        nodes = self.nodes()
        passed = {one.arg for one in nodes if isinstance(one, ast.arg)} - {"self"}
        for node in nodes:
            match node:
                case ast.For(target=target) | ast.comprehension(target=target):
                    passed |= {one.id for one in ast.walk(target) if isinstance(one, ast.Name)}
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr == "zero_grad":
                names = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
                yield None if names & passed else node.value

    @property
    def asks_for_gradients(self) -> bool:
        """Whether anything asks autograd for the gradient of what it names."""
        return self.line_of_call(*_GRADIENTS) is not None

    @property
    def may_zero_unseen(self) -> bool:
        """Whether gradients may have been written to without a trace."""
        return any(map(_ZEROES_UNSEEN.search, self._texts.values()))

    def mentions(self, text: str) -> bool:
        """Whether this stands anywhere in what has run."""
        return any(text in one for one in self._texts.values())

    def nodes(self) -> list[ast.AST]:
        """All nodes of what has run, the newest cell first."""
        if self._nodes is None:
            # Each look asks for them several times, and walking takes longer than all else in it.
            lines = sorted(self._trees, key=lambda at: at == self._newest, reverse=True)
            self._nodes = [node for line in lines for node in ast.walk(self._trees[line])]
        return self._nodes

    @property
    def trees(self) -> list[ast.Module]:
        """The cells that are Python, in the order in which they ran."""
        return [*self._trees.values()]

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
