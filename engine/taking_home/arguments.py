"""The arguments that a session's program was given, as lines that a file begins with."""

from __future__ import annotations

from collections.abc import Sequence

from engine.taking_home.session import Words


def argument_lines(arguments: Sequence[str], words: Words, *, may_be_given: bool) -> list[str]:
    """What the first cell begins with, so that its program finds them in `sys.argv`.

    `may_be_given` has others that the file is started with count in their place.
    """
    if not arguments:
        return []
    given = (
        ["if len(sys.argv) == 1:", f"    sys.argv += {[*arguments]!r}"]
        if may_be_given
        else [f"sys.argv[1:] = {[*arguments]!r}"]
    )
    return [f"# {words.arguments}", "import sys", "", *given, ""]
