"""What is told of a lesson: a finding and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.lesson.findings import Finding
from engine.lesson.printable import printable_line
from engine.lesson.sentences import Translate


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to mend: `str()` is one printable line, `path:line: what is wrong; the mend`.

    ``line`` counts from 1, and is None where no line is at fault.
    """

    path: Path
    line: int | None
    finding: Finding

    @property
    def message(self) -> str:
        """What is wrong and the mend, in English."""
        return self.message_in(str)

    def message_in(self, translate: Translate) -> str:
        """What is wrong and the mend, translated, on one line."""
        return printable_line(" ".join(self.finding.said(translate).split()))

    def said(self, translate: Translate) -> str:
        """The whole line, translated."""
        place = str(self.path) if self.line is None else f"{self.path}:{self.line}"
        return f"{printable_line(place)}: {self.message_in(translate)}"

    def __str__(self) -> str:
        return self.said(str)
