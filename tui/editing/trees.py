"""A cell as a tree: its numbers, what is called in it, and what is assigned."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from engine.code.depth import shallow_tree

_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)
_SEEDING = ("manual_seed", "seed")
_ADDING_OPTIONS = ("add_argument", "option")
_OPTIMIZERS = (
    "ASGD Adadelta Adafactor Adagrad Adam AdamW Adamax LBFGS Muon NAdam RAdam RMSprop Rprop SGD"
    " SparseAdam"
)


@lru_cache(maxsize=64)
def parsed(source: str) -> ast.Module | None:
    """A cell as a tree, in which IPython's magic does nothing; None where it is no Python."""
    try:
        return shallow_tree(_MAGIC.sub(r"\1pass", source))
    except (SyntaxError, ValueError):
        return None


def numbers_of(tree: ast.AST) -> list[ast.Constant]:
    """All numbers of a source, in the order in which they are read."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and is_number(node)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def names_taken_in(trees: Sequence[ast.AST]) -> dict[str, list[str]]:
    """The names of what functions take, by the names of the functions; later ones count."""
    return {
        node.name: [argument.arg for argument in node.args.args]
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def name_of_called(call: ast.Call) -> str:
    """The last name of what is called, "" where it has none."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def name_of_argument(call: ast.Call, index: int, parameters: dict[str, list[str]]) -> str:
    """What a function calls its argument at an index; "" where that is not known."""
    called = name_of_called(call)
    if called in parameters:
        taken = parameters[called]
        return taken[index] if index < len(taken) else ""
    if index == 0 and called in _SEEDING:
        return "seed"
    # Whatever the optimizer, what it takes after the parameters is their rate.
    return "lr" if index == 1 and called in _OPTIMIZERS.split() else ""


def name_of_option(call: ast.Call) -> str:
    """What an option of the command line that a call adds is called in the code; "" of another."""
    if name_of_called(call) not in _ADDING_OPTIONS:
        return ""
    given = [one.value for one in call.args if isinstance(one, ast.Constant)]
    flags = [one for one in given if isinstance(one, str) and one.startswith("--")]
    named = [one.value for one in call.keywords if one.arg == "dest"]
    names = [one.value for one in named if isinstance(one, ast.Constant)] or flags
    return str(names[0]).lstrip("-").replace("-", "_") if names else ""


def pairs_of(statement: ast.Assign | ast.AnnAssign) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What an assignment assigns, each with its value."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    value = statement.value
    if value is None:
        return
    for target in targets:
        match target, value:
            case ast.Tuple(elts=names), ast.Tuple(elts=values) if len(names) == len(values):
                yield from zip(names, values, strict=True)
            case _:
                yield target, value


def literal_of(node: ast.AST) -> ast.Constant | None:
    """The number that an expression is, with or without a minus before it."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return node if isinstance(node, ast.Constant) and is_number(node) else None


def is_number(node: ast.AST) -> bool:
    """Whether a node is a number that is written in the source; True and False are none."""
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int | float) and not isinstance(value, bool)
