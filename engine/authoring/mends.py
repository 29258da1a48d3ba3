"""What is told of a lesson: a finding and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.lesson.findings import Finding
from engine.lesson.printable import printable_line


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
        """What is wrong and the mend, on one line."""
        return " ".join(self.finding.message.split())

    def __str__(self) -> str:
        place = str(self.path) if self.line is None else f"{self.path}:{self.line}"
        return printable_line(f"{place}: {self.message}")
