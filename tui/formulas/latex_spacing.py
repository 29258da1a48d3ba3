"""Where spaces and brackets stand in a formula; nothing here knows LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from tui.formulas.latex_tables import (
    BINARY,
    CLOSING,
    OPENING,
    RELATIONS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)

# Private-use characters, which no formula holds. A gap is a space that gives way at an edge, a
# name's end gives way before a bracket too, a hard space stays, and glue takes the gaps beside it.
GAP = "\ue000"
NAME_END = "\ue001"
HARD_SPACE = "\ue002"
NEW_LINE = "\ue003"
GLUE = "\ue004"
SOFT = GAP + NAME_END
LITERAL_BASE = 0xE100
LITERAL = {ord(character): LITERAL_BASE + ord(character) for character in "-+*/=<>~,;:.|()[]{}"}
FROM_LITERAL = {literal: character for character, literal in LITERAL.items()}

# What holds together without brackets; a pair of brackets counts as one character, GROUP.
GROUP = "\ue010"
MARKED_LETTER = r"[^\W\d_][\u0300-\u036f\u20d0-\u20ff]*"
SCRIPT_CHARACTERS = map(chr, {*SUPERSCRIPTS.values(), *SUBSCRIPTS.values()} - {ord(" ")})
SCRIPTS = f"[{re.escape(''.join(SCRIPT_CHARACTERS))}]*"
ATOM = re.compile(
    rf"√?(?:[\d.]+|[∂δΔd∇]?{SCRIPTS}{MARKED_LETTER}|\w+(?={GROUP}))?{SCRIPTS}"
    rf"(?:[_^](?:\w|{GROUP}))*{GROUP}?"
)


class Before(Enum):
    """What comes before a character: it decides whether a minus is a sign or an operator."""

    NOTHING = auto()
    OPERAND = auto()


def literal(text: str) -> str:
    """`text` as words rather than mathematics: its spaces stay, its hyphens are no minus."""
    return re.sub(r"\s", HARD_SPACE, text).translate(LITERAL)


def without_gaps(text: str) -> str:
    """`text` without a space that could give way."""
    plain = re.sub(f"[{SOFT}{GLUE}]", "", text)
    return plain.replace(HARD_SPACE, " ").translate(FROM_LITERAL)


def spaced(text: str) -> str:
    """`text` with spaces around relations and operators, and its marks resolved."""
    before = Before.NOTHING
    written: list[str] = []
    for character in text:
        piece, before = _place(character, before)
        written.append(piece)
    return _resolve("".join(written))


def is_compound(text: str) -> bool:
    """Whether `text` would fall apart if something were divided into it."""
    return any(character in f"{RELATIONS}{BINARY}/,{SOFT}" for character in _flat(text))


def is_atom(text: str) -> bool:
    r"""Whether `text` holds together by itself: 2, x², √v, p(x), ∂w."""
    return ATOM.fullmatch(_flat(text)) is not None


@dataclass(frozen=True, slots=True)
class Last:
    """What was written last, and where that begins: if it is a fraction, or falls apart."""

    begins: int = 0
    is_fraction: bool = False
    falls_apart: bool = False


def takes_what_follows(text: str) -> bool:
    """Whether only the numerator of a fraction behind `text` would belong to it."""
    return text.endswith(NAME_END) or text.rstrip(SOFT)[-1:] in ("/", "÷", "∂", "∇", "Δ")


def is_taken_into_a_denominator(text: str) -> bool:
    """Whether `text` behind a fraction could be read as a part of its denominator.

    Behind a number and a letter nobody reads a sum so: 1/n Σ x.
    """
    first = text.strip(SOFT)[:1]
    return (first.isalnum() and first not in "ΣΠ") or first in ("√", "!", "′")


def fraction(above: str, below: str) -> str:
    """`above/below`, each in brackets where it would fall apart."""
    left = f"({above})" if is_compound(above) else above
    right = below if is_atom(below) else f"({below})"
    return f"{GAP}{left}/{right}{GAP}"


def function_name(text: str) -> str:
    """A function's name stands apart from what it is applied to; a letter does not."""
    is_name = len(text) > 1 and text.isascii() and text.replace(HARD_SPACE, "").isalpha()
    return f"{GAP}{text}{NAME_END}" if is_name else text


def _flat(text: str) -> str:
    """`text` with each pair of brackets and what is in it as one character."""
    while True:
        flat = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|‖[^‖]*‖|\|[^|]*\|", GROUP, text)
        if flat == text:
            return flat
        text = flat


def _place(character: str, before: Before) -> tuple[str, Before]:
    if character in RELATIONS:
        return f"{GAP}{character}{GAP}", Before.NOTHING
    if character in BINARY and before is Before.OPERAND:
        return f"{GAP}{character}{GAP}", Before.NOTHING
    if character in BINARY:
        return f"{character}{GLUE}", Before.NOTHING
    if character in OPENING or character in ",;":
        return character, Before.NOTHING
    if character in "|‖" or character in SOFT + HARD_SPACE:
        return character, before
    return character, Before.OPERAND


def _resolve(text: str) -> str:
    text = re.sub(rf"{NAME_END}+(?=[(\[{{])", "", text)
    text = text.replace(NAME_END, GAP)
    text = re.sub(rf"{GAP}*({GLUE}|{HARD_SPACE}){GAP}*", r"\1", text)
    text = re.sub(rf"(?<=[{re.escape(OPENING)}]){GAP}+|{GAP}+(?=[{re.escape(CLOSING)}])", "", text)
    text = re.sub(f"{GAP}+", " ", text.strip(GAP))
    return text.replace(GLUE, "").replace(HARD_SPACE, " ").translate(FROM_LITERAL).strip()
