"""Reads what the learner watches where a run stands or comes by, and leaves no trace in it.

It is for the thread that runs the lesson.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from traceback import format_exception_only
from types import CodeType
from typing import TYPE_CHECKING, Any

from engine.kernel.aside import Printed, few_values_of_tensors, kept_to_itself, shortened
from engine.kernel.memory import let_frames_go
from engine.loops.alarm import Alarm
from engine.loops.interrupt import Interruptible
from engine.loops.motion import LessonStopped
from engine.loops.recorder import Recorder
from engine.protocol.frame import SeriesSnapshot
from engine.protocol.watching import Watch, WatchedValue, WatchTrouble
from engine.values.changes import compare, remember_with_buffers
from engine.values.randomness import RandomState
from engine.values.summary import number_of, summary_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_FILE = "<watched>"
# What reading may cost while a step runs: so many seconds at once, and so much of its time. All
# that is watched has an equal part of it, so that what takes long holds nothing else up.
_FREE_SECONDS = 0.1
_SHARE = 0.05
# How long one reading of all may take, in seconds, and up to when it is done without a time limit:
# an alarm costs more than most values.
_PATIENCE = 0.5
_QUICK = 0.002
_MOST_TEXT = 240

TextOf = Callable[[object], str]


class Watcher:
    """Reads the expressions that are watched in one run of a step, and keeps the curves of some.

    `watches` gives them as they are now. ``recorded`` are the names that the step itself records:
    one of them is on the curve already. `text_of` says what a value is that is no number.
    """

    def __init__(
        self,
        watches: Callable[[], tuple[Watch, ...]],
        recorded: Iterable[str],
        text_of: TextOf,
    ) -> None:
        self._watches = watches
        self._recorded = frozenset(recorded)
        self._text_of = text_of
        self._recorder = Recorder()
        self._newest: dict[str, int] = {}
        self._values: dict[str, WatchedValue] = {}
        self._codes: dict[str, CodeType] = {}
        self._harmless: set[str] = set()
        self._given_up: set[str] = set()
        self._seconds: dict[str, float] = {}
        self._interruptible = Interruptible()
        self._began = time.perf_counter()
        self._spent: dict[str, float] = {}

    # What frames tell

    @property
    def values(self) -> tuple[WatchedValue, ...]:
        """What was read last of each expression that is watched now."""
        texts = (watch.text for watch in self._watches())
        return tuple(self._values[text] for text in texts if text in self._values)

    def curves(self) -> tuple[SeriesSnapshot, ...]:
        """A copy of the curve of each expression that is on the curve now."""
        charted = self._charted()
        return tuple(
            replace(one, is_asked=True) for one in self._recorder.snapshot() if one.name in charted
        )

    # When to read

    @property
    def has_charted(self) -> bool:
        """Whether anything is on the curve."""
        return bool(self._charted())

    def due_for_curve(self) -> list[str]:
        """What is on the curve, and may be read within its share of a run that goes on."""
        return self._due([*self._charted()])

    def due(self) -> list[str]:
        """What of all that is watched may be read within its share of a run that goes on."""
        return self._due(self.all)

    @property
    def all(self) -> list[str]:
        """All expressions that are watched."""
        return [watch.text for watch in self._watches()]

    def _due(self, texts: list[str]) -> list[str]:
        elapsed = time.perf_counter() - self._began
        most = (_FREE_SECONDS + _SHARE * elapsed) / max(len(self._watches()), 1)
        return [text for text in texts if self._spent.get(text, 0.0) <= most]

    def _charted(self) -> dict[str, None]:
        return {
            watch.text: None
            for watch in self._watches()
            if watch.is_charted and watch.text not in self._recorded
        }

    # Reading

    def read(
        self, texts: list[str], names: Mapping[str, object], position: int, *, is_end: bool
    ) -> None:
        """Read these; `is_end` where an iteration has ended, and not in its midst."""
        began, process = time.perf_counter(), os.getpid()
        before = RandomState.now()
        try:
            with kept_to_itself(Printed()), few_values_of_tensors(), _no_graph():
                for text in texts:
                    if text not in self._given_up:
                        self._values[text] = self._value_of(text, names, position)
                        began = self._note_time(text, began)
        finally:
            before.restore()
        if os.getpid() != process:
            # One of them has forked: this is the end of its child.
            os._exit(0)
        if is_end:
            self._record(texts, position)

    def _note_time(self, text: str, began: float) -> float:
        """Note what a reading has cost, the first of several with what stands around them."""
        now = time.perf_counter()
        self._spent[text] = self._spent.get(text, 0.0) + now - began
        return now

    def _record(self, texts: list[str], position: int) -> None:
        charted = self._charted()
        for text in texts:
            value = self._values.get(text)
            if value is None or value.position != position or value.number is None:
                continue
            if text in charted and position > self._newest.get(text, 0):
                self._newest[text] = position
                self._recorder.record(text, position, value.number)

    def _value_of(self, text: str, names: Mapping[str, object], position: int) -> WatchedValue:
        """Read one; what changes what it looks at is found where it is read first."""
        before = None if text in self._harmless else remember_with_buffers(names)
        value = self._evaluated(text, names, position)
        if before is not None:
            changed = compare(before, remember_with_buffers(names)).names
            if changed:
                self._given_up.add(text)
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
            self._given_up.add(text)
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


def _no_graph() -> AbstractContextManager[Any]:
    """A context in which torch notes nothing for a backward pass."""
    torch = sys.modules.get("torch")
    return nullcontext() if torch is None else torch.no_grad()


def _told(error: BaseException) -> str:
    return _in_a_line("".join(format_exception_only(error)).rstrip("\n").split("\n")[-1])


def _in_a_line(text: str) -> str:
    line = " ".join(shortened(text).split())
    return line if len(line) <= _MOST_TEXT else f"{line[:_MOST_TEXT]} …"
