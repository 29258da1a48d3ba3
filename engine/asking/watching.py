"""Reads what the learner watches, where a run stands or comes by, and keeps curves of some of it.

It is for the thread that runs the lesson.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import FrameType

from engine.asking.aside import Printed, few_values_of_tensors, kept_to_itself
from engine.asking.evaluating import Evaluator, no_graph
from engine.code.curves import guessed_names
from engine.lesson.model import Cell
from engine.loops.recorder import Recorder
from engine.loops.runtime import LoopRuntime
from engine.notebook.shell import LessonShell
from engine.protocol.frame import SeriesSnapshot
from engine.protocol.places import Stand
from engine.protocol.watching import Watch, WatchedValue
from engine.stepping.stepping import StatementStepper
from engine.values.randomness import RandomState

# What reading may cost while a step runs: so many seconds of the processor at once, and so much of
# the run's time. What other programs take is no cost of it: a short run is read whole on a busy
# machine too. All that is watched has an equal part, so that what takes long holds nothing else up.
_FREE_SECONDS = 0.1
_SHARE = 0.05


class Watcher:
    """Reads the expressions that are watched in one run of a step.

    `watches` gives them as they are now. A name that the step itself records is on the curve
    already, and has no second one.
    """

    def __init__(
        self,
        watches: Callable[[], tuple[Watch, ...]],
        cell: Cell,
        shell: LessonShell,
        loops: LoopRuntime,
        stepper: StatementStepper,
    ) -> None:
        self._watches = watches
        self._recorded = guessed_names(cell.source) if cell.watch is None else {*cell.watch}
        self._names = shell.namespace
        self._loops = loops
        self._stepper = stepper
        self._evaluator = Evaluator(shell.text_of)
        self._recorder = Recorder()
        self._newest: dict[str, int] = {}
        self._values: dict[str, WatchedValue] = {}
        self._began = time.perf_counter()
        self._spent: dict[str, float] = {}
        self.heed()

    def heed(self) -> None:
        """Have what is on the curve now read as iterations end; for any thread."""
        self._loops.read_values = self._read_for_curve if self._charted() else None

    # What frames tell

    @property
    def values(self) -> tuple[WatchedValue, ...]:
        """What was read last of each expression that is watched now."""
        return tuple(self._values[text] for text in self._all() if text in self._values)

    def curves(self) -> tuple[SeriesSnapshot, ...]:
        """A copy of the curve of each expression that is on the curve now."""
        charted = self._charted()
        return tuple(
            replace(one, is_asked=True) for one in self._recorder.snapshot() if one.name in charted
        )

    # Reading

    def read_in_run(self, *, runs_on: bool) -> None:
        """Read all where the run stands; where it `runs_on`, what may take time of it now."""
        loops = self._loops
        is_inside = self._stepper.standing is not None
        has_ended = (
            not is_inside and loops.position > 0 and loops.boundary.stand is Stand.ITERATION_ENDS
        )
        texts = self._due(self._all()) if runs_on else self._all()
        self._read(texts, self._names_here, has_ended=has_ended)

    def read_after_run(self) -> None:
        """Read all in what the run has left; the curve has what was read as it ran."""
        self._read(self._all(), self._names_here, has_ended=False)

    def _read_for_curve(self, frame: FrameType) -> None:
        """Read what is on the curve, and may take time now, where an iteration ends in `frame`.

        Where that is of another file, the names are those of the lesson's code that leads there.
        """
        is_own = frame.f_globals is self._names
        names = partial(_names_in, frame) if is_own else self._names_here
        self._read(self._due(self._charted()), names, has_ended=True)

    def _read(
        self, texts: Sequence[str], names: Callable[[], Mapping[str, object]], *, has_ended: bool
    ) -> None:
        """Read these in the names; what an iteration that `has_ended` has left is for the curve."""
        texts = [text for text in texts if text not in self._evaluator.given_up]
        if not texts:
            return
        began, process, position = time.thread_time(), os.getpid(), self._loops.position
        numbers = RandomState.now()
        spent: dict[str, float] = {}
        try:
            with self._to_itself():
                seen = names()
                for text in texts:
                    start = time.thread_time()
                    self._values[text] = self._evaluator.value_of(text, seen, position)
                    spent[text] = time.thread_time() - start
        finally:
            numbers.restore()
        if os.getpid() != process:
            # One of them has forked: this is the end of its child.
            os._exit(0)
        if has_ended:
            self._record(texts, position)
        around = (time.thread_time() - began - sum(spent.values())) / len(texts)
        for text, seconds in spent.items():
            self._spent[text] = self._spent.get(text, 0.0) + seconds + around

    @contextmanager
    def _to_itself(self) -> Iterator[None]:
        """A context for code that is no part of the run."""
        with (
            self._loops.unhooked(),
            self._stepper.suspended(),
            kept_to_itself(Printed()),
            few_values_of_tensors(),
            no_graph(),
        ):
            yield

    def _record(self, texts: Sequence[str], position: int) -> None:
        charted = self._charted()
        for text in texts:
            number = self._values[text].number
            if text in charted and number is not None and position > self._newest.get(text, 0):
                self._newest[text] = position
                self._recorder.record(text, position, number)

    def _names_here(self) -> Mapping[str, object]:
        """The names where the worker stands: of the function that it is in, else the lesson's."""
        function = self._stepper.function_in(sys._getframe())
        return self._names if function is None else _names_in(function)

    # What is watched

    def _all(self) -> list[str]:
        return [watch.text for watch in self._watches()]

    def _charted(self) -> list[str]:
        charted = [watch.text for watch in self._watches() if watch.is_charted]
        return [text for text in charted if text not in self._recorded]

    def _due(self, texts: Sequence[str]) -> list[str]:
        """Those that may be read within their share of a run that goes on."""
        elapsed = time.perf_counter() - self._began
        most = (_FREE_SECONDS + _SHARE * elapsed) / max(len(self._watches()), 1)
        return [text for text in texts if self._spent.get(text, 0.0) <= most]


def _names_in(frame: FrameType) -> Mapping[str, object]:
    """The names that code in a frame sees."""
    if frame.f_locals is frame.f_globals:
        return frame.f_globals
    return {**frame.f_globals, **frame.f_locals}
