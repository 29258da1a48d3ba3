"""Names for what a file adds, that no code of the lesson has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from engine.code.depth import shallow_tree


class Names:
    """Names that no code of a lesson has."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def free(self, name: str) -> str:
        """The name, or else it with the first number that makes it free; that is taken then."""
        number, found = 1, name
        while found in self._taken:
            number += 1
            found = f"{name}_{number}"
        self._taken.add(found)
        return found


def words_in(text: str) -> set[str]:
    """Every word of code that could be a name; of what is Python, comments have none."""
    try:
        tree = shallow_tree(text)
    except SyntaxError:
        return set(re.findall(r"\w+", text))
    names: set[str] = set()
    for node in ast.walk(tree):
        for field in ("id", "arg", "name", "asname", "module", "names", "attr", "rest"):
            value = getattr(node, field, None)
            for one in value if isinstance(value, list) else [value]:
                names |= set(one.split(".")) if isinstance(one, str) else set()
    return names
