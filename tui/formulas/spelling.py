"""Signs written out in ASCII, as `alpha`, `x^2` and `->`: for text that is not laid out yet.

What stays because no word stands for it, `in_ascii` draws cell for cell. No widget may enter.
"""

from __future__ import annotations

import re
import unicodedata

from tui.formulas.latex_tables import ACCENTS, SUBSCRIPTS, SUPERSCRIPTS

_SIGNS = {
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "⇒": "=>",
    "⇐": "<=",
    "⇔": "<=>",
    "↦": "|->",
    "⟶": "->",
    "⟵": "<-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~=",
    "≃": "~=",
    "≅": "~=",
    "≡": "==",
    "≔": ":=",
    "≪": "<<",
    "≫": ">>",
    "±": "+-",
    "∓": "-+",
    "×": "x",
    "−": "-",
    "∂": "d",
    "∇": "grad ",
    "∞": "inf",
    "∈": "in",
    "∉": "not in",
    "∑": "sum",
    "∏": "prod",
    "∫": "int",
    "∝": "prop. to",
    "‖": "||",
    "⊤": "T",
    "′": "'",
    "…": "...",
    "⋯": "...",
    "⟨": "<",
    "⟩": ">",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "°": " deg",
}
# In prose a point in the middle of a line stands between words.
_OPERATORS = {"·": "*", "⋅": "*", "∗": "*", "⊙": "*", "∘": "o", "Σ": "sum", "Π": "prod"}
_FUNCTIONS = "∇√∂"
_KEYS = {"⇧": "shift+", "←": "left", "→": "right", "↑": "up", "↓": "down"}
_PHRASES = {"한국어": "Korean"}

_NOT_RAISED = "°′ "
_RAISED = {
    chr(small): chr(plain)
    for plain, small in reversed(SUPERSCRIPTS.items())
    if chr(small) not in _NOT_RAISED
}
_LOWERED = {
    chr(small): chr(plain)
    for plain, small in reversed(SUBSCRIPTS.items())
    if chr(small) not in _NOT_RAISED
}
_ACCENT_NAMES = {mark: name for name, mark in reversed(ACCENTS.items())}
_UP, _DOWN = re.escape("".join(_RAISED)), re.escape("".join(_LOWERED))

_ROOT = re.compile(
    rf"(?P<degree>[{_UP}]*)√(?P<body>[^\W_]+(?:_(?:{'|'.join(ACCENTS)}))?[{_DOWN}]*)?"
)
_SCRIPTS = re.compile(rf"(?P<raised>[{_UP}]+)|(?P<lowered>[{_DOWN}]+)")
_GREEK = re.compile(r"[\u0391-\u03c9\u03d1\u03d5\u03d6\u03f1\u03f5]+")
_TIMES = re.compile(r"(?<=[\d)] )·(?= [\d(])")


def spelled(text: str) -> str:
    """`text` of prose with its signs written out; letters with accents stay."""
    if text.isascii():
        return text
    text = _ROOT.sub(_root, _TIMES.sub("*", text))
    text = _GREEK.sub(_names, text)
    text = _SCRIPTS.sub(_script, text)
    return "".join(_SIGNS.get(character, character) for character in text)


def spelled_formula(text: str) -> str:
    """A formula in ASCII."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    marked = "".join(
        f"_{_ACCENT_NAMES[part]}" if part in _ACCENT_NAMES else _OPERATORS.get(part, part)
        for part in parts
    )
    return spelled(marked)


def spelled_words(text: str) -> str:
    """Words of the interface, in which an arrow is the name of a key."""
    if text.isascii():
        return text
    text = _PHRASES.get(text, text)
    return spelled("".join(_KEYS.get(character, character) for character in text))


def _root(match: re.Match[str]) -> str:
    degree = "".join(_RAISED[character] for character in match["degree"])
    name = f"root_{degree}" if degree else "sqrt"
    return f"{name}({match['body']})" if match["body"] else name


def _script(match: re.Match[str]) -> str:
    mark, table = ("^", _RAISED) if match["raised"] else ("_", _LOWERED)
    body = "".join(table[character] for character in match[0])
    return f"{mark}{body}" if body.isalnum() else f"{mark}({body})"


def _names(match: re.Match[str]) -> str:
    """Greek letters by their names, apart from letters and digits beside them."""
    before = match.string[: match.start()][-1:]
    after = match.string[match.end() :][:1]
    names = " ".join(_name(letter) for letter in match[0])
    left = " " if before.isalnum() and before not in _LOWERED and before not in _RAISED else ""
    right = " " if (after and after in _FUNCTIONS) or (after.isascii() and after.isalnum()) else ""
    return f"{left}{names}{right}"


def _name(letter: str) -> str:
    """The name of a Greek letter, with a capital where it is one."""
    name = unicodedata.name(letter).replace(" SYMBOL", "").split(" WITH ")[0].split()[-1].lower()
    name = {"lamda": "lambda"}.get(name, name)
    return name.capitalize() if letter.isupper() else name
