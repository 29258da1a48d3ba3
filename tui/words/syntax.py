"""What Python says of a line that it cannot read, in the learner's language."""

from __future__ import annotations

import re
from functools import cache

from tui.language.catalogue import Translate

MESSAGES = (
    "invalid syntax",
    "invalid syntax. Perhaps you forgot a comma?",
    "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
    "invalid syntax. Maybe you meant '{meant}' instead of '{written}'?",
    "'{sign}' was never closed",
    "unmatched '{sign}'",
    "closing parenthesis '{sign}' does not match opening parenthesis '{opening}'",
    "closing parenthesis '{sign}' does not match opening parenthesis '{opening}' on line {line}",
    "expected '{sign}'",
    "expected an indented block after '{word}' statement on line {line}",
    "expected an indented block after {what} on line {line}",
    "expected 'except' or 'finally' block",
    "unexpected indent",
    "unindent does not match any outer indentation level",
    "inconsistent use of tabs and spaces in indentation",
    "unterminated string literal (detected at line {line})",
    "unterminated f-string literal (detected at line {line})",
    "unterminated triple-quoted string literal (detected at line {line})",
    "unterminated triple-quoted f-string literal (detected at line {line})",
    "f-string: expecting '{sign}'",
    "cannot assign to {what} here. Maybe you meant '==' instead of '='?",
    "cannot assign to {what}",
    'expression cannot contain assignment, perhaps you meant "=="?',
    "Missing parentheses in call to '{name}'. Did you mean {name}(...)?",
    "positional argument follows keyword argument",
    "keyword argument repeated: {name}",
    "invalid decimal literal",
    "leading zeros in decimal integer literals are not permitted; "
    "use an 0o prefix for octal integers",
    "invalid character '{sign}' ({code})",
    "invalid non-printable character {code}",
    "unexpected character after line continuation character",
    "'{word}' outside function",
    "'{word}' outside loop",
    "'continue' not properly in loop",
    "too many nested parentheses",
    "too many statically nested blocks",
    "it is nested too deeply",
)
"""What Python says; what it fills in has a name. Where two would fit, the first is meant."""

KINDS = (
    *("function call", "literal", "expression", "comparison", "attribute", "subscript"),
    *("function definition", "class definition"),
)
"""What Python calls what it has read."""

_TOLD = re.compile(r"((?:Syntax|Indentation|Tab)Error: )(.+)", re.DOTALL)
_FIELD = re.compile(r"\\\{(\w+)\\\}")


def syntax_words(told: str, translate: Translate) -> str:
    """An error in one line; in Python's own words where they are none of those that are known."""
    found = _TOLD.fullmatch(told)
    if found is None:
        return told
    for message in MESSAGES:
        filled = _pattern(message).fullmatch(found[2])
        if filled is not None:
            said = {name: _kind(text, translate) for name, text in filled.groupdict().items()}
            return found[1] + translate(message).format(**said)
    return told


def _kind(text: str, translate: Translate) -> str:
    return translate(text) if text in KINDS else text


@cache
def _pattern(message: str) -> re.Pattern[str]:
    """What a message is when it is filled in; a name that comes again stands for the same."""
    seen: set[str] = set()

    def group(field: re.Match[str]) -> str:
        name = field[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.+?)"

    return re.compile(_FIELD.sub(group, re.escape(message)))
