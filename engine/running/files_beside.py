"""The texts of the lesson's own modules, as far as its code says which it imports.

They are read, and none of them is run: what they train is known before the lesson's cells run.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.code.training import tree_of

# How many files are read: more would take longer than what they tell is worth.
_MOST = 32


def texts_beside(folder: Path, sources: Iterable[str]) -> list[str]:
    """The texts of the files in `folder`, and below it, that code there leads to by its imports.

    Of very many those that the code itself imports come first, and the rest is left out.
    """
    waiting = deque((folder, source) for source in sources)
    texts: dict[Path, str] = {}
    while waiting:
        package, source = waiting.popleft()
        tree = tree_of(source)
        for path in () if tree is None else _files_imported(tree, folder, package):
            if len(texts) == _MOST:
                return [*texts.values()]
            is_new = path not in texts and path.is_relative_to(folder)
            if is_new and (text := _text_of(path)) is not None:
                texts[path] = text
                waiting.append((path.parent, text))
    return [*texts.values()]


def _files_imported(tree: ast.Module, folder: Path, package: Path) -> Iterator[Path]:
    """Where the modules would lie that are imported by code of a file in `package`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                bases = [folder.joinpath(*alias.name.split(".")) for alias in node.names]
            case ast.ImportFrom():
                above = [folder, package, *package.parents]
                base = above[min(node.level, len(above) - 1)]
                base = base.joinpath(*(node.module or "").split("."))
                bases = [base, *(base / alias.name for alias in node.names)]
            case _:
                continue
        for base in bases:
            yield from (base.parent / f"{base.name}.py", base / "__init__.py")


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
