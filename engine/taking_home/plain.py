"""Cells as Python that needs no notebook: magics become comments, as jupytext writes them."""

from __future__ import annotations

import ast
import re
import warnings

# Of the magics of whole cells, those whose cells are Python.
_OF_PYTHON = re.compile(r"%%(?:time|timeit|capture|prun)\b")
_MAGIC = re.compile(r"^\s*(?:%%?\w|!|\?)|^[^#'\"]*\?\s*$")


def as_python(source: str) -> str | None:
    """The source, line for line, in a form that Python runs; None where there is none."""
    if _is_python(source):
        return source
    if source.lstrip().startswith("%%") and not _OF_PYTHON.match(source.lstrip()):
        return None
    lines = [f"# {line}" if _MAGIC.match(line) else line for line in source.split("\n")]
    plain = "\n".join(lines)
    return plain if _is_python(plain) else None


def commented(source: str) -> str:
    """Every line as a comment."""
    return "\n".join(f"# {line}".rstrip() for line in source.split("\n"))


def _is_python(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "cell", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
            # What Python can parse, as an `await` outside of functions, it may still not run.
            compile(source, "cell", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
