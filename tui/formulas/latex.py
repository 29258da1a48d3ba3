"""A LaTeX formula as Unicode text, read with pylatexenc; Markdown and styles may not enter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pylatexenc.latex2text import get_default_latex_context_db as text_database
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexNode,
    LatexSpecialsNode,
    LatexWalker,
    LatexWalkerError,
)
from pylatexenc.latexwalker import get_default_latex_context_db as parser_database
from pylatexenc.macrospec import LatexContextDb, MacroStandardArgsParser, SpecialsSpec, std_macro

from tui.formulas.latex_spacing import (
    GAP,
    HARD_SPACE,
    MARKED_LETTER,
    NAME_END,
    NEW_LINE,
    SCRIPTS,
    SOFT,
    Last,
    fraction,
    function_name,
    is_atom,
    is_compound,
    is_taken_into_a_denominator,
    literal,
    spaced,
    takes_what_follows,
    without_gaps,
)
from tui.formulas.latex_tables import (
    ACCENTS,
    ALPHABETS,
    BIG_OPERATORS,
    CASES,
    FRACTIONS,
    FRAMES,
    IGNORED,
    LINES,
    MATRICES,
    PLAIN_STYLES,
    SPACES,
    STACKED,
    STYLED_SCRIPT,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
    TEXT_STYLES,
)

# What follows \verb is not LaTeX, and the parser fails where nothing follows it.
VERBATIM = r"\verb"


class LatexError(ValueError):
    """A formula that cannot be written in Unicode: it is to be shown as it stands."""


@lru_cache(maxsize=1024)
def latex_to_unicode(latex: str) -> str:
    r"""`latex` (what stands between the dollars) as text; `\\` gives a line break.

    Raises LatexError where the formula is broken or has a name that is not known.
    """
    if VERBATIM in latex:
        raise LatexError(rf"{VERBATIM} has no place in a formula")
    latex = STYLED_SCRIPT.sub(r"\1{\2}", IGNORED.sub("", latex))
    walker = LatexWalker(latex, latex_context=_grammar(), tolerant_parsing=False)
    try:
        nodes, _, _ = walker.get_latex_nodes(
            parsing_state=walker.make_parsing_state(in_math_mode=True)
        )
        written = _write(nodes)
    except LatexWalkerError as error:
        raise LatexError(str(error)) from error
    except RecursionError as error:
        raise LatexError("the formula is nested too deeply") from error
    lines = (spaced(line) for line in written.split(NEW_LINE))
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=1)
def _grammar() -> LatexContextDb:
    """The grammar, in which scripts and the names that it lacks take their arguments."""
    grammar = parser_database()
    one_argument = [*(PLAIN_STYLES - {"operatorname"}), *TEXT_STYLES, *ALPHABETS, *ACCENTS]
    two_arguments = [*FRACTIONS, *STACKED]
    grammar.add_context_category(
        "tutorch",
        prepend=True,
        macros=[
            *(std_macro(name, False, 1) for name in (*one_argument, *FRAMES)),
            *(std_macro(name, False, 2) for name in two_arguments),
            std_macro("operatorname", "*{"),
        ],
        specials=[SpecialsSpec(mark, MacroStandardArgsParser("{")) for mark in "_^"],
    )
    return grammar


_characters = lru_cache(maxsize=1)(text_database)


def _write(nodes: Iterable[LatexNode]) -> str:
    """The nodes as characters and the marks of `latex_spacing`."""
    text, last = "", Last()
    for node in nodes:
        match node:
            case LatexSpecialsNode(specials_chars="_" | "^"):
                if last.falls_apart:
                    text = f"{text[: last.begins]}({text[last.begins :].strip(SOFT)})"
                text = _attach(text, _script(node.specials_chars, _argument(node, 0)))
                last = Last()
                continue
        written = _write_node(node)
        if not written.strip(SOFT):
            text += written
            continue
        if last.is_fraction and is_taken_into_a_denominator(written):
            text = f"{text[: last.begins]}{GAP}({text[last.begins :].strip(SOFT)}){GAP}"
        is_fraction = isinstance(node, LatexMacroNode) and node.macroname in FRACTIONS
        if is_fraction and takes_what_follows(text):
            written, is_fraction = f"({written.strip(SOFT)})", False
        is_group = isinstance(node, LatexGroupNode) and node.delimiters == ("{", "}")
        last = Last(len(text), is_fraction, is_fraction or (is_group and is_compound(written)))
        text += written
    return text


def _write_node(node: LatexNode) -> str:
    match node:
        case LatexCharsNode():
            gaps = re.sub(r"(?<=[,:;])\s+|\s(?=\|\s)|(?<=\s\|)\s", GAP, node.chars)
            return re.sub(r"\s", "", gaps).replace("'", "′")
        case LatexGroupNode() | LatexMathNode():
            return _write(node.nodelist)
        case LatexMacroNode():
            return _write_macro(node)
        case LatexEnvironmentNode():
            return _write_environment(node)
        case LatexSpecialsNode(specials_chars="&") | LatexCommentNode():
            return ""
        case LatexSpecialsNode(specials_chars="~"):
            return GAP
        case LatexSpecialsNode():
            return str(node.specials_chars).replace("'", "′")
    raise LatexError(f"{node.latex_verbatim()} is no formula")


def _write_macro(node: LatexMacroNode) -> str:
    name = str(node.macroname)
    if name == "\\":
        return NEW_LINE
    if name in SPACES:
        return GAP if SPACES[name] == 1 else HARD_SPACE * SPACES[name]
    if name in FRACTIONS:
        return fraction(_argument(node, 0), _argument(node, 1))
    if name == "sqrt":
        return _root(_argument(node, 0), _argument(node, 1))
    if name in ACCENTS:
        return _accent(name, _argument(node, 0))
    if name in TEXT_STYLES:
        return _words(_arguments(node))
    if name in PLAIN_STYLES:
        return function_name(_argument(node, -1))
    if name in FRAMES:
        return f"({framed})" if is_compound(framed := _argument(node, 0)) else framed
    if name in ALPHABETS:
        return "".join(_in_alphabet(name, character) for character in _argument(node, 0))
    if name in STACKED:
        body = function_name(_argument(node, 1))
        return _attach(body + NAME_END, _script(STACKED[name], _argument(node, 0)))
    return _symbol(name)


def _symbol(name: str) -> str:
    text = SYMBOLS.get(name)
    if text is None:
        known = _characters().get_macro_spec(name)
        text = known.simplify_repl if known else None
    if not isinstance(text, str) or "%s" in text:
        raise LatexError(rf"\{name} is not known")
    if name in BIG_OPERATORS:
        return f"{GAP}{text}{GAP}"
    if name == "mid":
        return f"{GAP}|{GAP}"
    return function_name(text.replace(" ", HARD_SPACE))


def _argument(node: LatexNode, index: int) -> str:
    """The argument of a macro, without the gaps around it; "" where an optional one is missing."""
    argument = _arguments(node)[index]
    return "" if argument is None else _write([argument]).strip(SOFT)


def _arguments(node: LatexNode) -> list[LatexNode | None]:
    if node.nodeargd is None or not node.nodeargd.argnlist:
        raise LatexError(f"{node.latex_verbatim()} lacks its argument")
    return list(node.nodeargd.argnlist)


def _words(nodes: Iterable[LatexNode]) -> str:
    text = ""
    for node in nodes:
        match node:
            case LatexCharsNode():
                text += literal(node.chars)
            case LatexGroupNode():
                text += _words(node.nodelist)
            case _:
                text += _write_node(node)
    return text


def _attach(text: str, script: str) -> str:
    """`script` set on the last character of `text`, before the gaps that follow it."""
    base = text.rstrip(SOFT)
    return base + script + text[len(base) :]


def _script(mark: str, body: str) -> str:
    """`body` in Unicode's small characters where it has them all, else behind `_` or `^`."""
    table = SUBSCRIPTS if mark == "_" else SUPERSCRIPTS
    plain = without_gaps(body)
    if plain and all(ord(character) in table for character in plain):
        return plain.translate(table)
    if len(plain) == 1 or re.fullmatch(MARKED_LETTER, plain) or (mark == "_" and plain.isalnum()):
        return mark + plain + NAME_END
    return f"{mark}({body})"


