"""The lessons that were opened and not let go: one that was left trains on, and is found again."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from engine.lesson.model import Lesson
from engine.lesson.reloading import steps_kept
from engine.protocol.status import Status
from tui.player.intake import take_in_news
from tui.player.playback import Playback

# Each keeps a process, and in it what its lesson has made.
_MOST = 4


class OpenLessons:
    """The playbacks of an app, by the whole path of the lesson; the one opened last is the last."""

    def __init__(self) -> None:
        self._playbacks: dict[Path, Playback] = {}

    def playback_of(self, lesson: Lesson) -> Playback | None:
        """The playback of this lesson, if it is open and can play.

        It is of the file as it is now, or where something runs in it will be once that has ended.
        """
        path = lesson.path.resolve()
        playback = self._playbacks.pop(path, None)
        if playback is None:
            return None
        if playback.status is Status.UNABLE:
            playback.session.close()
            return None
        if playback.lesson.written != lesson.written and playback.can_take_lesson:
            playback.take_lesson(lesson, steps_kept(playback.lesson, lesson))
        self._playbacks[path] = playback
        return playback

    def keep(self, playback: Playback) -> None:
        """Keep one more open; of too many, the one opened first that does nothing is let go."""
        kept = playback.lesson.path.resolve()
        self._playbacks[kept] = playback
        idle = [path for path, other in self._playbacks.items() if not other.is_busy]
        if len(self._playbacks) > _MOST and idle[0] != kept:
            self._playbacks.pop(idle[0]).session.close()

    @property
    def seconds_at_stake(self) -> float:
        """How long the runs took, or take by now, of the lessons in which one is under way."""
        busy = (playback for playback in self._playbacks.values() if playback.is_busy)
        return sum(playback.chronicle.seconds_of_work(0) for playback in busy)

    def poll(self, shown: Collection[Playback]) -> None:
        """Take in what happens in those that are not shown, so that it is kept at once."""
        for playback in self._playbacks.values():
            if playback not in shown:
                take_in_news(playback)
