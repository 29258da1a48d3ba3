"""Code that Python compiles to look at it: what it warns of there is the run's to say."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

# As `warnings.filterwarnings` makes them: of all that has no file, such as `<unknown>`.
_OF_NO_FILE = ("ignore", None, Warning, re.compile(r"<.*>\Z"), 0)


@contextmanager
def unwarned() -> Iterator[None]:
    """A context in which nothing is said of code that is compiled of a text, and of no file.

    Where a lesson runs, filters are not changed as `warnings` does it: that forgets which warnings
    have been said, and each that is to be said once would be said again.
    """
    filters: list[object] = warnings.filters  # type: ignore[assignment]
    filters.insert(0, _OF_NO_FILE)
    try:
        yield
    finally:
        filters.remove(_OF_NO_FILE)
