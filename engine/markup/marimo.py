"""A notebook of marimo's: a program in which each cell is a function, run in an order of its own.

It knows text only: neither cells nor steps enter here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_APP = re.compile(r"^app = marimo\.App\(")


def is_marimo(lines: Sequence[str]) -> bool:
    """Whether a line makes what the cells of such a notebook belong to."""
    return any(map(_APP.match, lines))
