"""What the learner watches in the runs of each step: kept, put on the curve, taken off; no widget.

What cannot be done is said in words, and changes nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection
from dataclasses import replace

from engine.client.remote_session import RemoteSession
from engine.code.curves import guessed_names
from engine.lesson.model import Lesson
from engine.protocol.frame import Frame
from engine.protocol.watching import MOST_WATCHED, Watch, WatchedValue, WatchTrouble
from tui.language.catalogue import Translate
from tui.player.works import Works
from tui.words.watched import WatchedRow, trouble_of


class Watching:
    """The expressions of each step, which its session reads."""

    def __init__(self, lesson: Lesson, session: RemoteSession, works: Works) -> None:
        self._lesson = lesson
        self._session = session
        self._works = works
        for step, work in works:
            if work.watches:
                session.watch(step, work.watches)

    def of(self, step: int) -> tuple[Watch, ...]:
        """What is watched in a step, in the order in which it was kept."""
        return self._works.of(step).watches

    def rows(self, step: int, frame: Frame | None) -> list[WatchedRow]:
        """What is watched in a step, with what its newest frame says of each."""
        values = {} if frame is None else {one.text: one for one in frame.watched}
        places = {name: place for place, name in enumerate(_names_of_curves(frame))}
        recorded = self._recorded(step)
        return [
            WatchedRow(
                watch.text,
                watch.is_charted or watch.text in recorded,
                places.get(watch.text),
                values.get(watch.text),
            )
            for watch in self.of(step)
        ]

    def keep(self, step: int, text: str, translate: Translate) -> str:
        """Watch an expression from now on; in words why not, where that cannot be."""
        text, watches = " ".join(text.split("\n")).strip(), self.of(step)
        if not text:
            return translate("Write what to watch: an expression, as cost * 2.")
        if not _is_expression(text):
            return translate("Only an expression can be watched, as cost * 2 or W.norm().")
        if any(watch.text == text for watch in watches):
            return translate("{text} is watched already.").format(text=text)
        if len(watches) == MOST_WATCHED:
            words = translate("{count} are watched in this step, the most there can be.")
            return words.format(count=MOST_WATCHED)
        self._watch(step, (*watches, Watch(text)))
        return ""

    def delete(self, step: int, text: str) -> None:
        """Watch an expression no more."""
        self._watch(step, tuple(watch for watch in self.of(step) if watch.text != text))

    def turn_curve(self, step: int, text: str, frame: Frame | None, translate: Translate) -> str:
        """Put an expression on the curve, or take it off; in words why not, where it cannot be."""
        if text in self._recorded(step):
            return translate("The step has {text} on its curve already.").format(text=text)
        watch = next(one for one in self.of(step) if one.text == text)
        if not watch.is_charted:
            values = () if frame is None else frame.watched
            value = next((one for one in values if one.text == text), None)
            why_not = "" if value is None else _why_no_curve(value, translate)
            if why_not:
                return why_not
        turned = replace(watch, is_charted=not watch.is_charted)
        self._watch(step, tuple(turned if one is watch else one for one in self.of(step)))
        return ""

    def _watch(self, step: int, watches: tuple[Watch, ...]) -> None:
        self._works.watch(step, watches)
        self._session.watch(step, watches)

    def _recorded(self, step: int) -> Collection[str]:
        """The names that the step records itself."""
        cell = self._lesson.steps[step].cell
        if cell is None:
            return ()
        return guessed_names(cell.source) if cell.watch is None else cell.watch


def _names_of_curves(frame: Frame | None) -> list[str]:
    if frame is None:
        return []
    return [one.name for one in frame.curves] or [one.name for one in frame.series]


def _why_no_curve(value: WatchedValue, translate: Translate) -> str:
    if value.trouble in (WatchTrouble.TOO_LONG, WatchTrouble.CHANGES):
        return f"{value.text}: {trouble_of(value, translate)}"
    if value.trouble is None and value.number is None:
        words = translate("{text} is not one number: watch one of it, as W.norm() or len(costs).")
        return words.format(text=value.text)
    return ""


def _is_expression(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<watched>", "eval", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
