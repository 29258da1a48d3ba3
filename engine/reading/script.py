"""A plain script, which has no cells, in pieces that are read and run one after another.

They follow each other without a gap, and none begins inside a statement: run in their order they
are the file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from engine.code.depth import tree_or_none
from engine.lesson.titles import is_guard, said_in, title_of
from engine.markup import gallery
from engine.markup.colab import without_commands
from engine.markup.databricks import saved_cells
from engine.markup.rest import to_markdown
from engine.reading.cells import RawCell, lines_inside_statements

# How many lines are read at one glance: a shorter script is one piece, and short paragraphs that
# follow each other are put together up to this.
_GLANCE = 20
# A piece that a comment ends has at least so many lines, if it does not only import: more comments
# than that are remarks.
_FEWEST = 5
# A loop of so many lines is something of its own, even without a blank line before it.
_LONG_LOOP = 8

# A title of a section: comments between rulers, as `# ======= #`, or one with rulers around.
_RULER = re.compile(r"#[\s#=*_~+-]{7,}")
_RULED = re.compile(
    r"#\s*(?:[=*~-]{4,}|#{3,})\s*[^\s#=*~-].*?[^=*~#-]\s*(?:[=*~-]{4,}|#{4,})[\s#]*"
)
_MOST_UNDER_RULERS = 3
# So many make sections of a script, each of which is one piece if it has no more lines than that.
_FEWEST_BANNERS = 2
_SECTION = 2 * _GLANCE

# What some docstrings say of the file: `# @author : her name`.
_FIELD = re.compile(r"^#+[^\S\n]*(@\w.*)$", re.MULTILINE)

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Import = ast.Import | ast.ImportFrom
_Loop = ast.For | ast.AsyncFor | ast.While


def script_cells(lines: Sequence[str], start: int) -> list[RawCell] | None:
    """The pieces of a script from index `start` on, its docstring as prose before them.

    None where the whole is no Python as it stands.
    """
    body = _body(lines)
    if body is None:
        return None
    cells = []
    if body and _is_text(body[0]) and (len(body) == 1 or not _share_a_line(body[0], body[1])):
        cells.append(_docstring_cell(lines, body[0]))
        start = max(start, _last_line(body[0]))
        body = body[1:]
    return [*cells, *_pieces(lines, body, start, len(lines))]


def colab_cells(lines: Sequence[str]) -> list[RawCell] | None:
    """The same of a notebook that Colab saved, whose strings are its prose but for the first one.

    Of commands and magics among its lines nothing is read.
    """
    body = _body(without_commands(lines))
    if body is None:
        return None
    cells: list[RawCell] = []
    start = 0
    ends = [one.lineno - 1 for one in body if _is_text(one)]
    for is_text, statements in groupby(body, _is_text):
        if is_text:
            texts = [*statements]
            cells += [_prose_cell(lines, one) for one in texts if one is not body[0]]
            start = _last_line(texts[-1])
        else:
            end = next((end for end in ends if end > start), len(lines))
            cells += _pieces(lines, [*statements], start, end)
    return cells


def databricks_cells(lines: Sequence[str]) -> list[RawCell] | None:
    """The cells of a notebook that Databricks saved, which is a script; its magics are comments.

    None where the whole is no Python as it stands.
    """
    if _body(lines) is None:
        return None
    inside = lines_inside_statements("\n".join(lines))
    return [
        RawCell(
            "markdown" if one.is_prose else "code",
            one.title or ("" if one.is_prose else title_of(one.text)),
            one.text,
            one.line,
            one.line,
            {},
        )
        for one in saved_cells(lines, inside)
    ]


def _body(lines: Sequence[str]) -> list[ast.stmt] | None:
    tree = tree_or_none("\n".join(lines))
    return None if tree is None else tree.body


def _pieces(
    lines: Sequence[str], body: Sequence[ast.stmt], start: int, end: int
) -> Iterator[RawCell]:
    """The pieces of statements that stand between the lines `start` and `end`, without the first.

    There are none where there are no statements.
    """
    if not body:
        return
    statements = [*_statements(lines, body, start)]
    first_lines = [one.begins for one in _firsts(statements)]
    last_lines = [*(line - 1 for line in first_lines[1:]), end]
    for first, last in zip(first_lines, last_lines, strict=True):
        yield _piece(lines, first, last)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of the file's own, from the comments above it to its last line (from 1).

    ``is_apart`` says whether a blank line comes before those, ``is_headed`` whether they say
    something to a reader then, ``is_glued`` whether it begins on the line where another ends,
    ``has_banner`` whether the title of a section stands above it.
    """

    node: ast.stmt
    begins: int
    ends: int
    is_apart: bool
    is_headed: bool
    is_glued: bool
    has_banner: bool

    @property
    def is_definition(self) -> bool:
        return isinstance(self.node, _Definition)

    @property
    def is_long_loop(self) -> bool:
        return isinstance(self.node, _Loop) and self.ends - self.begins >= _LONG_LOOP


