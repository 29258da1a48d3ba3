"""What stands around code that is no part of the run: it reads nothing, and writes to itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO, TextIOBase

from engine.lesson.printable import printable

_MOST_TEXT = 4096
# A tensor with more values is told by those at its edges.
_MOST_VALUES = 120
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-_])")


class Printed(TextIOBase):
    """Keeps the beginning of what is written, and takes the rest without a word."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def write(self, text: str) -> int:
        """Take a text, of which nothing may be kept."""
        if len(self.text) <= _MOST_TEXT:
            self.text += text[: _MOST_TEXT + 1]
        return len(text)


@contextmanager
def kept_to_itself(printed: Printed) -> Iterator[None]:
    """What is written goes to `printed`, no line can be read, and no debugger takes over."""
    stdin, hook, tracer = sys.stdin, sys.breakpointhook, sys.gettrace()
    sys.stdin, sys.breakpointhook = StringIO(), lambda *_, **__: None
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            yield
    finally:
        sys.stdin, sys.breakpointhook = stdin, hook
        if sys.gettrace() is not tracer:
            sys.settrace(tracer)


@contextmanager
def few_values_of_tensors() -> Iterator[None]:
    """A context in which torch writes only the edges of a tensor of many values."""
    if "torch" not in sys.modules:
        yield
        return
    from torch._tensor_str import PRINT_OPTS

    before = PRINT_OPTS.threshold
    PRINT_OPTS.threshold = min(before, _MOST_VALUES)
    try:
        yield
    finally:
        # It may have been what was asked that something else counts from now on.
        if min(before, _MOST_VALUES) == PRINT_OPTS.threshold:
            PRINT_OPTS.threshold = before


def showable(text: str) -> str:
    """Text of at most some KiB in which nothing moves a cursor."""
    clean = printable(_SEQUENCE.sub("", text)).rstrip("\n").expandtabs(4)
    return clean if len(clean) <= _MOST_TEXT else f"{clean[:_MOST_TEXT]} …"
