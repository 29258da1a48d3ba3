"""A line of Markdown as the words that it shows, for lists and titles, which have no marks."""

from __future__ import annotations

import html
import re

from engine.lesson.printable import printable_line

_ADDRESS = r"https?://[^\s<>()]+"
_FORMULA = r"\$(?!\s)(?:\\.|[^\\$])+(?<!\s)\$(?!\d)"
# Code comes first, and is passed over by all else; then what is escaped, formulas, addresses, and
# pictures that are links, as "Open in Colab" is, of which nothing is said.
_MARKS = re.compile(
    rf"""
      (?::[a-zA-Z:+-]+:)?(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | \\(?P<escaped>[!-/:-@\[-`{{-~])
    | (?P<formula>{_FORMULA})
    | (?P<bare>{_ADDRESS})
    | (?P<badge>\[!\[[^]]*\]\([^)]*\)\]\([^)]*\))
    | !\[(?P<picture>[^]]*)\](?:\([^)]*\)|\[[^]]*\])
    | (?<!\w)\[(?P<link>(?:\\.|[^][\\]|\[[^]]*\])+)\](?:\((?:<[^>]*>|[^()]|\([^()]*\))*\)|\[[^]]*\])
    | <(?P<address>[a-zA-Z][a-zA-Z0-9+.-]+:[^\s<>]*)>
    | <(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?>(?P<tagged>.*?)</(?P=tag)\s*>
    | (?P<break><br\s*/?>)
    | (?<![\w*])\*\*(?=[^\s*])(?P<strong>.+?)(?<=[^\s*])\*\*(?!\*)
    | (?<![\w*])\*\*\*(?=[^\s*])(?P<both>.+?)(?<=[^\s*])\*\*\*(?!\*)
    | (?<![\w*])\*(?=[^\s*])(?P<stressed>.+?)(?<=[^\s*])\*(?![\w*])
    | (?<!\w)__(?!\w+__)(?=\S)(?P<bold>.+?)(?<=\S)__(?!\w)
    | (?<!\w)_(?=[^\s_])(?P<slanted>.+?)(?<=[^\s_])_(?!\w)
    | ~~(?=\S)(?P<struck>.+?)(?<=\S)~~
    """,
    re.VERBOSE,
)
_HELD = ("link", "tagged", "strong", "both", "stressed", "bold", "slanted", "struck")
_BLANKS = re.compile(r"\s+")


def plain_line(markdown: str) -> str:
    """The words of a line of Markdown or of a comment, without the marks around them.

    A link is its text, a picture what is said of it; formulas stay as they are, and so does what
    only looks like a mark: `r*sin(x), r*cos(x)`, `**kwargs`, `__init__`.
    """
    return printable_line(_BLANKS.sub(" ", _without_marks(markdown)))


def as_heading(title: str) -> str:
    """A title as Markdown that shows it as it is: what would be a mark is escaped."""
    return _SPECIAL.sub(lambda mark: mark["kept"] or f"\\{mark[0]}", title)


_SPECIAL = re.compile(
    rf"(?P<kept>{_FORMULA}|{_ADDRESS})|[\\`*\[\]<>$~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)"
)


def _without_marks(text: str) -> str:
    pieces = []
    at = 0
    for mark in _MARKS.finditer(text):
        pieces += [html.unescape(text[at : mark.start()]), _shown(mark)]
        at = mark.end()
    return "".join([*pieces, html.unescape(text[at:])])


def _shown(mark: re.Match[str]) -> str:
    given = mark.groupdict()
    if given["code"] is not None:
        return given["code"]
    for name in ("escaped", "formula", "bare", "address"):
        if given[name] is not None:
            return given[name]
    if given["picture"] is not None:
        return html.unescape(given["picture"])
    return next((_without_marks(given[name]) for name in _HELD if given[name] is not None), " ")
