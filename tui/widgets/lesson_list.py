"""The lessons as a list: title and minutes, summary below; a file that cannot be read says why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.lesson.library import UnreadableLesson
from engine.lesson.model import LessonHeader
from engine.lesson.printable import printable_line
from engine.progress.data import Summary
from tui.look import Look

Entry = LessonHeader | UnreadableLesson


class LessonList(OptionList, can_focus=False):
    """Shows the entries that match the filter; the id of an option is its file's name."""

    DEFAULT_CSS = """
    LessonList, LessonList:focus {
        height: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
    }
    LessonList > .option-list--option { padding: 0 1 1 1; }
    """

    def show_entries(
        self,
        entries: Iterable[Entry],
        words: str,
        summaries: Mapping[Path, Summary],
        look: Look,
    ) -> None:
        """Show the entries in which every one of the words occurs, in any language.

        `summaries` say how far the lessons are that were begun, by their paths.
        """
        self.set_options(_matching_options(entries, words, summaries, look))
        self.highlighted = 0 if self.option_count else None

    def add_entries(
        self,
        entries: Iterable[Entry],
        words: str,
        summaries: Mapping[Path, Summary],
        look: Look,
    ) -> None:
        """Show more entries below those that are shown; the one that is marked stays marked."""
        self.add_options(_matching_options(entries, words, summaries, look))
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

    def mark(self, name: str | None) -> None:
        """Move to the entry whose file has this name, where it is shown."""
        names = [option.id for option in self.options]
        if name in names:
            self.highlighted = names.index(name)


def _matching_options(
    entries: Iterable[Entry], words: str, summaries: Mapping[Path, Summary], look: Look
) -> list[Option]:
    wanted = words.casefold().split()
    return [
        _option(entry, summaries.get(entry.path), look)
        for entry in entries
        if _matches(entry, wanted)
    ]


def _matches(entry: Entry, wanted: list[str]) -> bool:
    texts = [entry.path.stem]
    if isinstance(entry, LessonHeader):
        texts += [*entry.title.texts.values(), *entry.summary.texts.values()]
    text = " ".join(texts).casefold()
    return all(word in text for word in wanted)


def _option(entry: Entry, summary: Summary | None, look: Look) -> Option:
    translate, language = look.translate, look.language
    if isinstance(entry, UnreadableLesson):
        problem = translate("cannot be read: {reason}").format(reason=entry.message)
        name = printable_line(entry.path.name)
        prompt = Content.assemble((name, "bold $error"), "\n", (problem, "$error"))
        return Option(prompt, id=entry.path.name)
    minutes = translate("{count} min").format(count=entry.minutes)
    number = _number(entry.path)
    prompt = Content.assemble(
        (f"{number}  " if number else "", "$text-muted"),
        (entry.title.in_language(language), "bold"),
        (f"  {minutes}" if entry.minutes is not None else "", "$text-muted"),
        ("" if summary is None else f"  {_progress(summary, look)}", "$text-success"),
        "\n" + " " * (len(number) + 2 if number else 0),
        (entry.summary.in_language(language), "$text-muted"),
    )
    return Option(prompt, id=entry.path.name)


def _number(path: Path) -> str:
    """The number by which the command line knows the lesson; empty where it has none."""
    digits = path.stem.partition("_")[0]
    return str(int(digits)) if digits.isdecimal() else ""


def _progress(summary: Summary, look: Look) -> str:
    """`3/8`: so many of the steps are done; with a tick once all are."""
    is_ticked = summary.done == summary.steps and not look.in_ascii
    return f"{summary.done}/{summary.steps}{' ✓' if is_ticked else ''}"
