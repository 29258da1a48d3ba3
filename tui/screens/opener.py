"""Opens lessons: reads one in a thread, asks whether it may run, and shows its player."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Key
from textual.screen import Screen

from engine.lesson.model import Lesson, LessonError
from engine.progress.keeping import Progress
from tui.dialogs.message import MessageScreen
from tui.dialogs.trust import TrustScreen
from tui.look import Appearance
from tui.player.own_engine import OwnEngine
from tui.player.permission import Permission
from tui.roles import Trains
from tui.screens.opening import OpeningScreen
from tui.screens.preparing import PLAYER

if TYPE_CHECKING:
    from tui.player.open_lessons import OpenLessons
    from tui.player.playback import Playback

# How long keys wait for a screen to stand, in seconds.
_PATIENCE_WITH_A_SCREEN = 10.0


@dataclass(frozen=True, slots=True)
class HowToPlay:
    """What was asked of all lessons: the device, and the names that have curves in each.

    ``arguments`` are given to the one at `path` alone, None: those of the last time.
    """

    device: str | None
    asked: tuple[str, ...]
    path: Path | None
    arguments: Sequence[str] | None


class Opener:
    """Puts a player in the place of the screen that stands while a lesson is read.

    For `keys_wait` see Poller; `press_first` does keys before those that wait.
    """

    def __init__(
        self,
        app: App[None],
        progress: Progress,
        permission: Permission,
        engine: OwnEngine,
        appearance: Appearance,
        how: HowToPlay,
        keys_wait: Callable[[], bool],
        press_first: Callable[[Iterable[Key]], Awaitable[None]],
    ) -> None:
        self._app = app
        self._progress = progress
        self._permission = permission
        self._engine = engine
        self._appearance = appearance
        self._how = how
        self._has_given_arguments = how.arguments is None
        self._keys_wait = keys_wait
        self._press_first = press_first
        self._open_lessons: OpenLessons | None = None

    @property
    def seconds_at_stake(self) -> float:
        """How long the runs took, or take by now, of the lessons in which one is under way."""
        return 0.0 if self._open_lessons is None else self._open_lessons.seconds_at_stake

    def poll_all_but(self, shown: Collection[Playback]) -> None:
        """Take in what happens in the lessons that were left, so that it is kept at once."""
        if self._open_lessons is not None:
            self._open_lessons.poll(shown)

    def open(self, path: Path) -> None:
        """Read a lesson and play it; a message says why where it cannot be read."""
        self.show_opening(path)
        self.read(path)

    def show_opening(self, path: Path) -> None:
        """Show that a lesson will be read."""
        self._app.push_screen(OpeningScreen(path, self._appearance.look))

    def read(self, path: Path) -> None:
        """Read a lesson, of which it is shown that it will be."""
        self._app.run_worker(partial(self._read, path), thread=True, exclusive=True)

    def _read(self, path: Path) -> None:
        from engine.reading.reader import read_lesson

        try:
            lesson = replace(read_lesson(path), asked=self._how.asked)
        except LessonError as error:
            look = self._appearance.look
            message = MessageScreen(
                look.translate("This lesson cannot be read"), error.said(look.translate), look
            )
            self._app.call_from_thread(self._put_in_place_of_opening, path, message)
            return
        # In this thread, which may take its time.
        self._engine.started()
        importlib.import_module(PLAYER)
        self._app.call_from_thread(self._play, lesson)

    def _play(self, lesson: Lesson) -> None:
        from tui.screens.player import PlayerScreen

        opening = self._opening_of(lesson.path)
        if opening is None:
            return
        if not self._permission.may_run(lesson):
            # Whoever pressed them did not know that there would be a question.
            opening.keys.clear()
            trust = TrustScreen(lesson, self._appearance.look)
            self._app.push_screen(trust, partial(self._take_answer, lesson))
            return
        if not self._permission.is_own(lesson):
            self._progress.keep_opened(lesson.path)
        screen = PlayerScreen(self._playback_of(lesson), self._appearance, self._keys_wait)
        self._put_in_place_of_opening(lesson.path, screen)

    def _playback_of(self, lesson: Lesson) -> Playback:
        """The playback of a lesson: the one that is open, or another."""
        from engine.protocol.frame import FrameRequest
        from tui.player.bookmark import Bookmark
        from tui.player.open_lessons import OpenLessons
        from tui.player.playback import Playback

        if self._open_lessons is None:
            self._open_lessons = OpenLessons()
        playback = self._open_lessons.playback_of(lesson)
        if playback is None:
            language, device = self._appearance.look.language, self._how.device
            request = FrameRequest(*self._app.size, language=language)
            session = self._engine.started().open(lesson, device=device, request=request)
            bookmark = Bookmark(self._progress, lesson)
            if not self._has_given_arguments and lesson.path == self._how.path:
                bookmark.note_arguments(self._how.arguments or ())
                self._has_given_arguments = True
            playback = Playback(lesson, session, bookmark)
            self._open_lessons.keep(playback)
        return playback

    def _take_answer(self, lesson: Lesson, may_run: bool | None) -> None:
        """Play the lesson, or go back to the list without it."""
        if may_run:
            self._permission.let_run(lesson)
            self._play(lesson)
        else:
            self._app.pop_screen()

    def _opening_of(self, path: Path) -> OpeningScreen | None:
        """What stands while the learner waits for this lesson; None once they have gone back."""
        screen = self._app.screen
        return screen if isinstance(screen, OpeningScreen) and screen.path == path else None

    def _put_in_place_of_opening(self, path: Path, screen: Screen[None]) -> None:
        """Show what has come of opening a lesson, between two keys."""
        self._app.call_later(self._take_place_of_opening, path, screen)

    async def _take_place_of_opening(self, path: Path, screen: Screen[None]) -> None:
        """Show it, and do the keys pressed meanwhile before any that is pressed from now on.

        They are a player's: a message that nobody has read is not closed by them.
        """
        opening = self._opening_of(path)
        if opening is None:
            return
        self._app.switch_screen(screen)
        if not opening.keys or not isinstance(screen, Trains):
            return
        stands = asyncio.Event()
        screen.call_after_refresh(stands.set)
        # Before it stands no key finds its widgets.
        with suppress(TimeoutError):
            await asyncio.wait_for(stands.wait(), _PATIENCE_WITH_A_SCREEN)
        await self._press_first(opening.keys)
