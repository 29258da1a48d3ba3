"""The stop that a lesson may catch: sent, thrown into its code, and perhaps caught there."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from engine.stopping.exceptions import LessonInterrupted, LessonStopped

# How long an interruption may take to be thrown into the code, in seconds.
_UNTIL_BOUNDARY = 0.2


class Interruption:
    """How far the interruption of a run has come; the gate's lock guards it.

    ``was_sent``: the run was interrupted. ``is_due``: this has not reached the worker yet.
    ``is_caught``: it has, and nothing was told of it yet. `note_raised` is called where it reaches
    the worker.
    """

    def __init__(self, note_raised: Callable[[], None]) -> None:
        self.is_due = self.was_sent = self.is_caught = False
        self._sent_at = 0.0
        self._class = _class_that_tells(note_raised)

    @property
    def is_to_be_thrown(self) -> bool:
        """Whether it still waits for the lesson's own code, to be thrown into that."""
        return self.is_due and time.perf_counter() - self._sent_at <= _UNTIL_BOUNDARY

    @property
    def exception(self) -> type[BaseException]:
        """What a stop raises now."""
        return self._class if self.is_due else LessonStopped

    @property
    def is_survived(self) -> bool:
        """Whether it was caught, and the worker, whose thread calls this, runs on."""
        # While it is being handled, it may still be on its way out of the lesson.
        return self.is_caught and not isinstance(sys.exception(), LessonInterrupted)

    def send(self, *, is_first: bool) -> None:
        """Interrupt the run; where it is being stopped already, only insist on that."""
        self._sent_at = time.perf_counter()
        self.is_due = self.was_sent = is_first

    def note_raised(self) -> None:
        """It has reached the worker, which may run on if it is caught."""
        self.is_due = False
        self.is_caught = True

    def note_handled(self) -> None:
        """The lesson has handled it in its own way, and goes on."""
        self.was_sent = self.is_caught = True

    def send_again(self) -> None:
        """It had reached the worker, and came to nothing there."""
        self.is_caught = False
        self.is_due = True

    def forget(self) -> None:
        """Be as in a run that nobody has interrupted."""
        self.is_due = self.was_sent = self.is_caught = False


def _class_that_tells(note_raised: Callable[[], None]) -> type[LessonInterrupted]:
    """A class of interruptions that has `note_raised` called where one has reached its thread.

    One that is thrown from outside is made only there.
    """

    class Raised(LessonInterrupted):
        def __init__(self, *args: object) -> None:
            super().__init__(*args)
            note_raised()

    Raised.__name__ = Raised.__qualname__ = KeyboardInterrupt.__name__
    Raised.__module__ = KeyboardInterrupt.__module__
    return Raised
