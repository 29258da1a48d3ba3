"""Text of a file as it may be shown: nothing in it moves a cursor, or turns what is read around.

A terminal obeys control characters wherever they come from: a title could write the clipboard, and
one with U+202E be read backwards. They leave nothing behind in prose and titles; in code, where
each character counts, what draws it puts a dot in the place of each.

Titles, prose, questions, hints and messages are cleaned where a file becomes a lesson, so that what
shows them need not think of it. Code and paths stay what they are, and are cleaned where they are
shown.
"""

from __future__ import annotations

import html
import re


def printable(text: str) -> str:
    """`text` without C0 and C1 controls, line separators and bidirectional controls.

    Line feeds and tabs stay. Halves of a surrogate pair, which no terminal can be sent, become
    U+FFFD.
    """
    if text.isprintable():
        return text
    return _CONTROL.sub(lambda match: "\ufffd" if match[0] >= "\ud800" else "", text)


def printable_line(text: str) -> str:
    """The same on one line: what breaks a line, and tabs, become one space; none at either end."""
    return printable(_BREAK.sub(" ", text)).strip()


def printable_markdown(text: str) -> str:
    """The same as `printable`, also of controls that Markdown would make of `&lrm;` or `&#x202e;`.

    The lines stay where they are.
    """
    return _REFERENCE.sub(_harmless, printable(text))


# "\ud800" to "\udfff" lie above all others here: `printable` tells them by that.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BREAKS = "\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
_BREAK = re.compile(f" *[{_BREAKS}][{_BREAKS} ]*")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")


def _harmless(reference: re.Match[str]) -> str:
    return reference[0] if printable(html.unescape(reference[0])) else ""
