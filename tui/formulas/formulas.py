"""Formulas in Markdown prose as text, in Unicode or in ASCII; no widget may enter."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from tui.formulas.spelling import spelled, spelled_formula

# In the order in which they are looked for: what is code or escaped is passed over. A formula is
# told from a price as pandoc does it ("tex_math_dollars"): no space inside the dollars, no digit
# after the second.
PROSE = re.compile(
    r"""
      (?P<fence> ^(?P<margin>[ \t>]*)(?P<ticks>`{3,}|~{3,})[^\n]*\n
                 (?:.*?^[ \t>]*(?P=ticks)[`~]*[ \t]*$ | .*\Z))
    | (?P<code> (?<!`)(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=tick)(?!`))
    | ^(?P<before>[ \t]*)(?P<environment>
        \\begin\{(?P<name>(?:equation|align|flalign|gather|multline|eqnarray)\*?)\}
        (?:(?!\n[ \t]*\n).)+?\\end\{(?P=name)\})[ \t]*(?:\n+|\Z)
    | (?P<escape> \\.)
    | ^(?P<indent>[ \t]*)\$\$(?P<alone>(?:(?!\n[ \t]*\n)(?:\\.|[^\\$]|\$(?!\$)))+?)\$\$
      [ \t]*(?:\n+|\Z)
    | \$\$(?P<display>(?:(?!\n[ \t]*\n)(?:\\.|[^\\$]))+)\$\$
    | \$(?!\s)(?P<inline>(?:(?!\n[ \t]*\n)(?:\\.|[^\\$]))+)(?<!\s)\$(?!\d)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
# Code stands in titles too, as `!cp $one/$two`: nothing of a word follows a formula.
_ENVIRONMENTS = "equation|align|flalign|gather|multline|eqnarray"
_IN_LINE = re.compile(
    r"(?<![\\$\w])(?:\$\$((?:\\.|[^\\$])+)\$\$|\$(?!\s)((?:\\.|[^\\$])+)(?<!\s)\$)(?![\w$])"
    rf"|(\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}.+?\\end\{{(?P=name)\}})"
)
SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#$]")
LIST_START = re.compile(r"^(\d*)([-+.)])", re.MULTILINE)


@lru_cache(maxsize=256)
def formulas_to_unicode(markdown: str) -> str:
    r"""`markdown` with each `$formula$` as Unicode text, and each `$$formula$$` as a quoted line.

    A display formula becomes a block quotation where it stands on lines of its own, and text
    within its line elsewhere; so does what LaTeX itself takes for one, as `\begin{align}`. Code,
    `\$` and prices stay as they are; so does, escaped so that it is shown as written, a formula
    that cannot be read. Nothing is raised.
    """
    if "$" not in markdown and "\\begin{" not in markdown:
        return markdown
    return PROSE.sub(partial(_replacement, spell=str), markdown)


@lru_cache(maxsize=256)
def formulas_to_ascii(markdown: str) -> str:
    """The same in ASCII, `x^2` and `alpha`, with the signs in the words between too.

    Code stays as it is, and so do the letters of a language. Nothing is raised.
    """
    written: list[str] = []
    end = 0
    for match in PROSE.finditer(markdown):
        written += spelled(markdown[end : match.start()]), _replacement(match, spelled_formula)
        end = match.end()
    return "".join([*written, spelled(markdown[end:])])


@lru_cache(maxsize=1024)
def formulas_in_line(line: str, *, in_ascii: bool = False) -> str:
    """A title or a summary, which is no Markdown, with each `$formula$` as text.

    What a shell or a price may mean, and what cannot be read, stays as it is. Nothing is raised.
    """

    def written(match: re.Match[str]) -> str:
        spell = spelled_formula if in_ascii else str
        latex = match[1] or match[2] or match[3]
        return _text_or(match[0], latex, spell).replace("\n", "; ")

    return _IN_LINE.sub(written, line) if "$" in line or "\\begin{" in line else line


def _replacement(match: re.Match[str], spell: Callable[[str], str]) -> str:
    if match["inline"] or match["display"]:
        return _one_line(match[0], match["inline"] or match["display"], spell)
    if match["alone"]:
        return _quotation(match[0].strip(), match["alone"], match["indent"], spell)
    if match["environment"]:
        return _quotation(match[0].strip(), match["environment"], match["before"], spell)
    return match[0]


def _one_line(written: str, latex: str, spell: Callable[[str], str]) -> str:
    return escape_markdown(_text_or(written, latex, spell).replace("\n", "; "))


def _quotation(written: str, latex: str, indent: str, spell: Callable[[str], str]) -> str:
    """A block quotation of one line for each line of the formula, a paragraph of its own."""
    lines = escape_markdown(_text_or(written, latex, spell)).splitlines()
    quoted = "\\\n".join(f"{indent}> {line}" for line in lines)
    return f"\n{quoted}\n\n"


def _text_or(written: str, latex: str, spell: Callable[[str], str]) -> str:
    # The parser comes with the first formula: prose without one never waits for it.
    from tui.formulas.latex import LatexError, latex_to_unicode

    try:
        return spell(latex_to_unicode(latex))
    except LatexError:
        return written


def escape_markdown(text: str) -> str:
    """`text` so that Markdown shows every character of it and reads none as markup."""
    return LIST_START.sub(r"\1\\\2", SPECIAL.sub(r"\\\g<0>", text))
