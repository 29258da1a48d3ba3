"""The app: a list of screens, and what holds for all of them."""

from __future__ import annotations

import asyncio
import gc
import importlib
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import SystemCommand
from textual.command import Provider
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.signal import Signal
from textual.theme import Theme

from engine.lesson.folders import folder_or_name
from engine.lesson.model import Lesson, LessonError, LocalText
from engine.lesson.printable import printable_line
from engine.progress.data import Notice
from engine.progress.keeping import Progress, open_progress
from engine.progress.places import state_folder
from tui.actions import APP_ACTIONS, bindings
from tui.exit_status import ExitStatus
from tui.language.catalogue import LANGUAGES
from tui.language.preferred import preferred_language
from tui.look import Appearance, Look, look_of
from tui.messages import LessonChosen, LessonSavedAgain
from tui.player.own_engine import OwnEngine
from tui.player.second_thoughts import WORTH_ASKING, SecondThoughts
from tui.rendering.line_filters import together
from tui.screens.help import help_over
from tui.screens.lessons import LessonsScreen
from tui.screens.message import MessageScreen
from tui.screens.opening import OpeningScreen
from tui.screens.palette import Offers, commands
from tui.screens.roles import NamesKeys, Trains
from tui.screens.spoken import SpokenApp
from tui.screens.trust import TrustScreen
from tui.terminal.clipboard import MOST_BYTES, is_taken
from tui.terminal.driver import PlayerDriver
from tui.terminal.orderly import OrderlyApp
from tui.terminal.patience import PatientApp
from tui.terminal.signals import passed_on
from tui.themes import (
    NOT_OFFERED,
    Colours,
    colours_of,
    line_filters,
    palette_of,
    variables_of,
)
from tui.widgets.toasts import ScreensToastsApp
from tui.widgets.whole_scrollbar import WholeScrollBar
from tui.words.copying import copied_words, too_long_words
from tui.words.keeping import keeping_words

if TYPE_CHECKING:
    from engine.host.engine import Engine
    from tui.player.open_lessons import OpenLessons
    from tui.rendering.shown_pictures import DrawInTerminal

# What a lesson needs to be read and shown, slow to import: done behind the list, in this order.
_HEAVY = ("jupytext", "tui.screens.player")

DEFAULT_MOMENTS = 512 << 20

_BETWEEN_LOOKS = 0.02
_BETWEEN_POLLS_OF_THOSE_LEFT = 0.5


