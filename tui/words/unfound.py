"""Names that a curve was asked for, and that no code of the lesson has: what to say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from tui.language.catalogue import Translate


def unfound_words(asked: Sequence[str], sources: Iterable[str], translate: Translate) -> str:
    """One sentence on what is in none of the sources, with the nearest name; "" for nothing."""
    known = {name for source in sources for name in re.findall(r"[^\W\d]\w*", source)}
    unfound = [one for one in asked if not set(one.split(".")) <= known]
    if not unfound:
        return ""
    told = translate("No code here has the name {names}, so it has no curve.")
    words = told.format(names=", ".join(unfound))
    near = get_close_matches(unfound[0], sorted(known), 1)
    if near:
        return f"{words} {translate('Is it {name}?').format(name=near[0])}"
    return words
