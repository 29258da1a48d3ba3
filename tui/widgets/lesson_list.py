"""The lessons as a list: title and minutes, summary below; a file that cannot be read says why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.lesson import LessonHeader
from engine.library import UnreadableLesson

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

    def show_entries(self, entries: Iterable[Entry], words: str, language: str) -> None:
        """Show the entries in which every one of the words occurs, in any language."""
        wanted = words.casefold().split()
        matching = [entry for entry in entries if _matches(entry, wanted)]
        self.set_options([_option(entry, language) for entry in matching])
        self.highlighted = 0 if matching else None


def _matches(entry: Entry, wanted: list[str]) -> bool:
    texts = [entry.path.stem]
    if isinstance(entry, LessonHeader):
        texts += [*entry.title.texts.values(), *entry.summary.texts.values()]
    text = " ".join(texts).casefold()
    return all(word in text for word in wanted)


def _option(entry: Entry, language: str) -> Option:
    if isinstance(entry, UnreadableLesson):
        prompt = Content.assemble(
            (entry.path.name, "bold $error"), "\n", (f"cannot be read: {entry.message}", "$error")
        )
        return Option(prompt, id=entry.path.name)
    minutes = f"  {entry.minutes} min" if entry.minutes is not None else ""
    number = _number(entry.path)
    prompt = Content.assemble(
        (f"{number}  " if number else "", "$text-muted"),
        (entry.title.in_language(language), "bold"),
        (minutes, "$text-muted"),
        "\n" + " " * (len(number) + 2 if number else 0),
        (entry.summary.in_language(language), "$text-muted"),
    )
    return Option(prompt, id=entry.path.name)


def _number(path: Path) -> str:
    """The number by which the command line knows the lesson; empty where it has none."""
    digits = path.stem.partition("_")[0]
    return str(int(digits)) if digits.isdecimal() else ""
