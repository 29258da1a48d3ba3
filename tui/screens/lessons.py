"""The list of lessons: typing filters it, Enter opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from engine.lesson import LessonError
from engine.library import list_lessons
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

    def __init__(self, folder: Path, language: str) -> None:
        super().__init__()
        self._folder = folder
        self._language = language
        self._entries: tuple[Entry, ...] = ()
        self._problem = f"There is no lesson in {folder}."

    def compose(self) -> ComposeResult:
        """A title, the filter, the list, the actions."""
        yield Static("tutorch: learn deep learning in the terminal", id="title", markup=False)
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
        self._show()

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
        self._list.show_entries(self._entries, words, self._language)
        if not self._entries:
            self._say(self._problem)
        elif not self._list.option_count:
            self._say(f"No lesson has “{words}” in its title or summary. Esc shows all.")
        else:
            self._say("")

    def _say(self, sentence: str) -> None:
        nothing = self.query_one("#nothing", Static)
        nothing.update(sentence)
        nothing.set_class(bool(sentence), "-shown")
