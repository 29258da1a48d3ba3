"""The app: a list of screens, and what holds for all of them."""

from __future__ import annotations

import asyncio
import importlib
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from textual import work
from textual.app import SystemCommand
from textual.command import Provider
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.notifications import Notify
from textual.screen import ModalScreen, Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.signal import Signal
from textual.theme import Theme

from engine.lesson.model import Lesson, LessonError
from engine.progress.data import Notice
from engine.progress.keeping import Progress, open_progress
from engine.progress.places import state_folder
from tui.action import Action, Group
from tui.actions import (
    APP_ACTIONS,
    LIST_ACTIONS,
    PANE_ACTIONS,
    PLAYER_ACTIONS,
    TENSOR_ACTIONS,
    bindings,
)
from tui.exit_status import ExitStatus
from tui.language.catalogue import LANGUAGES, Translate
from tui.language.preferred import preferred_language
from tui.look import Appearance, Look, look_of
from tui.messages import LessonChosen
from tui.rendering.copying import copied_words, too_long_words
from tui.rendering.keeping import keeping_words
from tui.screens.help import HelpScreen
from tui.screens.lessons import LessonsScreen
from tui.screens.message import MessageScreen
from tui.screens.opening import OpeningScreen
from tui.screens.palette import Offers
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
from tui.widgets.toasts import take_back
from tui.widgets.whole_scrollbar import WholeScrollBar

if TYPE_CHECKING:
    from engine.host.engine import Engine
    from tui.player.open_lessons import OpenLessons
    from tui.player.playback import Playback

# What a lesson needs to be read and shown, slow to import: done behind the list, in this order.
_HEAVY = ("jupytext", "tui.screens.player")

_BETWEEN_LOOKS = 0.02
_BETWEEN_POLLS_OF_THOSE_LEFT = 0.5


@runtime_checkable
class Trains(Protocol):
    """A screen on which training may run."""

    playback: Playback

    def stop_training(self) -> None:
        """Stop what runs."""


@runtime_checkable
class Plays(Protocol):
    """A screen on which a lesson is played."""

    @property
    def group_in_hand(self) -> Group:
        """The actions that belong to what the learner looks at."""

    def working_actions(self) -> Sequence[Action]:
        """The actions that do something now, the most useful ones first."""

    def legend(self) -> Sequence[tuple[str, str]]:
        """The marks of the screen, each with what it means."""

    def step_titles(self) -> Sequence[str]:
        """The titles of the lesson's steps, in the language of now."""


