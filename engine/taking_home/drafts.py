"""One cell that lines are put into: what goes to its top, between its statements, and its names."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from engine.code.loop_names import Loop
from engine.taking_home.names import Names
from engine.taking_home.scopes import (
    CellTree,
    Owner,
    Scope,
    continues_of,
    falls_through,
    first_after_docstring,
)
from engine.taking_home.splicing import Splice, spliced


class Draft:
    """A cell with code; ``first_line`` is that of the lesson's file which it begins on."""

    def __init__(self, index: int, source: str, first_line: int) -> None:
        self.index = index
        self.cell = CellTree(source)
        self.first_line = first_line
        self.comments: list[str] = []
        self._tops: list[str] = []
        self._before: list[Splice] = []
        self._splices: list[Splice] = []
        self._iterables: dict[int, tuple[ast.For, str]] = {}
        self._declared: dict[int, tuple[Scope, dict[str, Owner]]] = {}

    def put_at_top(self, *lines: str) -> None:
        """Put lines where the cell begins, behind what was put there before."""
        self._tops += lines

    def put_before(self, statement: ast.stmt, lines: Sequence[str]) -> None:
        """Put lines before a statement."""
        self._splices.append(Splice(statement, tuple(lines)))

    def put_after(self, statement: ast.stmt, lines: Sequence[str]) -> None:
        """Put lines after a statement."""
        self._splices.append(Splice(statement, tuple(lines), is_after=True))

    def begin_before(self, statement: ast.stmt, line: str) -> None:
        """Put a line before the statement of the cell's own level that this one stands in."""
        self._before.append(Splice(self.cell.top_of(statement), (line,)))

    def put_at_ends(self, loop: Loop, lines: Sequence[str]) -> None:
        """Put lines wherever an iteration of a loop ends."""
        if falls_through(loop.body):
            self.put_after(loop.body[-1], lines)
        for statement, _ in continues_of(loop):
            self.put_before(statement, lines)

    def take_iterable(self, loop: ast.For, names: Names) -> None:
        """Have what a loop goes through be made in a line before it, so that more can follow."""
        if id(loop) in self._iterables:
            return
        name = names.free("items")
        self._iterables[id(loop)] = loop, name
        text = ast.get_source_segment(self.cell.source, loop.iter) or ""
        if isinstance(loop.iter, ast.Tuple) or "\n" in text:
            text = ast.unparse(loop.iter)
        self.put_before(loop, [f"{name} = iter({text})"])

    def declare(self, scope: Scope, names: Sequence[str]) -> None:
        """Let names that are assigned in a scope be those of the lesson, or of what is around."""
        if isinstance(scope, ast.Module):
            return
        _, declared = self._declared.setdefault(id(scope), (scope, {}))
        declared |= dict.fromkeys(names, Owner.LESSON)

    def assign_in(self, scope: Scope, names: Sequence[str]) -> None:
        """Let what is assigned in a scope be whose it was where that was asked."""
        owners = {name: self.cell.owner(name, scope) for name in names}
        others = {name: owner for name, owner in owners.items() if owner is not Owner.OWN}
        if others:
            _, declared = self._declared.setdefault(id(scope), (scope, {}))
            declared |= others

    @property
    def is_touched(self) -> bool:
        """Whether anything was put into the cell."""
        return bool(self.comments or self._tops or self._before or self._splices)

    def written(self) -> str:
        """The cell with all of that in it."""
        splices = [*self._declarations(), *self._before, *self._splices]
        tops = (*(f"# {comment}" for comment in self.comments), *self._tops)
        body = self.cell.tree.body
        if tops and body:
            splices.insert(0, self._top_splice(tops))
        iterables = [*self._iterables.values()]
        written = spliced(self.cell.source, self.cell.tree, splices, iterables)
        return written if body or not tops else "\n".join((*tops, written))

    def _top_splice(self, lines: tuple[str, ...]) -> Splice:
        """The lines before the first statement, but behind imports from `__future__`."""
        body = self.cell.tree.body
        future = [
            one for one in body if isinstance(one, ast.ImportFrom) and one.module == "__future__"
        ]
        return Splice(future[-1], lines, is_after=True) if future else Splice(body[0], lines)

    def _declarations(self) -> list[Splice]:
        splices = []
        for scope, owners in self._declared.values():
            statement, is_after = first_after_docstring(scope.body)
            lines = []
            for word, owner in (("global", Owner.LESSON), ("nonlocal", Owner.AROUND)):
                names = sorted(name for name, its in owners.items() if its is owner)
                if names:
                    lines.append(f"{word} {', '.join(names)}")
            splices.append(Splice(statement, tuple(lines), is_after))
        return splices
