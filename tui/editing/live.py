"""Where the value of a dial lives while its cell runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from tui.editing.dials import Dial
from tui.editing.live_place import LivePlace
from tui.editing.trees import (
    name_of_argument,
    name_of_called,
    name_of_option,
    names_taken_in,
    numbers_of,
    pairs_of,
    parsed,
)


def live_places(
    source: str, dial: Dial, earlier: Sequence[str], next_line: int | None
) -> list[LivePlace]:
    """Where a run of `source` may have a dial's value, in the cells that ran `earlier` too.

    There are none where nothing would read it again: what a loop's own lines say, and what has been
    counted already. `next_line` is the line that runs next, counted from 0, where that is known.
    """
    tree = parsed(source)
    if tree is None:
        return []
    others = [one for one in map(parsed, earlier) if one is not None]
    return list(dict.fromkeys(_Search(tree, others, dial, next_line).places()))


class _Search:
    """Looks for the places of one dial."""

    def __init__(
        self,
        tree: ast.Module,
        others: Sequence[ast.Module],
        dial: Dial,
        next_line: int | None,
    ) -> None:
        self._tree = tree
        self._all = [*others, tree]
        self._next_line = next_line
        self._parameters = names_taken_in(self._all)
        self._parents = {
            id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)
        }
        literals = numbers_of(tree)
        self._node: ast.expr | None = None
        if dial.ordinal < len(literals):
            self._node = self._whole(literals[dial.ordinal])

    def places(self) -> Iterator[LivePlace]:
        """All of them; each is only a place where the value may be."""
        node = self._node
        if node is None:
            return
        around: tuple[int | float, ...] = ()
        index = 0
        parent = self._parents.get(id(node))
        if isinstance(parent, ast.Tuple):
            values = [_number(one) for one in parent.elts]
            numbers = [value for value in values if value is not None]
            if len(numbers) == len(values):
                around, index = tuple(numbers), parent.elts.index(node)
                node, parent = parent, self._parents.get(id(parent))
        for question, target in self._found(node, parent):
            yield LivePlace(question, target, around, index)

    def _found(self, node: ast.expr, parent: ast.AST | None) -> Iterator[tuple[str, str]]:
        match parent:
            case ast.Assign() | ast.AnnAssign() | ast.Tuple():
                statement = self._statement_of(node)
                if isinstance(statement, ast.Assign | ast.AnnAssign):
                    for target, value in pairs_of(statement):
                        if value is node and isinstance(target, ast.Name):
                            yield from self._of_name(target.id, is_set_again=self._is_in_loop(node))
            case ast.keyword(arg=str(key)):
                call = self._parents.get(id(parent))
                option = name_of_option(call) if isinstance(call, ast.Call) else ""
                if option and key == "default":
                    yield from self._of_option(option)
                else:
                    yield from self._of_argument(call, key)
            case ast.Call():
                index = next((at for at, one in enumerate(parent.args) if one is node), None)
                if index is not None:
                    name = name_of_argument(parent, index, self._parameters)
                    yield from self._of_argument(parent, name)
            case ast.Dict():
                yield from self._of_entry(node, parent)

    def _of_name(self, name: str, *, is_set_again: bool) -> Iterator[tuple[str, str]]:
        """A name that is assigned the number, and what has been given it."""
        groups = [
            (made, keyword.arg)
            for call, made in self._made()
            for keyword in self._keywords(call)
            if keyword.arg is not None and _is_name(keyword.value, name)
        ]
        if is_set_again:
            return
        if groups or self._is_read_again(name):
            yield name, name
        for made, key in groups:
            yield _groups(made, key)

    def _of_argument(self, call: ast.AST | None, key: str) -> Iterator[tuple[str, str]]:
        """What a call was given as `key`: what it made has it, or the function that it began."""
        if not isinstance(call, ast.Call) or not key:
            return
        called = call.func.id if isinstance(call.func, ast.Name) else ""
        is_own = called in self._parameters
        if not is_own or self._may_make_optimizer(called):
            for other, made in self._made():
                if other is call:
                    yield _groups(made, key)
        if is_own and not self._is_assigned_outside(key):
            yield from self._of_name(key, is_set_again=False)

    def _may_make_optimizer(self, function: str) -> bool:
        """Whether a function or a class of the lesson's own speaks of optimizers."""
        return any(
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and node.name == function
            and "optim" in ast.unparse(node).lower()
            for tree in self._all
            for node in ast.walk(tree)
        )

    def _of_option(self, name: str) -> Iterator[tuple[str, str]]:
        """What an option of the command line is read from, and what has been given it."""
        for parsing, options in self._made():
            if name_of_called(parsing) != "parse_args":
                continue
            option = f"{options}.{name}"
            if any(_is_read_in_repeated(tree, option) for tree in self._all):
                yield option, option
            for call, made in self._made():
                for keyword in self._keywords(call):
                    if keyword.arg is not None and _is_name(keyword.value, option):
                        yield _groups(made, keyword.arg)

    def _of_entry(self, node: ast.expr, entries: ast.Dict) -> Iterator[tuple[str, str]]:
        """An entry of a dict that has a name, and what was given all of these entries."""
        keys = zip(entries.keys, entries.values, strict=True)
        key = next((key for key, value in keys if value is node), None)
        statement = self._statement_of(node)
        if not isinstance(key, ast.Constant) or not isinstance(statement, ast.Assign):
            return
        for target, value in pairs_of(statement):
            if value is entries and isinstance(target, ast.Name) and not self._is_in_loop(node):
                entry = f"{target.id}[{_quoted(key.value)}]"
                yield entry, entry
                for call, made in self._made():
                    if any(
                        one.arg is None and _is_name(one.value, target.id) for one in call.keywords
                    ):
                        yield _groups(made, str(key.value))

    def _made(self) -> Iterator[tuple[ast.Call, str]]:
        """Calls whose result has a name, with that name."""
        for tree in self._all:
            for statement in ast.walk(tree):
                if isinstance(statement, ast.Assign | ast.AnnAssign):
                    for target, value in pairs_of(statement):
                        if isinstance(value, ast.Call) and _is_plain(target):
                            yield value, ast.unparse(target)

    def _keywords(self, call: ast.Call) -> Iterator[ast.keyword]:
        """What a call is given, by names; also where it is given by its place."""
        yield from call.keywords
        for index, argument in enumerate(call.args):
            if name := name_of_argument(call, index, self._parameters):
                yield ast.keyword(name, argument)

    def _is_read_again(self, name: str) -> bool:
        """Whether something that runs from now on reads the name."""
        is_after_loop = False
        for statement in self._tree.body:
            is_next = self._next_line is not None and statement.lineno - 1 >= self._next_line
            if (is_next or is_after_loop) and _reads(statement, name):
                return True
            if isinstance(statement, ast.For | ast.While | ast.AsyncFor):
                is_after_loop = True
        return any(_is_read_in_repeated(tree, name) for tree in self._all)

    def _is_assigned_outside(self, name: str) -> bool:
        return any(
            isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
            for tree in self._all
            for statement in tree.body
            if isinstance(statement, ast.Assign | ast.AnnAssign)
            for node in ast.walk(statement)
        )

    def _whole(self, literal: ast.Constant) -> ast.expr:
        """A number with the minus before it."""
        parent = self._parents.get(id(literal))
        return parent if isinstance(parent, ast.UnaryOp) else literal

    def _statement_of(self, node: ast.AST) -> ast.AST | None:
        found: ast.AST | None = node
        while found is not None and not isinstance(found, ast.stmt):
            found = self._parents.get(id(found))
        return found

    def _is_in_loop(self, node: ast.AST) -> bool:
        found = self._parents.get(id(node))
        while found is not None and not isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            if isinstance(found, ast.For | ast.While | ast.AsyncFor):
                return True
            found = self._parents.get(id(found))
        return False


