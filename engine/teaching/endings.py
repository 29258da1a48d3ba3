"""Whether code may come to its end, past every `return` and `raise` in it."""

from __future__ import annotations

import ast
from collections.abc import Sequence


def comes_to_end(body: Sequence[ast.stmt]) -> bool:
    """Whether what stands after these statements may be reached."""
    return all(map(_may_be_passed, body))


def _may_be_passed(node: ast.stmt) -> bool:
    match node:
        case ast.Return() | ast.Raise():
            return False
        case ast.If(body=body, orelse=otherwise):
            return comes_to_end(body) or comes_to_end(otherwise)
        case ast.With(body=body):
            return comes_to_end(body)
        case ast.While(test=ast.Constant(value=value)) if value:
            return any(isinstance(one, ast.Break) for one in ast.walk(node))
        case ast.Try(body=body, orelse=otherwise, handlers=handlers, finalbody=last):
            ways = [[*body, *otherwise], *(one.body for one in handlers)]
            return comes_to_end(last) and any(map(comes_to_end, ways))
        case ast.Match(cases=cases):
            is_whole = any(isinstance(one.pattern, ast.MatchAs) for one in cases)
            return not is_whole or any(comes_to_end(one.body) for one in cases)
    return True
