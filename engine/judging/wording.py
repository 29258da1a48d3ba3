"""Which statements of a check judge, and what is said of them in words; nothing is run here."""

from __future__ import annotations

import ast
import re
import reprlib
from collections.abc import Callable, Iterator

from engine.judging.answers import as_number
from engine.lesson.model import LocalText
from engine.protocol.verdicts import GAP
from engine.values.peeking import is_tensor

REACHED = "_reached_"
"""The name by which a statement says which of the assertions in it was the last to be judged."""

# What must hold ends here; behind it the author says what came instead.
_CLAUSE_END = re.compile(r"[;。]|[.!?](?=\s|$)")
_LONGEST_SOURCE = 72
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def assertions_in(statement: ast.stmt) -> list[ast.Assert]:
    """The assertions that a statement may come to, in order, functions that it defines left out."""
    if isinstance(statement, ast.Assert):
        return [statement]
    if isinstance(statement, _SCOPES):
        return []
    return [node for node in _own_nodes(statement) if isinstance(node, ast.Assert)]


def calls_a_check(statement: ast.stmt, helpers: set[str]) -> bool:
    """Whether a statement is a call that judges: of one of `helpers`, or of assert-something."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    match statement.value.func:
        case ast.Name(id=name):
            return name in helpers or "assert" in name
        case ast.Attribute(attr=name):
            return "assert" in name
    return False


def helpers_of(tree: ast.Module) -> set[str]:
    """The functions of a check that hold assertions."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(inner, ast.Assert) for inner in ast.walk(node))
    }


def with_reached(statement: ast.stmt, assertions: list[ast.Assert]) -> ast.stmt:
    """The statement, which notes by its place each of the assertions in it that it comes to."""
    noting: ast.stmt = _Noting(assertions).visit(statement)
    return ast.fix_missing_locations(noting)


def fixed_words(assertion: ast.Assert) -> LocalText | None:
    """What must hold, in the author's words, where no value of the lesson's stands in them."""
    return _words(assertion, _fixed_clause)


def words_with_gaps(assertion: ast.Assert) -> LocalText | None:
    """The same, with a gap for each value: where a check is not reached, none is known."""
    return _words(assertion, _clause_with_gaps)


def _words(assertion: ast.Assert, clause: Callable[[ast.expr], str]) -> LocalText | None:
    """What `clause` has of an assertion's message, if it has something of each language."""
    match assertion.msg:
        case ast.Dict(keys=keys, values=values):
            languages = [key.value if isinstance(key, ast.Constant) else None for key in keys]
            texts = {
                language: text
                for language, value in zip(languages, values, strict=True)
                if isinstance(language, str) and (text := clause(value))
            }
            return LocalText(texts) if texts and len(texts) == len(values) else None
        case ast.expr() as message:
            text = clause(message)
            return LocalText({"": text}) if text else None
    return None


def first_clause(text: str) -> str:
    """What a message says must hold: its part before the first `;` or the end of a sentence."""
    end = _CLAUSE_END.search(text)
    return text[: end.start()].strip() if end is not None else text.strip()


def local_text(message: object, otherwise: str) -> LocalText:
    """An assertion's message: a text, or a mapping from languages to texts."""
    match message:
        case None:
            return LocalText({"": otherwise})
        case dict() if message:
            return LocalText({str(language): str(text) for language, text in message.items()})
    return LocalText({"": str(message)})


def short_value(value: object) -> str:
    """A value in a few words: a number, the shape of a tensor, or the start of what it prints."""
    number = as_number(value)
    if number is not None and not isinstance(value, bool):
        return f"{number:.6g}"
    if is_tensor(value):
        return f"a tensor of shape {list(value.shape)}"
    return one_line(_SHORT.repr(value))


def cut_to_line(text: str) -> str:
    """A source in about as many characters as a line has."""
    return text if len(text) <= _LONGEST_SOURCE else f"{text[:_LONGEST_SOURCE]}..."


def one_line(text: str) -> str:
    """A text without its line breaks and indentation."""
    return " ".join(text.split())


def _fixed_clause(message: ast.expr) -> str:
    """The first clause of a message where that is the same whatever came; else ""."""
    match message:
        case ast.Constant(value=str(text)):
            return first_clause(text)
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            # What stands at its end may go on in the value that follows.
            end = _CLAUSE_END.search(f"{text}{{")
            return text[: end.start()].strip() if end is not None else ""
    return ""


def _clause_with_gaps(message: ast.expr) -> str:
    """The first clause of a message without its values; "" where no word of it is left."""
    match message:
        case ast.Constant(value=str(text)):
            clause = first_clause(text)
        case ast.JoinedStr(values=parts):
            texts = [part.value if isinstance(part, ast.Constant) else GAP for part in parts]
            clause = first_clause("".join(map(str, texts)))
        case _:
            return ""
    return clause if any(character.isalpha() for character in clause) else ""


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _SCOPES):
            yield child
            yield from _own_nodes(child)


class _Noting(ast.NodeTransformer):
    def __init__(self, assertions: list[ast.Assert]) -> None:
        self._assertions = assertions

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        place = next((at for at, one in enumerate(self._assertions) if one is node), None)
        if place is None:
            return [node]
        target = ast.Name(REACHED, ast.Store())
        noting = ast.Assign([target], ast.Constant(place))
        return [ast.copy_location(noting, node), node]
