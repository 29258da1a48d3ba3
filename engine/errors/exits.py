"""What code means that ends its program: `sys.exit`, `quit` and the like; nothing ends here."""

from __future__ import annotations

import sys

from engine.errors.tracebacks import line_of
from engine.protocol.outcomes import Exit


def exit_of(leaving: SystemExit, lesson_path: str) -> Exit:
    """The status that Python would leave with; a text goes to the errors first, as there."""
    status = leaving.code
    if status is not None and not isinstance(status, int):
        print(status, file=sys.stderr)
        status = 1
    # What a shell sees of a status is its last byte.
    return Exit((status or 0) & 0xFF, line_of(leaving, lesson_path))