class TutorchApp(OrderlyApp, PatientApp):
    """Plays the lessons of `folder`; opens `lesson` at once where one is given.

    Lessons are played on ``device``, by ``engine``; where none is given the app has its own.
    """

    TITLE = "tutorch"
    BINDINGS = bindings(APP_ACTIONS)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Offers}
    CSS = "Toast.-warning, Toast.-error { text-style: bold; }"

    def __init__(
        self,
        folder: Path,
        lesson: Path | None = None,
        device: str | None = None,
        *,
        in_ascii: bool = False,
        engine: Engine | None = None,
    ) -> None:
        super().__init__()
        self._folder = folder
        self._lesson = lesson
        self._device = device
        self._in_ascii = in_ascii
        self._filters = list(line_filters(self._colours, self._filters, in_ascii=in_ascii))
        ScrollBar.renderer = WholeScrollBar if in_ascii else ScrollBarRender
        for name in NOT_OFFERED:
            self.unregister_theme(name)
        self._engine = engine
        self._owns_engine = engine is None
        self._engine_is_made = threading.Lock()
        self._told: Notice | None = None
        self._open_lessons: OpenLessons | None = None
        self._has_begun = False
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
        )

    async def run_async(self, **options: Any) -> None:
        """Run the app in a terminal, where signals may come for it."""
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
        self.push_screen(LessonsScreen(self._folder, self.progress, self._appearance))
        if self._lesson is not None:
            self.push_screen(OpeningScreen(self._lesson, self.look))
        self.call_after_refresh(self._begin)
        self.set_interval(_BETWEEN_POLLS_OF_THOSE_LEFT, self._poll_those_left)

    def on_lesson_chosen(self, event: LessonChosen) -> None:
        """Read a lesson and play it; a message says why where it cannot be read."""
        # Where Enter was pressed twice, the list may tell of the second when it is out of sight.
        if isinstance(self.screen, LessonsScreen):
            self._open(event.path)

    def on_work_noted(self) -> None:
        """Say it where what the learner does cannot be kept."""
        self._tell_of_keeping()

    def on_unmount(self) -> None:
        """Let go of the file of what was done, and of the engine."""
        self.progress.close()
        if self._engine is not None and self._owns_engine:
            self._engine.close()

    def on_player_driver_vanished(self) -> None:
        """Leave: nobody is there to see or to type."""
        self._leave(ExitStatus.HUNG_UP)

    def get_driver_class(self) -> type[Driver]:
        """What draws on the terminal: never what would wait for it."""
        chosen = super().get_driver_class()
        return PlayerDriver if chosen is LinuxDriver else chosen

    def on_notify(self, event: Notify) -> None:
        """Say once, from now on, what is said already."""
        take_back(self, event.notification.message)

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

    def action_help(self) -> None:
        """Show the keys of this screen; a message or the help itself stays as it is."""
        if isinstance(self.screen, ModalScreen):
            return
        actions: Sequence[Action] = LIST_ACTIONS
        first = Group.LIST
        marks: Sequence[tuple[str, str]] = ()
        if isinstance(self.screen, Plays):
            actions = (*PLAYER_ACTIONS, *PANE_ACTIONS, *TENSOR_ACTIONS)
            first, marks = self.screen.group_in_hand, self.screen.legend()
        self.push_screen(HelpScreen((*actions, *APP_ACTIONS), first, marks, self.look))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action that works now, by its own words, the most useful ones first.

        Then Textual's commands; steps and themes are found by their names only.
        """
        translate = self.look.translate
        actions = screen.working_actions() if isinstance(screen, Plays) else LIST_ACTIONS
        for action in dict.fromkeys((*actions, *APP_ACTIONS)):
            if action.name == "command_palette":
                continue
            keys = translate("key: {keys}").format(keys=translate(action.shown_keys))
            run = partial(screen.run_action, action.target)
            yield SystemCommand(_found_by(action, translate), keys, run)
        words = {
            "Theme": (translate("Theme"), translate("Change the colours")),
            "Screenshot": (translate("Screenshot"), translate("Save a picture of the screen")),
        }
        for command in super().get_system_commands(screen):
            if command.title in words:
                yield SystemCommand(*words[command.title], command.callback)
        for index, title in enumerate(screen.step_titles() if isinstance(screen, Plays) else ()):
            name = translate("Step {number}: {title}").format(number=index + 1, title=title)
            run = partial(screen.run_action, f"screen.show_step({index})")
            yield SystemCommand(name, translate("Go to this step"), run, discover=False)
        for theme in self.available_themes:
            name = translate("Theme: {name}").format(name=theme)
            choose = partial(setattr, self, "theme", theme)
            yield SystemCommand(name, words["Theme"][1], choose, discover=False)

    def _begin(self) -> None:
        self._has_begun = True
        threading.Thread(target=self._prepare, name="tutorch-imports", daemon=True).start()
        self._tell_of_keeping()
        if self._lesson is not None:
            self._read(self._lesson)

    def _prepare(self) -> None:
        """Have the engine import torch in its own process, and what is slow here in this thread."""
        self._ready_engine()
        for name in _HEAVY:
            importlib.import_module(name)

    def _ready_engine(self) -> Engine:
        """The engine, started."""
        from engine.host.engine import Engine

        with self._engine_is_made:
            if self._engine is None:
                self._engine = Engine()
            self._engine.start()
            return self._engine

    def _tell_of_keeping(self) -> None:
        """Say once what is wrong with the keeping of what was done, if anything is."""
        notice = self.progress.notice
        if notice is not None and notice != self._told:
            words = keeping_words(notice, self.look.translate)
            self.notify(words, severity="warning", timeout=30, markup=False)
        self.progress.have_told()
        self._told = self.progress.notice

    def _open(self, path: Path) -> None:
        self.push_screen(OpeningScreen(path, self.look))
        self._read(path)

    @work(thread=True, exclusive=True)
    def _read(self, path: Path) -> None:
        from engine.lesson.reader import read_lesson

        try:
            lesson = read_lesson(path)
        except LessonError as error:
            title = self.look.translate("This lesson cannot be read")
            message = MessageScreen(title, str(error), self.look)
            self.call_from_thread(self._put_in_place_of_opening, path, message)
            return
        # In this thread, which may take its time.
        self._ready_engine()
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
        if self._open_lessons is None:
            self._open_lessons = OpenLessons()
        playback = self._open_lessons.playback_of(lesson)
        if playback is None:
            size = FrameRequest(*self.size)
            session = self._ready_engine().open(lesson, device=self._device, request=size)
            playback = Playback(lesson, session, Bookmark(self.progress, lesson))
            self._open_lessons.keep(playback)
        self._put_in_place_of_opening(lesson.path, PlayerScreen(playback, self._appearance))

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


def _found_by(action: Action, translate: Translate) -> str:
    """The sentence of an action in the palette, after its word in the bar where it has another."""
    label, sentence = action.label and translate(action.label), translate(action.help)
    return sentence if label.casefold() in sentence.casefold() else f"{label}: {sentence}"
