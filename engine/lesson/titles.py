"""What code and files are called where nobody gave them a title."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from engine.code.depth import tree_or_none
from engine.code.training import is_given_away, tree_of
from engine.lesson.plain import plain_line
from engine.lesson.printable import printable_line

_LONGEST = 60
_NUMBER = re.compile(r"^\d+[_-]*")
_EDGES = " \t#=-~+.:/\\|"
_RULER = _EDGES + "*_"
_RULERS = re.compile(r"^(?:[*_]+\s|[*_]{3,})[*_\s]*|(?:\s[*_]+|[*_]{3,})$|^>\s+")
# Comments that speak to tools, to lawyers, and what editors and documents put above a file.
_FOR_TOOLS = re.compile(
    r"pylint|noqa|type:|fmt:|isort|flake8|mypy|pyright|ruff|pragma|[!@%<|]|In ?\["
    r"|(?:default_exp|export[si]?|hide)(?:_\w+)?(?: [\w.]+)?$"
    r"|(?:end)?region\b|.*coding[:=]|\.\. \w+::",
    re.IGNORECASE,
)
_ABOUT_FILE = re.compile(
    r"(?:authors?|file(?: ?name)?|(?:creation |modified )?(?:date|time)|e-?mail|project|software"
    r"|version|contact|code source|作者|日期|时间|文件名?)\s*[:：]"
    r"|(?:created|modified|written|(?:last )?(?:edited|updated)) (?:on|by|at|for documentation)\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r"@?(?:brief|description|abstract|title)\s*[:：]\s*", re.IGNORECASE)
# How Colab has a cell's own title and its prose: `#@title Data { display-mode: "form" }`.
_OF_COLAB = re.compile(r"@(?:title|markdown)\b\s*(.*?)\s*(?:\{.*\})?$")
_COMMAND = re.compile(r"[!%]+\s*[a-zA-Z].*")
_FOR_LAWYERS = re.compile(r"copyright|licen[sc]e|all rights|warrant|spdx", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n\s*\n")
# What paragraphs of Markdown begin with that are no prose: fences, formulas, tables, pictures.
_NO_PROSE = re.compile(r"\s*(?:`{3}|~{3}|\$\$|\||!\[)")
_ITEMS = re.compile(r"^\s*(?:>\s*|[-*+]\s+|\d+[.)]\s+)+", re.MULTILINE)
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z])")


def title_of(source: str) -> str:
    """A title for a cell of Python: the comment or the text that it begins with.

    Else what it defines, the comment that comes first, the head of its first loop, what it imports,
    or the command of a notebook that it begins with; "" where it has nothing of these. What is
    tried (`try:`) counts as if it stood by itself.
    """
    lines = source.split("\n")
    if is_given_away(source):
        return _commanded(lines)
    opening = said_in(_leading_comments(lines))
    if opening:
        return opening
    tree = tree_of(source)
    if tree is None:
        return _commanded(lines)
    body = tree.body
    text = _text_of(body[0]) if body else None
    if text and (said := said_in(text.split("\n"))):
        return said
    inside = {line for one in body for line in range(one.lineno, (one.end_lineno or 0) + 1)}
    comments = (line for at, line in enumerate(lines, 1) if line[:1] == "#" and at not in inside)
    tried = [*_without_tries(body)]
    return (
        _guard(body)
        or _defined(tried)
        or said_in(comments)
        or _loop(tried)
        or _imported(tried)
        or _commanded(lines)
    )


def opening_of(source: str) -> str:
    """What code of which nothing else can be said begins with: its first statement, on one line."""
    tree = tree_of(source)
    statements = [] if tree is None else _without_tries(tree.body)
    body = [one for one in statements if _text_of(one) is None]
    if body:
        is_one_line = body[0].lineno == body[0].end_lineno
        written = ast.get_source_segment(source, body[0]) if is_one_line else None
        line = (written or ast.unparse(body[0])).split("\n")[0]
        return _cut(printable_line(line).rstrip(":"))
    lines = map(printable_line, source.split("\n"))
    return _cut(next((line for line in lines if line and line[0] != "#"), ""))


def opening_of_prose(markdown: str) -> str:
    """The first sentence of prose that has no heading; "" where nothing in it is a sentence."""
    for paragraph in _PARAGRAPHS.split(markdown):
        if _NO_PROSE.match(paragraph) or all(map(is_for_others, paragraph.split("\n"))):
            continue
        line = plain_line(_ITEMS.sub("", paragraph))
        sentence = _END_OF_SENTENCE.split(line, maxsplit=1)[0].strip(_EDGES)
        if sentence.strip(_RULER):
            return _cut(sentence)
    return ""


def first_comment(source: str) -> str:
    """The first comment of code that is nothing but comments, though it be code; "" if none is."""
    lines = (printable_line(line.strip(_EDGES)) for line in source.split("\n") if line[:1] == "#")
    return _cut(next(filter(None, lines), ""))


def said_in(comments: Iterable[str]) -> str:
    """The first of these comments that says something to a reader, as a title; "" if none does."""
    for comment in comments:
        text = described(_OF_COLAB.sub(r"\1", comment.lstrip("#").strip()))
        if text.strip(_RULER) and not is_for_others(text) and not _is_code(text):
            return _cut(_without_rulers(plain_line(_without_rulers(text))))
    return ""


def described(line: str) -> str:
    """A line without the word that says it is a description: `@brief: `, `Description: `."""
    return _DESCRIBED.sub("", printable_line(line.lstrip("# ")), count=1)


def is_for_others(line: str) -> bool:
    """Whether a line of a comment or a docstring speaks to tools or lawyers, or of the file."""
    text = line.strip("# ")
    patterns = (_FOR_TOOLS.match, _ABOUT_FILE.match, _FOR_LAWYERS.search)
    return any(matches(text) for matches in patterns)


def is_guard(statement: ast.stmt) -> bool:
    """Whether this is `if __name__ == "__main__":`."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
        case ast.If(test=ast.Compare(comparators=[ast.Name(id="__name__")])):
            return True
    return False


