"""What a lesson's code would use of the computer, as its text says; nothing is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from engine.code.depth import tree_or_none
from engine.lesson.model import Lesson

_COMMAND = re.compile(r"^\s*(?:!|%%?(?:sx|system|bash|sh|pip|conda)\b)[^\n]*", re.MULTILINE)
_IMPORT = re.compile(r"^\s*(?:import|from)\s+([a-zA-Z_]\w*)", re.MULTILINE)


def imported_modules(lesson: Lesson) -> tuple[str, ...]:
    """The packages and modules that the code imports, once each, in its order."""
    return tuple(dict.fromkeys(name for code in _codes(lesson) for name in _imports(code)))


def shell_commands(lesson: Lesson) -> tuple[str, ...]:
    """The lines of the code that are commands for the shell."""
    found = (match[0].strip() for code in _codes(lesson) for match in _COMMAND.finditer(code))
    return tuple(dict.fromkeys(found))


def _codes(lesson: Lesson) -> Iterator[str]:
    for step in lesson.steps:
        if step.cell is not None:
            yield step.cell.source
        yield from (view.source for view in step.views)
        if step.exercise is not None:
            yield step.exercise.solution.source
            yield from (check.source for check in step.exercise.checks)


def _imports(code: str) -> Iterator[str]:
    """The first parts of the names that are imported, whatever the statements are in."""
    tree = tree_or_none(code)
    if tree is None:
        # Magics, or code to be completed: the lines that look like imports must do.
        yield from _IMPORT.findall(code)
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
