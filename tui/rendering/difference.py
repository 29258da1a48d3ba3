"""What an edit has changed in a source, line by line; no widget may enter."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache

from tui.rendering.code import visible
from tui.rendering.code_rows import GOES_ON, rows_of


def changed_lines(own: str, edit: str) -> list[str]:
    """Every line of both, after `- ` where it is gone, `+ ` where it is new, else two spaces."""
    compared = difflib.ndiff(visible(own).split("\n"), visible(edit).split("\n"))
    return [line.rstrip() or " " for line in compared if not line.startswith("?")]


def rows_of_change(line: str, width: int) -> Iterator[str]:
    """The rows of one of these lines in `width` cells; further ones are below its code."""
    code = line[2:]
    for margin, begin, end in rows_of(code, max(width - 2, 1)):
        before = f"{'':{margin}}{GOES_ON} " if begin else line[:2]
        yield f"{before}{code[begin:end]}"


@lru_cache(maxsize=16)
def lines_of_edit(own: str, edit: str) -> frozenset[int]:
    """The lines of an edit, counted from 0, that the source it began from does not have there."""
    if own == edit:
        return frozenset()
    matcher = difflib.SequenceMatcher(None, own.split("\n"), edit.split("\n"), autojunk=False)
    return frozenset(
        line
        for kind, _, _, first, after in matcher.get_opcodes()
        if kind != "equal"
        for line in range(first, after)
    )