def _statements(lines: Sequence[str], body: Sequence[ast.stmt], start: int) -> Iterator[_Statement]:
    """The statements, with what comes before each from index `start` on."""
    ended = start
    for node in body:
        line = min(one.lineno for one in (node, *getattr(node, "decorator_list", ())))
        begins = _begin_of_comments(lines, ended, line)
        banner = _last_banner(lines, begins, line)
        if banner is not None and ended > start:
            begins = banner
        comments = [text for text in lines[begins - 1 : line - 1] if text.startswith("#")]
        is_apart = begins - 1 <= start or not lines[begins - 2].strip()
        yield _Statement(
            node,
            begins,
            _last_line(node),
            is_apart,
            is_headed=is_apart and bool(said_in(comments)),
            is_glued=line <= ended and ended > start,
            has_banner=banner is not None,
        )
        ended = _last_line(node)


def _begin_of_comments(lines: Sequence[str], ended: int, line: int) -> int:
    """The line where what belongs to a statement on `line` begins, behind the line `ended`.

    Comments that are indented belong to the statement before.
    """
    between = range(ended + 1, line)
    indented = [at for at in between if lines[at - 1].strip() and lines[at - 1][0] != "#"]
    begins = indented[-1] + 1 if indented else ended + 1
    return next((at for at in range(begins, line) if lines[at - 1].strip()), line)


def _last_banner(lines: Sequence[str], begins: int, line: int) -> int | None:
    """Where the last title of a section begins among the comments from `begins` to `line`."""
    for at in range(line - 1, begins - 1, -1):
        if _RULED.fullmatch(lines[at - 1]):
            return at
        if _RULER.fullmatch(lines[at - 1]):
            above = range(at - 1, max(begins, at - 1 - _MOST_UNDER_RULERS) - 1, -1)
            first = next((one for one in above if _RULER.fullmatch(lines[one - 1])), at)
            if said_in(lines[first : at - 1]) and all(map(_is_comment, lines[first : at - 1])):
                return first
    return None


def _is_comment(line: str) -> bool:
    return line.startswith("#")


def _firsts(statements: Sequence[_Statement]) -> Iterator[_Statement]:
    """The statements that a piece begins with."""
    banners = [one.begins for one in statements if one.has_banner and not one.is_glued]
    if len(banners) < _FEWEST_BANNERS:
        yield from _firsts_within(statements)
        return
    for _, section in groupby(statements, lambda one: sum(at <= one.begins for at in banners)):
        yield from _firsts_within([*section], _SECTION, _GLANCE // 2)


def _firsts_within(
    statements: Sequence[_Statement], one_piece: int = _GLANCE, fewest: int = _FEWEST
) -> Iterator[_Statement]:
    """The same in a part of the script, which is one piece if it has no more lines than that.

    A comment ends no piece that has fewer lines than `fewest`, unless it only imports.
    """
    yield statements[0]
    begun = statements[0].begins
    is_short = statements[-1].ends - begun < one_piece
    for at, (before, one) in enumerate(pairwise(statements), 1):
        if one.is_glued:
            continue
        length = before.ends - begun + 1
        if _parts(before, one) or (
            not is_short
            and (
                (one.is_headed and (length >= fewest or isinstance(before.node, _Import)))
                or (_may_part(before, one) and length + _paragraph(statements[at:]) > _GLANCE)
            )
        ):
            yield one
            begun = one.begins


def _parts(before: _Statement, one: _Statement) -> bool:
    """Whether a piece surely ends here: what runs only as a program is read by itself."""
    return is_guard(before.node) or is_guard(one.node)


def _may_part(before: _Statement, one: _Statement) -> bool:
    return one.is_apart or before.is_definition or one.is_definition or one.is_long_loop


def _paragraph(statements: Sequence[_Statement]) -> int:
    """How many lines the first of these takes, with those that belong to it."""
    ends = statements[0].ends
    for before, one in pairwise(statements):
        if _may_part(before, one) and not one.is_glued:
            break
        ends = one.ends
    return ends - statements[0].begins + 1


def _piece(lines: Sequence[str], first: int, last: int) -> RawCell:
    source = "\n".join(lines[first - 1 : last]).rstrip()
    return RawCell("code", title_of(source), source, first, first, {})


def _docstring_cell(lines: Sequence[str], node: ast.stmt) -> RawCell:
    text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
    parts = gallery.split_docstring(text)
    prose = to_markdown(parts[0]) if parts is not None else ast.literal_eval(text.strip())
    # No headings; each stays on its line.
    prose = _FIELD.sub(r"\1  ", prose)
    return RawCell("markdown", "", prose, node.lineno, node.lineno, {})


def _prose_cell(lines: Sequence[str], node: ast.stmt) -> RawCell:
    """Prose of a notebook, from the first line that says something."""
    text = str(ast.literal_eval("\n".join(lines[node.lineno - 1 : node.end_lineno]).strip()))
    return RawCell("markdown", "", text.strip("\n"), node.lineno, node.lineno, {})


def _is_text(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
    return False


def _share_a_line(one: ast.stmt, other: ast.stmt) -> bool:
    return other.lineno <= _last_line(one)


def _last_line(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno
