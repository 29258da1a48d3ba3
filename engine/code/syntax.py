"""Where a source is no Python, told without running it; nothing else is judged here."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from engine.code.unwarned import unwarned

# IPython makes Python of these, so only a run can tell.
_MAGIC = re.compile(r"^\s*(?:[%!?]|>>>|In \[)|=\s*[%!]|\?\s*$", re.MULTILINE)
_INDENT_OF_FIRST = re.compile(r"\s*^([ \t]*)\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SyntaxTrouble:
    """The line of ``source``, counted from 0, at which it is no Python, and what Python says.

    Lines that Python names there are the file's.
    """

    source: str
    line: int
    words: str


def syntax_trouble(source: str, first_line: int) -> SyntaxTrouble | None:
    """Where a cell's source is surely no Python; None where it may run.

    `first_line` is the line of the file at which it begins.
    """
    if _MAGIC.search(source):
        return None
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        with unwarned():
            lines_before = "\n" * (first_line - 1)
            compile(lines_before + _dedented(source), "<edit>", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        line = min(max((error.lineno or 1) - first_line, 0), source.count("\n"))
        return SyntaxTrouble(source, line, f"{type(error).__name__}: {error.msg}")
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _dedented(source: str) -> str:
    """A source without the indentation of its first line, which a run takes from all of them."""
    found = _INDENT_OF_FIRST.match(source)
    indent = found.group(1) if found is not None else ""
    return re.sub(f"^{indent}", "", source, flags=re.MULTILINE) if indent else source
