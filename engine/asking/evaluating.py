"""Evaluates an expression that is watched: within a time limit, and what it changes is found.

It is for the thread that runs the lesson.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from traceback import format_exception_only
from types import CodeType
from typing import Any

from engine.asking.aside import showable
from engine.errors.memory import let_frames_go
from engine.protocol.watching import WatchedValue, WatchTrouble
from engine.stopping.alarm import Alarm
from engine.stopping.exceptions import LessonStopped
from engine.stopping.interruptible import Interruptible
from engine.values.changes import compare, remember_with_buffers
from engine.values.summary import number_of, summary_of

_FILE = "<watched>"
# How long it may take, in seconds, and up to when it is done without a time limit: an alarm costs
# more than most values.
_PATIENCE = 1.0
_QUICK = 0.002
_MOST_TEXT = 240

TextOf = Callable[[object], str]


class Evaluator:
    """Evaluates expressions in the names that it is given; `text_of` tells what is no number.

    ``given_up`` are those that took too long, or changed what they looked at.
    """

    def __init__(self, text_of: TextOf) -> None:
        self.given_up: set[str] = set()
        self._text_of = text_of
        self._codes: dict[str, CodeType] = {}
        self._harmless: set[str] = set()
        self._seconds: dict[str, float] = {}
        self._interruptible = Interruptible()

    def value_of(self, text: str, names: Mapping[str, object], position: int) -> WatchedValue:
        """Read one; what changes what it looks at is found where it is read first."""
        before = None if text in self._harmless else remember_with_buffers(names)
        value = self._evaluated(text, names, position)
        if before is not None:
            changed = compare(before, remember_with_buffers(names)).names
            if changed:
                self.given_up.add(text)
                said = _in_a_line(", ".join(changed))
                return WatchedValue(text, position, said=said, trouble=WatchTrouble.CHANGES)
            if value.trouble is None:
                self._harmless.add(text)
        return value

    def _evaluated(self, text: str, names: Mapping[str, object], position: int) -> WatchedValue:
        # What it assigns goes to a copy of the names.
        reading = _Reading(text, self._codes, dict(names), self._text_of)
        is_quick = self._seconds.get(text, _QUICK) < _QUICK
        began = time.perf_counter()
        alarm = None if is_quick else Alarm(self._interruptible, _PATIENCE)
        try:
            error = self._interruptible.run(reading.read)
        finally:
            if alarm is not None:
                alarm.switch_off()
        self._seconds[text] = time.perf_counter() - began
        if error is None:
            return WatchedValue(text, position, reading.number, _in_a_line(reading.said))
        is_too_long = alarm is not None and alarm.has_rung
        if isinstance(error, LessonStopped) and not is_too_long:
            # It is the run that is to stop.
            raise error
        said = "" if is_too_long else _told(error)
        let_frames_go(error)
        if is_too_long:
            self.given_up.add(text)
            return WatchedValue(text, position, trouble=WatchTrouble.TOO_LONG)
        return WatchedValue(text, position, said=said, trouble=WatchTrouble.RAISED)


class _Reading:
    """One expression that is read once: its value as a number, and what is said of it."""

    def __init__(
        self, text: str, codes: dict[str, CodeType], names: dict[str, object], text_of: TextOf
    ) -> None:
        self.number: float | None = None
        self.said = ""
        self._text = text
        self._codes = codes
        self._names = names
        self._text_of = text_of

    def read(self) -> BaseException | None:
        """Read it; what it raised."""
        try:
            self._read()
        except BaseException as error:
            return error
        return None

    def _read(self) -> None:
        code = self._codes.get(self._text)
        if code is None:
            code = compile(self._text, _FILE, "eval", dont_inherit=True)
            self._codes[self._text] = code
        value: Any = eval(code, self._names)
        self.number = number_of(value)
        if self.number is None:
            self.said = summary_of(value) or self._text_of(value)
        elif type(value) in (bool, int):
            self.said = str(value)


def no_graph() -> AbstractContextManager[Any]:
    """A context in which torch notes nothing for a backward pass."""
    torch = sys.modules.get("torch")
    return nullcontext() if torch is None else torch.no_grad()


def _told(error: BaseException) -> str:
    return _in_a_line("".join(format_exception_only(error)).rstrip("\n").split("\n")[-1])


def _in_a_line(text: str) -> str:
    line = " ".join(showable(text).split())
    return line if len(line) <= _MOST_TEXT else f"{line[:_MOST_TEXT]} …"
