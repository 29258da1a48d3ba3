"""What the learner has asked in one lesson, and what came of the newest; no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.protocol.events import AskAnswered
from engine.protocol.outcomes import Death
from tui.language.catalogue import Translate, as_written


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Something that was asked, with its answer once it has come.

    ``is_lost`` where none will come, as the process has gone that was to give it: by ``death``, or
    because the run was left. ``gone`` is the step whose names went with it.
    """

    number: int
    text: str
    answer: AskAnswered | None = None
    is_lost: bool = False
    death: Death | None = None
    gone: int | None = None


class Asking:
    """All that was asked, oldest first, for as long as the lesson is open.

    ``translate`` is of the language that is on the screen.
    """

    def __init__(self) -> None:
        self.history: list[str] = []
        self.newest: Inquiry | None = None
        self.translate: Translate = as_written
        self._number = 0

    @property
    def waits(self) -> bool:
        """Whether an answer is to come."""
        newest = self.newest
        return newest is not None and newest.answer is None and not newest.is_lost

    def begin(self, text: str) -> Inquiry:
        """Know of something that is asked now."""
        if self.history[-1:] != [text]:
            self.history.append(text)
        self._number += 1
        self.newest = Inquiry(self._number, text)
        return self.newest

    def forget_newest(self) -> None:
        """Show no more what came of the newest, unless its answer is to come."""
        if self.newest is not None and not self.waits:
            self.newest = None

    def take(self, answer: AskAnswered) -> None:
        """Take an answer; that of an older question is not shown in place of the newest's."""
        if self.newest is not None and self.newest.number == answer.number:
            self.newest = replace(self.newest, answer=answer, is_lost=False)

    def lose(self, death: Death | None = None, gone: int | None = None) -> None:
        """Know that what was asked will not be answered; `gone`: what else is lost with it."""
        if self.newest is not None and self.waits:
            self.newest = replace(self.newest, is_lost=True, death=death, gone=gone)
