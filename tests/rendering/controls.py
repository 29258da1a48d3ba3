"""Characters that a terminal obeys, for tests of what is shown; and texts that are full of them."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

C0_AND_C1 = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))}
BIDIRECTIONAL = {*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
CONTROLS = C0_AND_C1 | BIDIRECTIONAL

# Every control, and what writes the clipboard of a terminal that is shown it.
NASTY = "가" + "".join(sorted(CONTROLS - {*"\0\r\n\t"})) + "\x1b]52;c;aGkh\x07 b&lrm;&#x202e;&#12;c"


def texts(without: str = "") -> st.SearchStrategy[str]:
    """Texts of a letter, and then of letters, controls and sequences of both; some left out."""
    pieces = [*"ab 가`", "\x1b]52;c;aGkh\x07", "\x1b[2J", "&#x202e;", "&rlm;", *sorted(CONTROLS)]
    kept = [piece for piece in pieces if not set(piece) & set(without)]
    return st.lists(st.sampled_from(kept), min_size=1, max_size=8).map(
        lambda some: "가" + "".join(some)
    )


def controls_in(shown: str, allowed: str = "") -> list[str]:
    """The controls in a text, by their code points."""
    found = sorted(set(shown) & CONTROLS - set(allowed))
    return [f"U+{ord(character):04X} {unicodedata.category(character)}" for character in found]