class TutorchApp(OrderlyApp, PatientApp, SpokenApp, ScreensToastsApp):
    """Plays the lessons of `folder`; opens `lesson` at once where one is given.

    It finds ``arguments`` in `sys.argv`; where they are None, those of the last time. Of a
    ``shelf``, which is files and folders of other lessons, a list is opened. Before one that is not
    of `folder` runs, the learner is asked whether it may, unless the app ``trusts`` all.

    Lessons are played on ``device``, by ``engine``; where none is given the app has its own, which
    keeps moments of them in so many bytes of memory as ``moments`` says. The names ``asked`` have
    curves in each.
    """

    TITLE = "tutorch"
    BINDINGS = bindings(APP_ACTIONS)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Offers}

    def __init__(
        self,
        folder: Path,
        lesson: Path | None = None,
        device: str | None = None,
        *,
        in_ascii: bool = False,
        engine: Engine | None = None,
        moments: int = DEFAULT_MOMENTS,
        asked: tuple[str, ...] = (),
        shelf: Sequence[Path] = (),
        trusts: bool = False,
        arguments: Sequence[str] | None = None,
    ) -> None:
        super().__init__()
        self._asked = asked
        self._folder = folder
        self._lesson = lesson
        self._shelf = shelf
        self._trusts = trusts
        # Also where nothing can be kept.
        self._let_run: set[str] = set()
        self._device = device
        self._arguments = arguments
        self._in_ascii = in_ascii
        self._filters = list(line_filters(self._colours, self._filters, in_ascii=in_ascii))
        ScrollBar.renderer = WholeScrollBar if in_ascii else ScrollBarRender
        for name in NOT_OFFERED:
            self.unregister_theme(name)
        self._engine = OwnEngine(engine, moments)
        self._told: Notice | None = None
        self._open_lessons: OpenLessons | None = None
        self._thoughts = SecondThoughts()
        self._has_begun = False
        self._has_process = False
        self._language = preferred_language()
        self._language_changed: Signal[Look] = Signal(self, "language-changed")
        self._appearance = Appearance(lambda: self.look, self._language_changed)

    @cached_property
    def progress(self) -> Progress:
        """What the learner has done; opened when it is first asked for."""
        return open_progress(state_folder())

    @cached_property
    def _colours(self) -> Colours:
        return colours_of(self.console.color_system, no_color=self.no_color)

    @property
    def look(self) -> Look:
        """How things are drawn under the theme, and in the language, of now."""
        return look_of(
            palette_of(self.current_theme),
            self._language,
            in_ascii=self._in_ascii,
            has_colours=self._colours is Colours.MANY,
            draw_in_terminal=self._draw_in_terminal,
        )

    @property
    def _draw_in_terminal(self) -> DrawInTerminal | None:
        """What has the terminal draw a picture, where it can and colours can number it."""
        driver = self._driver
        if not isinstance(driver, PlayerDriver) or not driver.graphics.is_there:
            return None
        has_all = self._colours is Colours.MANY and self.console.color_system == "truecolor"
        return driver.graphics.draw if has_all and not self._in_ascii else None

    async def run_async(self, **options: Any) -> None:
        """Run the app in a terminal, where signals may come for it."""
        self._has_process = True
        with passed_on(self._leave, self._stop_training):
            return await super().run_async(**options)

    def on_mount(self) -> None:
        """Show the list as the learner had it, and begin the slow imports once it is painted."""
        chosen = self.progress.settings()
        if chosen.language in LANGUAGES:
            self._language = chosen.language
        if chosen.theme in self.available_themes:
            self.theme = chosen.theme
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self.push_screen(LessonsScreen((self._folder,), self.progress, self._appearance))
        if self._shelf:
            self._open_shelf(self._shelf)
        if self._lesson is not None:
            self.push_screen(OpeningScreen(self._lesson, self.look))
        self.call_after_refresh(self._begin)
        self.set_interval(_BETWEEN_POLLS_OF_THOSE_LEFT, self._poll_those_left)

    def on_lesson_chosen(self, event: LessonChosen) -> None:
        """Read a lesson and play it; a message says why where it cannot be read."""
        # Where Enter was pressed twice, the list may tell of the second when it is out of sight.
        if not isinstance(self.screen, LessonsScreen):
            return
        if event.path.is_dir():
            self._open_shelf((event.path,))
        else:
            self._open(event.path)

    def on_lesson_saved_again(self, event: LessonSavedAgain) -> None:
        """Ask no second time in one sitting about a file that may run, and that is written on."""
        if event.before in self._let_run or self.progress.is_trusted(event.before):
            self._let_run.add(event.after)

    def on_work_noted(self) -> None:
        """Say it where what the learner does cannot be kept."""
        self._tell_of_keeping()

    def on_unmount(self) -> None:
        """Let go of the file of what was done, and of the engine."""
        self.progress.close()
        self._engine.close()

    def on_player_driver_vanished(self) -> None:
        """Leave: nobody is there to see or to type."""
        self._leave(ExitStatus.HUNG_UP)

    def get_driver_class(self) -> type[Driver]:
        """What draws on the terminal: never what would wait for it."""
        chosen = super().get_driver_class()
        return PlayerDriver if chosen is LinuxDriver else chosen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes, as one filter."""
        return (together(*super().get_line_filters()),)

    def copy_to_clipboard(self, text: str) -> None:
        """Give a text to the terminal's clipboard, and say so, or why it is not given."""
        translate = self.look.translate
        if is_taken(text):
            super().copy_to_clipboard(text)
            self.notify(copied_words(text, translate), markup=False)
        else:
            # What was cut in a field can be put back there all the same.
            self._clipboard = text
            words = too_long_words(text, MOST_BYTES, translate)
            self.notify(words, severity="warning", timeout=10, markup=False)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, and what stands in for colours where there are few."""
        return variables_of(self._colours, super().get_css_variables())

    def action_switch_language(self) -> None:
        """Show everything in the next language, from now on."""
        self._language = LANGUAGES[(LANGUAGES.index(self._language) + 1) % len(LANGUAGES)]
        self.progress.keep_language(self._language)
        self._language_changed.publish(self.look)

    async def action_quit(self) -> None:
        """Leave; asks once where that ends training that has gone on for long."""
        seconds = 0.0 if self._open_lessons is None else self._open_lessons.seconds_at_stake
        if seconds < WORTH_ASKING or self._thoughts.are_none("quit", time.monotonic()):
            self.exit()
            return
        words = self.look.translate("{seconds} s of work would go: {key} once more.")
        key = next(one.shown_key for one in APP_ACTIONS if one.name == "quit")
        self.notify(words.format(seconds=round(seconds), key=key), markup=False)

    def action_help(self) -> None:
        """Show the keys of this screen; the help itself, and what has none, stay as they are."""
        if isinstance(self.screen, NamesKeys) or not isinstance(self.screen, ModalScreen):
            self.push_screen(help_over(self.screen, self.look))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action that works now, by its own words, the most useful ones first.

        Then Textual's commands; steps and themes are found by their names only.
        """
        own = super().get_system_commands(screen)
        choose = {name: partial(setattr, self, "theme", name) for name in self.available_themes}
        return commands(screen, own, choose, self.look.translate)

    def _begin(self) -> None:
        self._has_begun = True
        threading.Thread(target=self._prepare, name="tutorch-imports", daemon=True).start()
        self._tell_of_keeping()
        if self._lesson is not None:
            self._read(self._lesson)

    def _prepare(self) -> None:
        """Have the engine import torch in its own process, and what is slow here in this thread."""
        self._engine.started()
        for name in _HEAVY:
            importlib.import_module(name)
        if self._has_process:
            # Hundreds of thousands of objects that stay: to look through them again for garbage
            # would stop the interface for as long as a few frames take.
            gc.freeze()

    def _tell_of_keeping(self) -> None:
        """Say once what is wrong with the keeping of what was done, if anything is."""
        notice = self.progress.notice
        if notice is not None and notice != self._told:
            words = keeping_words(notice, self.look.translate)
            self.notify(words, severity="warning", timeout=30, markup=False)
        self.progress.have_told()
        self._told = self.progress.notice

    def _open_shelf(self, paths: Sequence[Path]) -> None:
        """List lessons other than those of tutorch; in their language, where none was chosen."""
        title = LocalText({"": ", ".join(printable_line(path.name) for path in paths)})
        if len(paths) == 1:
            folder = folder_or_name(paths[0])
            title = folder.title
            if folder.language in LANGUAGES and self.progress.settings().language is None:
                self._language = folder.language
                self._language_changed.publish(self.look)
        for path in paths:
            if path.is_dir():
                self.progress.keep_opened(path)
        screen = LessonsScreen(paths, self.progress, self._appearance, title=title)
        self.push_screen(screen)

    def _open(self, path: Path) -> None:
        self.push_screen(OpeningScreen(path, self.look))
        self._read(path)

    @work(thread=True, exclusive=True)
    def _read(self, path: Path) -> None:
        from engine.lesson.reader import read_lesson

        try:
            lesson = replace(read_lesson(path), asked=self._asked)
        except LessonError as error:
            title = self.look.translate("This lesson cannot be read")
            message = MessageScreen(title, error.said(self.look.translate), self.look)
            self.call_from_thread(self._put_in_place_of_opening, path, message)
            return
        # In this thread, which may take its time.
        self._engine.started()
        importlib.import_module("tui.screens.player")
        self.call_from_thread(self._play, lesson)

    def _play(self, lesson: Lesson) -> None:
        from engine.protocol.frame import FrameRequest
        from tui.player.bookmark import Bookmark
        from tui.player.open_lessons import OpenLessons
        from tui.player.playback import Playback
        from tui.screens.player import PlayerScreen

        if not self._is_opening(lesson.path):
            return
        if not self._may_run(lesson):
            trust = TrustScreen(lesson, self.look)
            self.push_screen(trust, partial(self._take_answer, lesson))
            return
        if not self._is_own(lesson):
            self.progress.keep_opened(lesson.path)
        if self._open_lessons is None:
            self._open_lessons = OpenLessons()
        playback = self._open_lessons.playback_of(lesson)
        if playback is None:
            size = FrameRequest(*self.size)
            session = self._engine.started().open(lesson, device=self._device, request=size)
            bookmark = Bookmark(self.progress, lesson)
            if self._arguments is not None and lesson.path == self._lesson:
                bookmark.note_arguments(self._arguments)
                self._arguments = None
            playback = Playback(lesson, session, bookmark)
            self._open_lessons.keep(playback)
        screen = PlayerScreen(playback, self._appearance, lambda: self.has_keys_in_hand)
        self._put_in_place_of_opening(lesson.path, screen)

    def _is_own(self, lesson: Lesson) -> bool:
        return lesson.path.resolve().parent == self._folder.resolve()

    def _may_run(self, lesson: Lesson) -> bool:
        """Whether it came with tutorch, or the learner has said that it may."""
        was_let = lesson.source in self._let_run or self.progress.is_trusted(lesson.source)
        return self._trusts or self._is_own(lesson) or was_let

    def _take_answer(self, lesson: Lesson, may_run: bool | None) -> None:
        """Play the lesson, or go back to the list without it."""
        if may_run:
            self.progress.keep_trusted(lesson.source)
            self._let_run.add(lesson.source)
            self._play(lesson)
        else:
            self.pop_screen()

    def _poll_those_left(self) -> None:
        if self._open_lessons is not None:
            screens = (screen for screen in self.screen_stack if isinstance(screen, Trains))
            self._open_lessons.poll([screen.playback for screen in screens])

    def _is_opening(self, path: Path) -> bool:
        """Whether the learner still waits for this lesson, and has not gone back."""
        return isinstance(self.screen, OpeningScreen) and self.screen.path == path

    def _put_in_place_of_opening(self, path: Path, screen: Screen[None]) -> None:
        """Show what has come of opening a lesson, and hand it the keys pressed meanwhile."""
        opening = self.screen
        if not isinstance(opening, OpeningScreen) or opening.path != path:
            return
        self.switch_screen(screen)
        # Once the screen stands: before, no key finds its widgets.
        screen.call_after_refresh(self._hand_over, opening.keys)

    def _hand_over(self, keys: Sequence[Key]) -> None:
        for key in keys:
            self.post_message(Key(key.key, key.character))

    def _leave(self, status: ExitStatus) -> None:
        """Leave, once the screens stand: Textual cannot take away what it is still putting up."""
        if self._has_begun and all(screen.is_mounted for screen in self.screen_stack):
            self.exit(return_code=status)
        else:
            asyncio.get_running_loop().call_later(_BETWEEN_LOOKS, self._leave, status)

    def _stop_training(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Trains):
                screen.stop_training()

    def _keep_theme(self, theme: Theme) -> None:
        self.progress.keep_theme(theme.name)
