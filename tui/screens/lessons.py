"""The list of lessons: typing filters it, Enter opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from engine.lesson.library import list_lessons
from engine.lesson.model import LessonError, LessonHeader
from engine.progress.data import Summary
from tui.actions import APP_ACTIONS, LIST_ACTIONS, bindings
from tui.widgets.action_bar import ActionBar
from tui.widgets.filter_input import FilterInput
from tui.widgets.lesson_list import Entry, LessonList

if TYPE_CHECKING:
    from tui.app import TutorchApp


class LessonsScreen(Screen[None]):
    """Lists the lessons of a folder."""

    BINDINGS = bindings(LIST_ACTIONS)
    AUTO_FOCUS = "FilterInput"
    CSS = """
    LessonsScreen #title {
        height: 1;
        padding: 0 1;
        color: $accent;
        background: $panel;
        text-style: bold;
    }
    LessonsScreen #nothing { padding: 0 1; color: $text-muted; display: none; }
    LessonsScreen #nothing.-shown { display: block; }
    LessonsScreen FilterInput { margin: 0 0 1 0; }
    """

    app: TutorchApp

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._entries: tuple[Entry, ...] = ()
        self._problem = ""

    def compose(self) -> ComposeResult:
        """A title, the filter, the list, the actions."""
        yield Static(id="title", markup=False)
        yield FilterInput()
        yield Static(id="nothing", markup=False)
        yield LessonList()
        yield ActionBar((*LIST_ACTIONS, *APP_ACTIONS))

    def on_mount(self) -> None:
        """Read the headers, never more, of what is in the folder."""
        try:
            self._entries = list_lessons(self._folder)
        except LessonError as error:
            self._problem = str(error)
        self._speak(self.app.language)
        last = self.app.progress.last_place()
        if last is not None:
            keys = {self.app.progress.key_of(header): header.path.name for header in self._headers}
            self._list.mark(keys.get(last.lesson))
        self.app.language_changed.subscribe(self, self._speak)

    def on_screen_resume(self) -> None:
        """Show how far the lessons are now, with the same one marked."""
        if self.is_mounted:
            self._show_again()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        self._filter.takes_every_key = bool(event.value)
        self._show()

    def on_input_submitted(self) -> None:
        """Enter opens."""
        self.action_open()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click opens."""
        self.action_clear_filter()
        self.app.open_lesson(self._folder / str(event.option_id))

    def action_open(self) -> None:
        """Open the lesson that is marked."""
        option = self._list.highlighted_option
        if option is not None:
            self.action_clear_filter()
            self.app.open_lesson(self._folder / str(option.id))

    def action_move(self, lessons: int) -> None:
        """Mark another lesson, as far as there are any."""
        if self._list.option_count:
            marked = (self._list.highlighted or 0) + lessons
            self._list.highlighted = min(max(marked, 0), self._list.option_count - 1)

    def action_filter(self) -> None:
        """Take every key as text from now on."""
        self._filter.takes_every_key = True
        self._filter.focus()

    def action_clear_filter(self) -> None:
        """Show all lessons."""
        self._filter.value = ""
        self._filter.takes_every_key = False

    @property
    def _filter(self) -> FilterInput:
        return self.query_one(FilterInput)

    @property
    def _list(self) -> LessonList:
        return self.query_one(LessonList)

    def _show(self) -> None:
        words = self._filter.value
        translate = self.app.look.translate
        self._list.show_entries(
            self._entries, words, self._summaries(), self.app.language, self.app.look
        )
        if not self._entries:
            empty = translate("There is no lesson in {folder}.").format(folder=self._folder)
            self._say(self._problem or empty)
        elif not self._list.option_count:
            sentence = translate("No lesson has “{words}” in its title or summary. Esc shows all.")
            self._say(sentence.format(words=words))
        else:
            self._say("")

    def _show_again(self) -> None:
        option = self._list.highlighted_option
        self._show()
        self._list.mark(None if option is None else option.id)

    def _speak(self, _language: str) -> None:
        """Show the words of this screen in the app's language."""
        translate = self.app.look.translate
        title = self.query_one("#title", Static)
        title.update(translate("tutorch: learn deep learning in the terminal"))
        self._filter.placeholder = translate("Type to filter")
        self.query_one(ActionBar).speak(translate)
        self._show_again()

    @property
    def _headers(self) -> list[LessonHeader]:
        return [entry for entry in self._entries if isinstance(entry, LessonHeader)]

    def _summaries(self) -> dict[Path, Summary]:
        """How far the lessons are that were begun, by their paths."""
        progress = self.app.progress
        known = progress.summaries()
        keys = {header.path: progress.key_of(header) for header in self._headers}
        return {path: known[key] for path, key in keys.items() if key in known}

    def _say(self, sentence: str) -> None:
        nothing = self.query_one("#nothing", Static)
        nothing.update(sentence)
        nothing.set_class(bool(sentence), "-shown")