def spoken_name(name: str) -> str:
    """A title from the name of a file or a folder: `00_my_lesson` is "my lesson"."""
    name = printable_line(name)
    return _NUMBER.sub("", name).replace("_", " ").replace("-", " ").strip() or name


def _leading_comments(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if line.strip() and not line.startswith("#"):
            return
        if line.strip():
            yield line


def _without_rulers(text: str) -> str:
    """The text without lines of signs around it; `**kwargs` and `__init__` keep theirs."""
    return _RULERS.sub("", text.strip(_EDGES))


def _text_of(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text
    return None


def _without_tries(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        if isinstance(statement, ast.Try | ast.TryStar):
            yield from _without_tries(statement.body)
        else:
            yield statement


def _is_code(text: str) -> bool:
    """Whether a comment is code that was taken out: `loss.backward()`, but not `Training`."""
    tree = tree_or_none(text)
    if tree is None:
        return False
    match tree.body:
        case [
            ast.Expr(value=ast.Name() | ast.Constant() | ast.BinOp() | ast.Tuple() | ast.Compare())
        ]:
            return False
        case [ast.AnnAssign(value=None)]:  # `note: this`
            return False
    return bool(tree.body)


def _guard(body: Sequence[ast.stmt]) -> str:
    is_one = bool(body) and is_guard(body[0])
    return f"if {ast.unparse(body[0].test)}" if is_one and isinstance(body[0], ast.If) else ""


def _defined(body: Sequence[ast.stmt]) -> str:
    names = []
    for statement in body:
        match statement:
            case ast.ClassDef(name=name):
                names.append(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.append(f"{name}()")
    return _cut(", ".join(names))


def _loop(body: Sequence[ast.stmt]) -> str:
    for statement in body:
        match statement:
            case ast.For(target=target, iter=iterable):
                parts = target.elts if isinstance(target, ast.Tuple) else [target]
                names = ", ".join(map(ast.unparse, parts))
                return _cut(f"for {names} in {ast.unparse(iterable)}")
            case ast.While(test=test):
                return _cut(f"while {ast.unparse(test)}")
    return ""


def _imported(body: Sequence[ast.stmt]) -> str:
    names: dict[str, None] = {}
    for statement in body:
        match statement:
            case ast.Import(names=imported):
                names.update(dict.fromkeys(one.name.partition(".")[0] for one in imported))
            case ast.ImportFrom(module=str(module), level=0):
                names[module.partition(".")[0]] = None
    names.pop("__future__", None)
    return _cut(f"import {', '.join(names)}") if names else ""


def _commanded(lines: Iterable[str]) -> str:
    """The command that a cell begins with; "" where it begins with anything else."""
    said = (line for line in map(printable_line, lines) if line and line[0] != "#")
    first = next(said, "")
    return _cut(first) if _COMMAND.fullmatch(first) else ""


def _cut(text: str) -> str:
    """At most so many characters, whole words where that leaves half of them."""
    if len(text) <= _LONGEST:
        return text
    head = text[:_LONGEST]
    words = head.rpartition(" ")[0]
    head = words if 2 * len(words) >= _LONGEST else head
    within = re.fullmatch(r"((?:[^$]*\$[^$]+\$)*[^$]+)\$[^$]+", head)
    # A formula that is not whole could not be read.
    return f"{within[1].rstrip() if within and '$' in text[len(head) :] else head} …"
