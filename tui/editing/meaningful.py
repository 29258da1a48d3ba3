"""Which numbers of a cell mean something, and what they are called.

Indices, exponents, dimensions, tables of data and what stands in quotes are none of them.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from tui.editing.trees import (
    is_number,
    literal_of,
    name_of_argument,
    name_of_called,
    name_of_option,
    names_taken_in,
    pairs_of,
)

_MOST_SIDE_BY_SIDE = 4
_OF_DIMENSIONS = "axis dim dim0 dim1 dims end_dim start_dim"
# What they take are shapes and dimensions, or data.
_SHAPING = (
    "argmax argmin cat chunk expand flatten log_softmax mean median movedim permute repeat reshape"
    " round size softmax split squeeze stack sum transpose unsqueeze view"
)
_OF_DATA = "FloatTensor LongTensor Tensor array as_tensor asarray from_numpy tensor"


@dataclass(frozen=True, slots=True)
class MeaningfulNumber:
    """The expression of a number, and what it is a value of, "" where that has no name.

    ``must_be_whole`` where nothing else can stand there. One that ``is_option`` counts where the
    command line gives no other.
    """

    node: ast.expr
    name: str
    must_be_whole: bool
    is_option: bool


def meaningful_numbers(tree: ast.AST) -> list[MeaningfulNumber]:
    """The numbers of a source that mean something."""
    finder = _Finder(names_taken_in([tree]))
    finder.visit(tree)
    return finder.found


class _Finder(ast.NodeVisitor):
    """Finds the numbers that mean something, with what they are the values of."""

    def __init__(self, parameters: dict[str, list[str]]) -> None:
        self.found: list[MeaningfulNumber] = []
        self._parameters = parameters
        self._name = ""
        self._must_be_whole = False
        self._option = ""

    def _visit_as(self, name: str, *nodes: ast.AST) -> None:
        before, self._name = self._name, name
        for node in nodes:
            self.visit(node)
        self._name = before

    def generic_visit(self, node: ast.AST) -> None:
        self._visit_as("", *ast.iter_child_nodes(node))

    def visit_Assign(self, node: ast.Assign) -> None:
        for target, value in pairs_of(node):
            self._visit_as(_name_of_target(target), value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        for target, value in pairs_of(node):
            self._visit_as(_name_of_target(target), value)

    def visit_keyword(self, node: ast.keyword) -> None:
        if self._option and node.arg == "default":
            self._visit_as(self._option, node.value)
        elif node.arg not in _OF_DIMENSIONS.split():
            self._visit_as(node.arg or "", node.value)

    def visit_arguments(self, node: ast.arguments) -> None:
        positional = [*node.posonlyargs, *node.args]
        for argument, default in zip(reversed(positional), reversed(node.defaults), strict=False):
            self._visit_as(argument.arg, default)
        for argument, value in zip(node.kwonlyargs, node.kw_defaults, strict=True):
            if value is not None:
                self._visit_as(argument.arg, value)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation is no value."""

    def visit_Dict(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            name = key.value if isinstance(key, ast.Constant) else None
            is_name = isinstance(name, str) and name.isidentifier()
            self._visit_as(str(name) if is_name else "", value)

    def visit_Call(self, node: ast.Call) -> None:
        called = name_of_called(node)
        self._visit_as("", node.func)
        self._option = name_of_option(node)
        self._visit_as("", *node.keywords)
        self._option = ""
        for index, argument in enumerate(node.args):
            is_shape = called in _SHAPING.split() and literal_of(argument) is not None
            is_data = called in _OF_DATA.split() and isinstance(argument, ast.List | ast.Tuple)
            if is_shape or is_data:
                continue
            self._must_be_whole = called == "range"
            self._visit_as(name_of_argument(node, index, self._parameters), argument)
            self._must_be_whole = False

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._visit_as("", node.value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Neither an exponent nor a 1 that is added is there to be turned.

        What a gradient is multiplied by is a learning rate, whatever its name.
        """
        is_step = isinstance(node.op, ast.Mult) and any(map(_has_gradient, (node.left, node.right)))
        is_sum = isinstance(node.op, ast.Add | ast.Sub)
        for side in (node.left, node.right):
            is_exponent = isinstance(node.op, ast.Pow) and side is node.right
            if not (is_exponent and _is_whole(side)) and not (is_sum and _is_one(side)):
                is_rate = is_step and literal_of(side) is not None
                self._visit_as("lr" if is_rate else "", side)

    def visit_Compare(self, node: ast.Compare) -> None:
        self._visit_as("", node.left, *(one for one in node.comparators if not _is_zero(one)))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """What stands in quotes is text."""

    def visit_List(self, node: ast.List) -> None:
        self._visit_elements(node.elts)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        self._visit_elements(node.elts)

    def visit_Set(self, node: ast.Set) -> None:
        self._visit_elements(node.elts)

    def _visit_elements(self, elements: Sequence[ast.expr]) -> None:
        """A few numbers beside each other mean something; many are a table."""
        is_table = len(elements) > _MOST_SIDE_BY_SIDE or any(
            isinstance(one, ast.List | ast.Tuple) for one in elements
        )
        for element in elements:
            if is_table and (literal_of(element) is not None or _is_row(element)):
                continue
            self._visit_as(self._name, element)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if literal_of(node) is None:
            self._visit_as("", node.operand)
        else:
            self._note(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if is_number(node):
            self._note(node)

    def _note(self, node: ast.expr) -> None:
        is_option = bool(self._option) and self._name == self._option
        self.found.append(MeaningfulNumber(node, self._name, self._must_be_whole, is_option))


def _name_of_target(target: ast.expr) -> str:
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return ""


def _has_gradient(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr == "grad" for one in ast.walk(node))


def _is_whole(node: ast.AST) -> bool:
    literal = literal_of(node)
    return literal is not None and isinstance(literal.value, int)


def _is_one(node: ast.AST) -> bool:
    literal = literal_of(node)
    return literal is not None and isinstance(literal.value, int) and literal.value == 1


def _is_zero(node: ast.AST) -> bool:
    literal = literal_of(node)
    return literal is not None and not literal.value


def _is_row(node: ast.AST) -> bool:
    return isinstance(node, ast.List | ast.Tuple) and all(literal_of(one) for one in node.elts)
