"""The list of lessons: Enter opens, `/` filters; it fills while the folder is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.worker import get_current_worker

from engine.lesson.model import LessonError, LocalText
from engine.lesson.printable import printable_line
from engine.progress.keeping import Progress
from tui.actions.app_actions import LIST_ACTIONS
from tui.actions.named import bindings
from tui.lessons.batches import found_in_batches
from tui.lessons.filter_input import FilterInput
from tui.lessons.lesson_list import CONTINUE, LessonList
from tui.lessons.list_bar import ListBar
from tui.lessons.shelf import Listed, Shelf, opened_lately
from tui.look import Appearance, Look
from tui.messages import LessonChosen
from tui.widgets.underneath import UnderneathScreen


class LessonsScreen(UnderneathScreen[None]):
    """Lists the lessons of folders, and single ones.

    Those that come with tutorch have no ``title``, and what else was opened lately stands under
    them. From others, escape goes back.
    """

    BINDINGS = bindings(LIST_ACTIONS)
    # Only the filter takes the focus, and only when it is asked for: typing is not commanding.
    AUTO_FOCUS = ""
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

    @dataclass
    class Found(Message):
        """More of the folder has been read: `entries` come after those before them."""

        entries: Sequence[Listed]

    @dataclass
    class RecentFound(Message):
        """What else was opened lately, the newest first."""

        entries: tuple[Listed, ...]

    @dataclass
    class AllFound(Message):
        """The folder has been read to its end, or cannot be: `problem` says why, or is empty."""

        problem: str

    def __init__(
        self,
        paths: Sequence[Path],
        progress: Progress,
        appearance: Appearance,
        *,
        title: LocalText | None = None,
    ) -> None:
        super().__init__()
        self.is_complete = False
        self._paths = paths
        self._title = title
        self._progress = progress
        self._appearance = appearance
        self._shelf = Shelf(progress)
        self._recent_paths: tuple[Path, ...] = ()
        self._problem = ""

    def compose(self) -> ComposeResult:
        """A title, the filter, the list, the actions."""
        yield Static(id="title", markup=False)
        bar = ListBar(self._appearance.look.translate)
        yield FilterInput(bar.name_keys)
        yield Static(id="nothing", markup=False)
        yield LessonList()
        yield bar

    def on_mount(self) -> None:
        """Begin to read what is in the folder."""
        self._shelf.begin()
        self._speak(self._appearance.look)
        self._appearance.language_changed.subscribe(self, self._speak)
        self._read()
        self._look_for_recent()

    @work(thread=True)
    def _read(self) -> None:
        """Read the headers, never more, and post them in batches."""
        worker = get_current_worker()
        problem = ""
        for found in found_in_batches(self._paths, lambda: worker.is_cancelled):
            match found:
                case LessonError():
                    problem = str(found)
                case _:
                    self.post_message(self.Found(found))
        if not worker.is_cancelled:
            self.post_message(self.AllFound(problem))

    def _look_for_recent(self) -> None:
        """Have read what else was opened, where that is listed and has changed."""
        paths = self._progress.recent() if self._title is None else ()
        if paths != self._recent_paths:
            self._recent_paths = paths
            self._read_recent(paths)

    @work(thread=True, exclusive=True, group="recent")
    def _read_recent(self, paths: Sequence[Path]) -> None:
        self.post_message(self.RecentFound(tuple(opened_lately(paths))))

    def on_lessons_screen_found(self, event: Found) -> None:
        """Add what has been read; the learner's last lesson is offered before all others."""
        if self._shelf.add(event.entries):
            filtered, summaries = self._filter.value, self._shelf.summaries(event.entries)
            self._list.add_entries(event.entries, filtered, summaries, self._appearance.look)
        else:
            self._show_again()
        self._offer_last(event.entries)
        self._say_what_is_missing()

    def on_lessons_screen_recent_found(self, event: RecentFound) -> None:
        """Show what else was opened below the lessons."""
        self._shelf.put_recent(event.entries)
        self._show_again()
        self._offer_last(event.entries)

    def on_lessons_screen_all_found(self, event: AllFound) -> None:
        """Say now where there is nothing to list."""
        self.is_complete = True
        self._problem = event.problem
        self._say_what_is_missing()

    def on_screen_suspend(self) -> None:
        """Name no keys while a dialog has them."""
        self.query_one(ListBar).draw_again()

    def on_screen_resume(self) -> None:
        """Show how far the lessons are now; the one that was left is marked."""
        if not self.is_mounted:
            return
        self.query_one(ListBar).draw_again()
        self._look_for_recent()
        was_left = self._shelf.look_again()
        self._offer_to_continue()
        self._show_again()
        if was_left and self._shelf.last_header is not None:
            self._list.mark(str(self._shelf.last_header.path))

    def on_lesson_list_outgrown(self) -> None:
        """Break the lines again."""
        self._show_again()

    def on_input_changed(self) -> None:
        """Filter as it is typed."""
        self._show()

    def on_input_submitted(self) -> None:
        """Enter opens."""
        self.action_open()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click opens."""
        self._choose(str(event.option_id))

    def on_option_list_option_highlighted(self) -> None:
        """Name the keys that do something with it."""
        self.query_one(ListBar).tell_marked(has_opening=self._list.has_opening)

    def action_open(self) -> None:
        marked = self._list.highlighted_option
        if marked is not None:
            self._choose(str(marked.id))

    def action_move(self, lessons: int) -> None:
        self._list.move(lessons)

    def action_move_to_first(self) -> None:
        self._list.move(-self._list.option_count)

    def action_move_to_last(self) -> None:
        self._list.move_to_last()

    def action_filter(self) -> None:
        # At once: what is typed next is for the filter.
        self.set_focus(self._filter)

    def action_clear_filter(self) -> None:
        is_at_rest = not self._filter.value and self.focused is None
        if is_at_rest and self._title is not None:
            self.dismiss()
            return
        if is_at_rest:
            shown = self._appearance.look.translate("All lessons are shown; q leaves.")
            self.notify(shown, markup=False)
        self._end_filter()

    def _end_filter(self) -> None:
        self._filter.value = ""
        self.set_focus(None)

    @property
    def _filter(self) -> FilterInput:
        return self.query_one(FilterInput)

    @property
    def _list(self) -> LessonList:
        return self.query_one(LessonList)

    def _choose(self, path: str) -> None:
        self._end_filter()
        if path == CONTINUE and self._shelf.last_header is not None:
            path = str(self._shelf.last_header.path)
        self.post_message(LessonChosen(Path(path)))

    @property
    def _entries(self) -> list[Listed]:
        return self._shelf.entries(self._appearance.look.translate)

    def _offer_last(self, entries: Sequence[Listed]) -> None:
        """Offer the learner's last lesson before all others, where it is among these."""
        if self._shelf.last_header is None and self._shelf.finds_last(entries):
            self._show_with_continue()

    def _show(self) -> None:
        entries = self._entries
        summaries = self._shelf.summaries(entries)
        self._list.show_entries(entries, self._filter.value, summaries, self._appearance.look)
        self._say_what_is_missing()

    def _show_again(self) -> None:
        option = self._list.highlighted_option
        self._show()
        self._list.mark(None if option is None else option.id)

    def _show_with_continue(self) -> None:
        """Offer to continue, and mark that, unless the learner has marked something else."""
        has_moved = bool(self._list.highlighted)
        self._offer_to_continue()
        self._show_again()
        if not has_moved and self._list.option_count:
            self._list.highlighted = 0

    def _offer_to_continue(self) -> None:
        """Offer the step where the learner was last before all lessons, where it is known."""
        self._list.offer_first(self._shelf.words_to_continue(self._appearance.look))

    def _say_what_is_missing(self) -> None:
        """Say why nothing is listed, where that is certain."""
        self.query_one(ListBar).tell_marked(has_opening=self._list.has_opening)
        words = self._filter.value
        translate = self._appearance.look.translate
        if self._list.option_count or not self.is_complete:
            self._say("")
        elif not self._entries:
            names = printable_line(", ".join(map(str, self._paths)))
            empty = translate("There is no lesson in {folder}.").format(folder=names)
            self._say(self._problem or empty)
        else:
            sentence = translate("No lesson has “{words}” in its title or summary. Esc shows all.")
            self._say(sentence.format(words=words))

    def _speak(self, look: Look) -> None:
        """Show the words of this screen in the language of `look`."""
        title = self.query_one("#title", Static)
        words = look.translate("tutorch: learn deep learning in the terminal")
        title.update(
            words
            if self._title is None
            else look.write_title(self._title.in_language(look.language))
        )
        self._filter.placeholder = look.translate("/ filters")
        self.query_one(ListBar).speak(look.translate)
        self._offer_to_continue()
        self._show_again()

    def _say(self, sentence: str) -> None:
        nothing = self.query_one("#nothing", Static)
        nothing.update(sentence)
        nothing.set_class(bool(sentence), "-shown")
