"""The lessons as a list: title and minutes, summary below; a file that cannot be read says why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option, OptionDoesNotExist

from engine.courses.course import Folder
from engine.courses.folders import Section, UnreadableLesson
from engine.lesson.model import LessonHeader
from engine.lesson.printable import printable_line
from engine.progress.data import Summary
from tui.lessons.shelf import Listed, lesson_number
from tui.look import Look
from tui.rendering.widths import wrap_words

# No file has this path.
CONTINUE = "\0"

# So many take about 50 ms to lay out, for which a key can wait.
_AT_ONCE = 300

_BAR_WIDTH = 8
# What has no number stands in the column of the titles that have one, and not below a section's.
_NO_NUMBER = "   "
# Beside each entry, in cells: the last may be the scrollbar's.
_AT_SIDES = 3


class LessonList(OptionList, can_focus=False):
    """Shows the entries that match the filter; the id of an option is its path."""

    DEFAULT_CSS = """
    LessonList, LessonList:focus {
        height: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
    }
    LessonList > .option-list--option { padding: 0 1 1 1; }
    LessonList > .option-list--option-disabled { color: $accent; text-style: bold; }
    """

    class Outgrown(Message):
        """The list is of another width than its entries were broken for."""

    def __init__(self) -> None:
        super().__init__()
        self._broken_for = 0
        self._waiting: Iterator[Option] = iter(())
        self._first: Option | None = None
        self._section: Section | None = None

    @property
    def has_opening(self) -> bool:
        """Whether the entry that is marked can be opened."""
        marked = self.highlighted_option
        return marked is not None and not isinstance(marked, _Unreadable)

    def on_resize(self) -> None:
        """Have the entries shown again for another width; the marked one stays in sight."""
        if self.option_count and self.outer_size.width != self._broken_for:
            self.post_message(self.Outgrown())
        self.call_after_refresh(self.scroll_to_highlight)

    def render_line(self, y: int) -> Strip:
        """A row of an entry that is seen whole, or that never could be; else an empty one."""
        rows, at = self._lines, self.scroll_offset.y + y
        region = self.scrollable_content_region
        if at < len(rows):
            entry, row = rows[at]
            top, height = y - row, self._heights[entry]
            is_whole = top >= 0 and top + height <= region.height
            if not is_whole and height <= region.height:
                style = self.get_visual_style("option-list--option").rich_style
                return Strip.blank(region.width, style)
        return super().render_line(y)

    def offer_first(self, words: str) -> None:
        """Offer this before all lessons, with the id `CONTINUE`; none where it is empty."""
        self._first = None
        if words:
            self._first = Option(Content.styled(words, "bold $accent"), id=CONTINUE)

    def show_entries(
        self,
        entries: Iterable[Listed],
        words: str,
        summaries: Mapping[Path, Summary],
        look: Look,
    ) -> None:
        """Show the entries in which every one of the words occurs, in any language.

        `summaries` say how far the lessons are that were begun, by their paths. Of very many
        entries the first are shown at once, and the others follow between keys.
        """
        self._section = None
        self._waiting = self._matching_options(tuple(entries), words, summaries, look)
        first = () if self._first is None or words else (self._first,)
        self.set_options((*first, *islice(self._waiting, _AT_ONCE)))
        self._mark_first()
        self.call_later(self._show_more, self._waiting)

    def add_entries(
        self,
        entries: Iterable[Listed],
        words: str,
        summaries: Mapping[Path, Summary],
        look: Look,
    ) -> None:
        """Show more entries below those that are shown; the one that is marked stays marked."""
        more = self._matching_options(tuple(entries), words, summaries, look)
        self._waiting = chain(self._waiting, more)
        self._show_more(self._waiting)

    def mark(self, path: str | None) -> None:
        """Move to the entry with this path, where it is shown."""
        while path is not None and not self._has(path):
            if not self._add_some():
                return
        if path is not None:
            self.highlighted = self.get_option_index(path)

    def move(self, lessons: int) -> None:
        """Move down by so many entries, or up, past the names of sections."""
        places = [at for at, option in enumerate(self.options) if not option.disabled]
        if places:
            marked = bisect_left(places, self.highlighted or 0) + lessons
            self.highlighted = places[min(max(marked, 0), len(places) - 1)]
            if marked <= 0:
                # The name of the first section stands above it.
                self.scroll_to(y=0, animate=False)

    def move_to_last(self) -> None:
        """Move to the last of all entries, those too that wait to be shown."""
        while self._add_some():
            pass
        self.move(self.option_count)

    def _matching_options(
        self,
        entries: Iterable[Listed],
        words: str,
        summaries: Mapping[Path, Summary],
        look: Look,
    ) -> Iterator[Option]:
        wanted = words.casefold().split()
        self._broken_for = self.outer_size.width
        # Before it is laid out, it is as wide as the screen.
        width = (self._broken_for or self.app.size.width) - _AT_SIDES
        for entry in entries:
            if isinstance(entry, Section):
                self._section = entry
            elif _matches(entry, wanted):
                if self._section is not None:
                    # The name of a section stands there once something in it is shown.
                    title = look.write_title(self._section.title.in_language(look.language))
                    yield Option(printable_line(title), disabled=True)
                    self._section = None
                yield _option(entry, summaries.get(entry.path), look, width)

    def _mark_first(self) -> None:
        self.highlighted = next(
            (at for at, option in enumerate(self.options) if not option.disabled), None
        )

    def _has(self, path: str) -> bool:
        try:
            self.get_option(path)
        except OptionDoesNotExist:
            return False
        return True

    def _show_more(self, waiting: Iterator[Option]) -> None:
        """Add some of those that wait, and have the others added later."""
        if waiting is self._waiting and self._add_some():
            self.call_later(self._show_more, waiting)

    def _add_some(self) -> bool:
        """Add as many of those that wait as keys can wait for; False where none is left."""
        some = list(islice(self._waiting, _AT_ONCE))
        self.add_options(some)
        if self.highlighted is None and some:
            self._mark_first()
        return bool(some)


class _Unreadable(Option):
    """An entry for a file that cannot be read."""


def _matches(entry: LessonHeader | UnreadableLesson | Folder, wanted: list[str]) -> bool:
    texts = [entry.path.stem]
    if not isinstance(entry, UnreadableLesson):
        texts += entry.title.texts.values()
    if isinstance(entry, LessonHeader):
        texts += entry.summary.texts.values()
    text = " ".join(texts).casefold()
    return all(word in text for word in wanted)


def _option(
    entry: LessonHeader | UnreadableLesson | Folder,
    summary: Summary | None,
    look: Look,
    width: int,
) -> Option:
    """What is listed of an entry, its summary broken for so many cells, under its title."""
    translate, language = look.translate, look.language
    if isinstance(entry, Folder):
        title = printable_line(look.write_title(entry.title.in_language(language)))
        place = printable_line(str(entry.path))
        prompt = Content.assemble(
            (f"{_NO_NUMBER}{title}/", "bold"), "\n", _NO_NUMBER, (place, "$text-muted")
        )
        return Option(prompt, id=str(entry.path))
    if isinstance(entry, UnreadableLesson):
        problem = translate("cannot be read: {reason}").format(reason=entry.said(translate))
        name = printable_line(entry.path.name)
        prompt = Content.assemble((name, "bold $error"), "\n", (problem, "$error"))
        return _Unreadable(prompt, id=str(entry.path))
    minutes = translate("{count} min").format(count=entry.minutes)
    number = lesson_number(entry.path)
    indentation = len(number) + 2 if number else len(_NO_NUMBER)
    words = look.write_title(entry.summary.in_language(language))
    broken = wrap_words(words, max(width - indentation, 1)) if words else []
    prompt = Content.assemble(
        (f"{number:<{indentation}}", "$text-muted"),
        (look.write_title(entry.title.in_language(language)), "bold"),
        (f"  {minutes}" if entry.minutes is not None else "", "$text-muted"),
        ("" if summary is None else f"  {_progress(summary, look)}", "$text-success"),
        *((f"\n{' ' * indentation}{line}", "$text-muted") for line in broken),
    )
    return Option(prompt, id=str(entry.path))


def _progress(summary: Summary, look: Look) -> str:
    """A bar and `3/8`: so many of the steps are done; with a tick once all are."""
    glyphs, (left, right) = look.glyphs, look.glyphs.bar_ends
    full = summary.done * _BAR_WIDTH // max(summary.steps, 1)
    bar = left + glyphs.bar_full * full + glyphs.bar_empty * (_BAR_WIDTH - full) + right
    is_ticked = summary.done == summary.steps and not look.in_ascii
    return f"{bar} {summary.done}/{summary.steps}{' ✓' if is_ticked else ''}"
