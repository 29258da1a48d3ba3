"""The words of a lesson's drawings in other languages, as a table; no file is read here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

PLACE = "{}"


@dataclass(frozen=True, slots=True)
class DrawingWords:
    """For each language, each text as it is drawn and what is drawn in its place.

    A text has a place ``{}`` for all that changes, such as a number. What stands there is put into
    the places of its translation, which may be numbered from 0: `{1}, {0}`.
    """

    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def said(self, text: str, language: str) -> str:
        """The text in this language, or as it is where the table does not have it."""
        found = self.find(text, language)
        return text if found is None else found

    def find(self, text: str, language: str) -> str | None:
        """The text in this language, with the blanks around it; None where the table has none.

        Of several that it may be, it is the one of which it has most letters.
        """
        table = self.tables.get(language, {})
        inside = text.strip()
        fitting = [written for written in table if _pattern(written).fullmatch(inside)]
        if not inside or not fitting:
            return None
        written = max(fitting, key=lambda one: len(one.replace(PLACE, "")))
        found = _pattern(written).fullmatch(inside)
        assert found is not None
        before, _, after = text.partition(inside)
        return f"{before}{table[written].format(*found.groups())}{after}"

    def fixed_parts(self) -> set[str]:
        """Of each text that a table has, the longest part that never changes, if there is one."""
        written = {one for table in self.tables.values() for one in table}
        return {max(one.split(PLACE), key=len) for one in written} - {""}


@lru_cache(maxsize=1024)
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, written.split(PLACE))))