def _root(index: str, body: str) -> str:
    degree = _script("^", index) if index else ""
    return f"{degree}√{body}" if is_atom(body) else f"{degree}√({body})"


def _accent(name: str, base: str) -> str:
    mark = ACCENTS[name]
    if re.fullmatch(rf"{MARKED_LETTER}{SCRIPTS}", base):
        return unicodedata.normalize("NFC", base[0] + mark) + base[1:]
    if name in ("overline", "underline", "bar"):
        line = ACCENTS["overline"] if name == "bar" else mark
        return "".join(character + line for character in without_gaps(base))
    return f"{name.removeprefix('wide')}({base})"


def _in_alphabet(name: str, character: str) -> str:
    if not (character.isascii() and character.isalpha()):
        return character
    letter = f"{'CAPITAL' if character.isupper() else 'SMALL'} {character.upper()}"
    for alphabet in ALPHABETS[name]:
        try:
            return unicodedata.lookup(f"{alphabet} {letter}")
        except KeyError:
            continue
    raise LatexError(rf"\{name}{{{character}}} is not in Unicode")


def _write_environment(node: LatexEnvironmentNode) -> str:
    name = str(node.environmentname)
    if name in LINES:
        return _write(node.nodelist)
    if name in MATRICES:
        rows = (f"[{f',{GAP}'.join(row)}]" for row in _table(node.nodelist))
        return f"[{f',{GAP}'.join(rows)}]"
    if name in CASES:
        rows = (f"{HARD_SPACE * 2}".join(row) for row in _table(node.nodelist))
        return f"{{{f';{HARD_SPACE}'.join(rows)}}}"
    raise LatexError(f"the environment {name} is not known")


def _table(nodes: Iterable[LatexNode]) -> list[list[str]]:
    """The cells of an environment, row by row, each without the comma that ends it."""
    rows: list[list[list[LatexNode]]] = [[[]]]
    for node in nodes:
        match node:
            case LatexSpecialsNode(specials_chars="&"):
                rows[-1].append([])
            case LatexMacroNode(macroname="\\"):
                rows.append([[]])
            case _:
                rows[-1][-1].append(node)
    written = [[_write(cell).strip(f"{SOFT},") for cell in row] for row in rows]
    return [row for row in written if any(row)]