def _groups(made: str, key: str) -> tuple[str, str]:
    """The question and the target for an entry of an optimizer's groups of parameters."""
    quoted = _quoted(key)
    return (
        f"[group[{quoted}] for group in {made}.param_groups]",
        f"{made}.param_groups[{{}}][{quoted}]",
    )


def _is_read_in_repeated(tree: ast.AST, name: str) -> bool:
    """Whether a loop's lines or a function's read a name, in which they run again and again.

    The name may be one with a dot, as of an attribute.
    """
    for node in ast.walk(tree):
        match node:
            case ast.For(body=body) | ast.AsyncFor(body=body):
                parts: list[ast.AST] = [*body]
            case ast.While(test=test, body=body):
                parts = [test, *body]
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                parts = list(_but_for_iterables(node))
            case ast.Lambda(body=expression):
                parts = [expression]
            case _:
                continue
        if any(_reads(part, name) for part in parts):
            return True
    return False


def _but_for_iterables(tree: ast.AST) -> Iterator[ast.AST]:
    """The names and attributes in a tree but for what its loops walk over: that is read once."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(tree, ast.For | ast.AsyncFor) and child is tree.iter:
            continue
        if isinstance(child, ast.Name | ast.Attribute):
            yield child
        yield from _but_for_iterables(child)


def _reads(tree: ast.AST, name: str) -> bool:
    return any(_is_name(node, name) and isinstance(node.ctx, ast.Load) for node in ast.walk(tree))


def _is_name(node: ast.AST, name: str) -> TypeGuard[ast.Name | ast.Attribute]:
    return isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) == name


def _is_plain(target: ast.AST) -> bool:
    """Whether a target can be written again as it is: a name, or an attribute of one."""
    return isinstance(target, ast.Name) or (
        isinstance(target, ast.Attribute) and _is_plain(target.value)
    )


def _number(node: ast.AST) -> int | float | None:
    try:
        value = ast.literal_eval(node) if isinstance(node, ast.expr) else None
    except (ValueError, TypeError):
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None


def _quoted(key: object) -> str:
    return f'"{key}"' if isinstance(key, str) and key.isidentifier() else repr(key)
