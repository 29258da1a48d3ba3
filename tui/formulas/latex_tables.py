"""What LaTeX's names look like in Unicode: tables alone, no function may enter."""

from __future__ import annotations

import re

SUPERSCRIPTS = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφϕχ∘⊤′* ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵠᵡ°ᵀ′∗ ",
)
SUBSCRIPTS = str.maketrans(
    "0123456789+-=()aehijklmnoprstuvxβγρφϕχ ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ ",
)

ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "underline": "\u0332",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "mathring": "\u030a",
}

# Alphabets by the words of their Unicode names: the second is for the letters that Unicode
# had before it took in the whole alphabet.
ALPHABETS = {
    "mathbb": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "mathcal": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "mathscr": ("MATHEMATICAL SCRIPT", "SCRIPT"),
}

PLAIN_STYLES = {
    "mathbf",
    "mathrm",
    "mathit",
    "mathsf",
    "mathtt",
    "boldsymbol",
    "bm",
    "pmb",
    "operatorname",
    "mathop",
}
TEXT_STYLES = {"text", "textrm", "textbf", "textit", "texttt", "textsf", "textnormal", "mbox"}
# What stands around a part of a formula, which a line of text has no use for.
FRAMES = {"underbrace", "overbrace", "boxed", "fbox"}
FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac", "nicefrac"}

# Where the library has no character for a name, or one that a reader would take for another.
SYMBOLS = {
    "sum": "Σ",
    "prod": "Π",
    "epsilon": "ε",
    "phi": "φ",
    "ne": "≠",
    "sim": "~",
    "ast": "*",
    "|": "‖",
    "lbrace": "{",
    "rbrace": "}",
    "degree": "°",
    "lt": "<",
    "gt": ">",
    "R": "ℝ",
    "N": "ℕ",
    "Z": "ℤ",
    "Q": "ℚ",
    "reals": "ℝ",
    "Reals": "ℝ",
    "iff": "⇔",
    "implies": "⇒",
    "gets": "←",
    "coloneqq": "≔",
    "argmax": "argmax",
    "argmin": "argmin",
    "arg": "arg",
    "det": "det",
    "dim": "dim",
    "gcd": "gcd",
    "ker": "ker",
    "Pr": "Pr",
    "bmod": "mod",
    "%": "%",
    "#": "#",
    "&": "&",
    "_": "_",
    "$": "$",
    "{": "{",
    "}": "}",
}
SPACES = {"quad": 2, "qquad": 4, ",": 1, ";": 1, ":": 1, " ": 1, "!": 0, "hspace": 1}
BIG_OPERATORS = {"sum", "prod", "coprod", "int", "iint", "iiint", "oint", "bigcup", "bigcap"}

RELATIONS = "=≠≈≃≅≡≔≤≥<>≪≫~∼∝∈∉∋⊂⊃⊆⊇←→↔⇐⇒⇔↦⟶⟵"
BINARY = "+-±∓×·⊙⊗⊕∘∪∩∧∨÷*∖"
OPENING = "([{⟨⌊⌈√"
CLOSING = ")]}⟩⌋⌉,;."

# Names that say how large or where, which a line of text has no use for.
IGNORED = re.compile(
    r"\\(?:left|right)\s*\.|\\(?:left|right|middle|[bB]igg?[lrm]?|displaystyle|textstyle|limits"
    r"|nolimits|nonumber|notag|scriptstyle|scriptscriptstyle|tiny|scriptsize|footnotesize|small"
    r"|normalsize|[lL]arge|LARGE|[hH]uge|bf|rm|it|tt|sf|cal|boldmath|unboldmath)(?![a-zA-Z])"
    r"|\\(?:label|color|textcolor|tag\*?)\s*\{[^{}]*\}|(?:\\\\\s*)+$"
)
# A style, a text or an accent with its argument, as a whole script: TeX needs no braces there.
_STYLED = "|".join(sorted(PLAIN_STYLES | TEXT_STYLES | ALPHABETS.keys() | ACCENTS.keys()))
STYLED_SCRIPT = re.compile(rf"([_^])\s*(\\(?:{_STYLED})\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})")
STACKED = {"underset": "_", "overset": "^", "stackrel": "^"}
MATRICES = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "smallmatrix", "array"}
CASES = {"cases", "dcases"}
LINES = {
    "aligned",
    "align",
    "align*",
    "equation",
    "equation*",
    "gather",
    "gathered",
    "gather*",
    "eqnarray",
    "eqnarray*",
    "flalign",
    "flalign*",
    "multline",
    "multline*",
    "split",
}
