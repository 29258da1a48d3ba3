"""Functions that were made before their file was saved again: their lines follow their text."""

from __future__ import annotations

import gc
from collections.abc import Callable
from types import CodeType, FunctionType


def move_functions(path: str, moved: Callable[[int], int]) -> None:
    """Have each function of the file at `path` stand where `moved` says that its lines are now.

    So tracebacks, stops before statements and the line that runs are those of the file as it is.
    """
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename == path:
            one.__code__ = _moved_code(one.__code__, path, moved)


def _moved_code(code: CodeType, path: str, moved: Callable[[int], int]) -> CodeType:
    constants = tuple(
        _moved_code(one, path, moved)
        if isinstance(one, CodeType) and one.co_filename == path
        else one
        for one in code.co_consts
    )
    return code.replace(co_firstlineno=moved(code.co_firstlineno), co_consts=constants)
