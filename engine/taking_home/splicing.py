"""Lines put between the statements of a source; every other character of it stays as it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.code.units import first_line_of


@dataclass(frozen=True, slots=True)
class Splice:
    """Lines that go before a statement, or after it; they are indented as it is."""

    statement: ast.stmt
    lines: tuple[str, ...]
    is_after: bool = False


def spliced(
    source: str,
    tree: ast.Module,
    splices: Sequence[Splice],
    iterables: Sequence[tuple[ast.For, str]] = (),
) -> str:
    """The source, of which `tree` is the tree, with all lines put in.

    Those that go to one place stay in their order. What shares a line with its `if`, or with the
    statement before it, gets a line of its own first, where lines go beside it. Each loop of
    `iterables` goes through what has the name beside it, in place of its own expression.
    """
    places = {id(one): at for at, one in enumerate(_statements(tree))}
    wanted = [places[id(one.statement)] for one in splices]
    source = _with_names(source, iterables)
    source = _with_own_lines(source, wanted)
    statements = _statements(ast.parse(source))
    lines = source.split("\n")
    insertions = []
    for number, (splice, place) in enumerate(zip(splices, wanted, strict=True)):
        statement = statements[place]
        at = statement.end_lineno if splice.is_after else first_line_of(statement) - 1
        assert at is not None
        first = lines[first_line_of(statement) - 1]
        indent = first[: len(first) - len(first.lstrip())]
        # What ends deepest ends first, and what begins on a line begins behind all that ended.
        key = (at, not splice.is_after, -len(indent) if splice.is_after else 0, number)
        insertions.append((key, [f"{indent}{line}" for line in splice.lines]))
    for (at, *_), new in sorted(insertions, key=lambda one: one[0], reverse=True):
        lines[at:at] = new
    return "\n".join(lines)


def suites(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements that stand under each other."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            suite = getattr(node, name, None)
            if isinstance(suite, list) and suite and isinstance(suite[0], ast.stmt):
                yield suite


def _statements(tree: ast.Module) -> list[ast.stmt]:
    """All statements, in an order that what stands within their lines does not change."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]


def _with_names(source: str, iterables: Sequence[tuple[ast.For, str]]) -> str:
    """The source in which each of these loops goes through a name."""
    lines = source.encode().split(b"\n")
    ordered = sorted(iterables, key=lambda one: (one[0].lineno, one[0].col_offset), reverse=True)
    for loop, name in ordered:
        first, last = loop.iter.lineno - 1, (loop.iter.end_lineno or loop.iter.lineno) - 1
        before = lines[first][: loop.iter.col_offset]
        after = lines[last][loop.iter.end_col_offset :]
        lines[first : last + 1] = [before + name.encode() + after]
    return b"\n".join(lines).decode()


def _with_own_lines(source: str, places: Sequence[int]) -> str:
    """The source in which each of these statements begins a line."""
    tree = ast.parse(source)
    statements = _statements(tree)
    suite_of = {id(one): suite for suite in suites(tree) for one in suite}
    wanted = {id(one): one for at in places for one in (statements[at],)}
    wanted |= {id(suite_of[key][0]): suite_of[key][0] for key in [*wanted]}
    lines = source.encode().split(b"\n")
    for one in sorted(wanted.values(), key=lambda one: (one.lineno, one.col_offset), reverse=True):
        line, column = first_line_of(one), one.col_offset
        before, after = lines[line - 1][:column], lines[line - 1][column:]
        if before.strip():
            indent = _indent_of_suite(lines, suite_of[id(one)][0])
            rest = before.rstrip().removesuffix(b";").rstrip()
            lines[line - 1 : line] = [rest, indent + after]
    return b"\n".join(lines).decode()


def _indent_of_suite(lines: Sequence[bytes], first: ast.stmt) -> bytes:
    line = lines[first_line_of(first) - 1]
    before = line[: first.col_offset]
    blank = line[: len(line) - len(line.lstrip())]
    return blank + b"    " if before.strip() else blank
