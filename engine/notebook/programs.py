"""What a program's texts are to Python, which cells of a notebook would make otherwise."""

from __future__ import annotations

import ast

from engine.code.depth import tree_or_none


def docstring_of(text: str) -> str | None:
    """What `__doc__` is in a Python file; None where it has none, or cannot be read."""
    tree = tree_or_none(text)
    if tree is None:
        return None
    match tree.body:
        case [ast.Expr(value=ast.Constant(value=str())) as docstring, *_]:
            names: dict[str, str] = {}
            # Versions of Python differ in what they take from its lines: this one says it.
            exec(compile(ast.Module([docstring], []), "<docstring>", "exec"), names)
            return names["__doc__"]
    return None


def is_python(text: str) -> bool:
    """Whether Python reads a text as it stands, without magics and commands of a notebook."""
    return tree_or_none(text) is not None


class TextsLeftOut(ast.NodeTransformer):
    """Leaves out statements that are a text alone.

    Python does so in a program. One that is compiled by itself would become `__doc__`.
    """

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """Leave them out of a piece of the program."""
        node.body = [one for one in node.body if not _is_text(one)]
        return node


def _is_text(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
    return False
