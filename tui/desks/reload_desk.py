"""Takes a lesson's file into the player when it was saved again, and says what has come of it."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from engine.lesson.model import Lesson, LessonError
from engine.lesson.reloading import steps_kept, with_prose_of
from tui.look import Appearance
from tui.messages import LessonSavedAgain
from tui.player.file_watch import FileWatch
from tui.player.playback import Playback


class ReloadDesk:
    """Has the player show the file as it is; what runs goes on until it ends.

    ``may_take`` says whether the learner is at something that would be disturbed, such as writing.
    """

    def __init__(
        self,
        screen: Screen[None],
        playback: Playback,
        appearance: Appearance,
        may_take: Callable[[], bool],
    ) -> None:
        self._screen = screen
        self._playback = playback
        self._appearance = appearance
        self._may_take = may_take
        self._watch = FileWatch(playback.lesson)
        self._waiting: Lesson | None = None

    def begin(self) -> None:
        """Begin to watch the file."""
        self._watch.begin()

    def end(self) -> None:
        """Watch it no more."""
        self._watch.end()

    def take_in(self) -> bool:
        """Take what was saved, if it can be taken now; whether another text is to be shown."""
        translate = self._appearance.look.translate
        found = self._watch.poll()
        if isinstance(found, LessonError):
            self._waiting = None
            words = translate("{problem}. Until it is saved again, the lesson stays as it is.")
            self._warn(words.format(problem=found))
        elif found is not None:
            self._waiting = found
        if self._waiting is None:
            return False
        if self._playback.can_take_lesson and self._may_take():
            lesson, self._waiting = self._waiting, None
            self._take(lesson)
            return True
        return found is not None and self._playback.is_busy and self._show_prose(self._waiting)

    def _take(self, lesson: Lesson) -> None:
        playback, before = self._playback, self._playback.lesson
        translate = self._appearance.look.translate
        kept, ran = steps_kept(before, lesson), playback.chronicle.steps_that_ran
        playback.take_lesson(lesson, kept)
        self._screen.post_message(LessonSavedAgain(before.source, lesson.source))
        if any(step >= kept for step in ran):
            words = translate("Read again: from step {step} on it is to run again.")
            self._tell(words.format(step=kept + 1))
        elif ran:
            self._tell(translate("Read again: what has run is the same, and stays."))
        else:
            self._tell(translate("Read again, as it was saved."))
        hidden = self._new_behind_edits(before, lesson)
        if hidden:
            words = translate("Step {step} is new in the file, and runs what you wrote in it.")
            self._warn(words.format(step=hidden[0] + 1))

    def _new_behind_edits(self, before: Lesson, lesson: Lesson) -> list[int]:
        """The steps that run what the learner wrote, in place of code that the file has now."""
        known = {step.cell.source for step in before.steps if step.cell is not None}
        edited = (lesson.steps[index] for index in sorted(self._playback.works.edited))
        return [
            step.index for step in edited if step.cell is not None and step.cell.source not in known
        ]

    def _show_prose(self, lesson: Lesson) -> bool:
        """Show what is to be read at once, where nothing else is new, and say what waits."""
        with_prose = with_prose_of(self._playback.lesson, lesson)
        translate = self._appearance.look.translate
        self._tell(translate("Saved: it is read again when what runs has ended."))
        if with_prose is None:
            return False
        self._playback.lesson = with_prose
        return True

    def _tell(self, words: str) -> None:
        self._screen.notify(words, markup=False)

    def _warn(self, words: str) -> None:
        self._screen.notify(words, severity="warning", timeout=10, markup=False)
