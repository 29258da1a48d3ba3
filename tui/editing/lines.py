"""What Enter, tab and commenting do to lines of Python source."""

from __future__ import annotations

from collections.abc import Sequence

from engine.code.depth import tree_or_none
from tui.editing.brackets import OPENING, without_comment

LEVEL = " " * 4
_ENDS_BLOCK = frozenset({"return", "break", "continue", "pass", "raise"})


def indentation_of(line: str) -> str:
    """The spaces and tabs that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def indentation_after(line: str) -> str:
    """The indentation of a line that is begun after `line`.

    A level more after what opens a block or a bracket, one less after what leaves a block.
    """
    own = indentation_of(line)
    code = without_comment(line)
    if code.endswith((":", *OPENING)):
        return own + LEVEL
    first_word = code.split(maxsplit=1)[0] if code.strip() else ""
    return own.removesuffix(LEVEL) if first_word in _ENDS_BLOCK and _is_whole(code) else own


def spaces_to_next_stop(width: int) -> str:
    """The spaces from a width of so many cells to the next level."""
    return " " * (len(LEVEL) - width % len(LEVEL))


def indented(lines: Sequence[str]) -> list[str]:
    """The lines one level further in; those with nothing in them stay empty."""
    return [LEVEL + line if line.strip() else line for line in lines]


def dedented(lines: Sequence[str]) -> list[str]:
    """The lines one level further out, as far as they are in."""
    return [_dedented(line) for line in lines]


def toggled_comments(lines: Sequence[str]) -> list[str]:
    """The lines as comments, where they stand; as code again, where all of them are comments."""
    written = [line for line in lines if line.strip()]
    if all(line.lstrip().startswith("#") for line in written):
        return [_uncommented(line) for line in lines]
    at = min(len(indentation_of(line)) for line in written)
    return [f"{line[:at]}# {line[at:]}" if line.strip() else line for line in lines]


def _dedented(line: str) -> str:
    if line.startswith("\t"):
        return line[1:]
    return line[min(len(line) - len(line.lstrip(" ")), len(LEVEL)) :]


def _uncommented(line: str) -> str:
    before, sign, after = line.partition("#")
    return before + after.removeprefix(" ") if sign else line


def _is_whole(code: str) -> bool:
    """Whether a line is a statement in itself, and not the beginning of one."""
    return tree_or_none(f"def _():\n for _ in _:\n  {code.strip()}") is not None
