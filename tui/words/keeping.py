"""What is wrong with the keeping of the learner's progress, in words."""

from __future__ import annotations

from engine.progress.data import Notice
from tui.language.catalogue import Translate


def keeping_words(notice: Notice, translate: Translate) -> str:
    """The notice in the reader's language, as far as its words are known."""
    names = {name: translate(text) for name, text in notice.names}
    return translate(notice.words).format(**names)
