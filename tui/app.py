"""The app: a list of screens, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SystemCommand
from textual.command import Provider
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.signal import Signal
from textual.theme import Theme

from engine.progress.data import Notice
from engine.progress.keeping import Progress, open_progress
from engine.progress.places import state_folder
from tui.actions.app_actions import APP_ACTIONS
from tui.actions.named import bindings
from tui.dialogs.help import help_over
from tui.filters.line_filters import together
from tui.keys.unbound import unbound_words
from tui.language.catalogue import LANGUAGES, Translate
from tui.language.characters import can_be_written
from tui.language.preferred import preferred_language
from tui.lessons.screen import LessonsScreen
from tui.lessons.shelf import title_and_language
from tui.look import Appearance, Look, look_of
from tui.messages import LessonChosen, LessonSavedAgain
from tui.player.own_engine import OwnEngine
from tui.player.permission import Permission
from tui.roles import NamesKeys, Trains
from tui.screens.leaving import LeavingApp
from tui.screens.opener import HowToPlay, Opener
from tui.screens.palette import Offers, commands
from tui.screens.preparing import prepare_in_thread
from tui.terminal.clipboard import MOST_BYTES, is_taken
from tui.terminal.driver import PlayerDriver
from tui.terminal.orderly import OrderlyApp
from tui.terminal.patience import PatientApp
from tui.terminal.signals import passed_on
from tui.themes import NOT_OFFERED, Colours, colours_of, line_filters, palette_of, variables_of
from tui.widgets.toasts import ScreensToastsApp, take_back
from tui.widgets.whole_scrollbar import WholeScrollBar
from tui.words.copying import copied_words, too_long_words
from tui.words.keeping import keeping_words

if TYPE_CHECKING:
    from engine.client.engine import Engine
    from tui.rendering.placeholders import DrawInTerminal

DEFAULT_MOMENTS = 512 << 20

_BETWEEN_POLLS_OF_THOSE_LEFT = 0.5


class TutorchApp(OrderlyApp, PatientApp, LeavingApp, ScreensToastsApp):
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
        self._folder = folder
        self._lesson = lesson
        self._shelf = shelf
        self._trusts = trusts
        self._how_to_play = HowToPlay(device, asked, lesson, arguments)
        self._in_ascii = in_ascii
        self._filters = list(line_filters(self._colours, self._filters, in_ascii=in_ascii))
        ScrollBar.renderer = WholeScrollBar if in_ascii else ScrollBarRender
        for name in NOT_OFFERED:
            self.unregister_theme(name)
        self._engine = OwnEngine(engine, moments)
        self._told: Notice | None = None
        self._said_of_key = ""
        self._has_process = False
        self._language = preferred_language()
        self._language_changed: Signal[Look] = Signal(self, "language-changed")
        self._appearance = Appearance(lambda: self.look, self._language_changed)

    @cached_property
    def progress(self) -> Progress:
        """What the learner has done; opened when it is first asked for."""
        return open_progress(state_folder())

    @cached_property
    def _permission(self) -> Permission:
        return Permission(self.progress, self._folder, trusts_all=self._trusts)

    @cached_property
    def _opener(self) -> Opener:
        return Opener(
            self,
            self.progress,
            self._permission,
            self._engine,
            self._appearance,
            self._how_to_play,
            lambda: self.has_keys_in_hand,
            self.press_first,
        )

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

    @property
    def seconds_at_stake(self) -> float:
        """How long what runs has gone on, which would go."""
        return self._opener.seconds_at_stake

    async def run_async(self, **options: Any) -> None:
        """Run the app in a terminal, where signals may come for it."""
        self._has_process = True
        with passed_on(self.leave, self.stop_training):
            return await super().run_async(**options)

    def on_mount(self) -> None:
        """Show the list as the learner had it, and begin the slow imports once it is painted."""
        chosen = self.progress.settings()
        if chosen.language in LANGUAGES and can_be_written(chosen.language):
            self._language = chosen.language
        if chosen.theme in self.available_themes:
            self.theme = chosen.theme
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self.push_screen(LessonsScreen((self._folder,), self.progress, self._appearance))
        if self._shelf:
            self._open_shelf(self._shelf)
        if self._lesson is not None:
            self._opener.show_opening(self._lesson)
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
            self._opener.open(event.path)

    def on_lesson_saved_again(self, event: LessonSavedAgain) -> None:
        """Know that what may run was written on."""
        self._permission.follow(event.before, event.after)

    def on_work_noted(self) -> None:
        """Say it where what the learner does cannot be kept."""
        self._tell_of_keeping()

    def on_unmount(self) -> None:
        """Let go of the file of what was done, and of the engine."""
        self.progress.close()
        self._engine.close()

    def on_orderly_app_unbound(self, event: OrderlyApp.Unbound) -> None:
        """Say that a key means nothing here."""
        take_back(self, self._said_of_key)
        self._said_of_key = unbound_words(event.key, event.character, self.look.translate)
        if self._said_of_key:
            self.notify(self._said_of_key, markup=False)

    def begin_key(self) -> None:
        """Have what was said for a moment stand in the way of no key."""
        self.take_back_what_was_read()

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

    def action_help(self) -> None:
        """Show the keys of this screen; the help itself, and what has none, stay as they are."""
        if isinstance(self.screen, NamesKeys) or not isinstance(self.screen, ModalScreen):
            self.push_screen(help_over(self.screen, self.look))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What can be done now, in the language that is spoken: see `commands`."""
        return self.commands_in(self.look.translate, screen)

    def commands_in(self, translate: Translate, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What can be done now, named in any language, always in the same order."""
        own = super().get_system_commands(screen)
        choose = {name: partial(setattr, self, "theme", name) for name in self.available_themes}
        return commands(screen, own, choose, translate)

    def _begin(self) -> None:
        self.has_begun = True
        prepare_in_thread(self._engine, freezes=self._has_process)
        self._tell_of_keeping()
        if self._lesson is not None:
            self._opener.read(self._lesson)

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
        title, language = title_and_language(paths)
        if language in LANGUAGES and self.progress.settings().language is None:
            self._language = language
            self._language_changed.publish(self.look)
        for path in paths:
            if path.is_dir():
                self.progress.keep_opened(path)
        screen = LessonsScreen(paths, self.progress, self._appearance, title=title)
        self.push_screen(screen)

    def _poll_those_left(self) -> None:
        screens = (screen for screen in self.screen_stack if isinstance(screen, Trains))
        self._opener.poll_all_but([screen.playback for screen in screens])

    def _keep_theme(self, theme: Theme) -> None:
        self.progress.keep_theme(theme.name)
