"""The command that is meant by a word that is none, nor a lesson."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from engine.lesson.printable import printable_line
from tui.commands.errors import Unable, own_words

_QUESTIONS = {"help": "--help", "version": "--version"}


def command_meant(word: str, commands: Iterable[str]) -> Unable | None:
    """What names the command that the word is close to; None where it is close to none."""
    close = difflib.get_close_matches(word.lower(), [*commands, *_QUESTIONS], n=1, cutoff=0.7)
    if not close:
        return None
    translate = own_words()
    words = translate("{name!r} is neither a command nor a lesson; the nearest: {command}")
    command = f"tutorch {_QUESTIONS.get(close[0], close[0])}"
    return Unable(printable_line(words.format(name=word, command=command)))
