"""The interface's own words in the languages there are; no widget may enter, and no lesson.

The words in the code are English and the keys: a gettext catalogue for each other language says
what stands for them. They are read as the text that translators write: nothing is compiled, so none
is ever behind its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from tui.language.places import catalogue_path

Translate = Callable[[str], str]

_THE_CODES = "en"
TRANSLATED = ("ko",)
LANGUAGES = (_THE_CODES, *TRANSLATED)


class CatalogueError(Exception):
    """A catalogue that cannot be read: `str()` is `path:line: what is wrong; the mend`.

    The line is left out where none is told.
    """


@lru_cache
def translator(language: str) -> Translate:
    """What turns the code's words into `language`; the same one each time it is asked for.

    Raises CatalogueError or OSError where its catalogue cannot be read.
    """
    if language == _THE_CODES:
        return as_written
    texts = read_catalogue(catalogue_path(language))

    def translate(text: str) -> str:
        return texts.get(text, text)

    return translate


def as_written(text: str) -> str:
    """The words as they stand in the code: in English."""
    return text


def read_catalogue(path: Path) -> dict[str, str]:
    """Each `msgid` of a catalogue and its `msgstr`, without the header.

    Raises CatalogueError where a line is none of an entry's.
    """
    # English needs it for nothing, and the list is painted before it is imported.
    import polib

    text = path.read_text(encoding="utf-8")
    try:
        entries = polib.pofile(text)
    except OSError as error:
        line = _LINE.search(str(error))
        place = f"{path}:{line[1]}" if line else str(path)
        raise CatalogueError(f'{place}: not of an entry; write msgid "…", msgstr "…"') from error
    return {entry.msgid: entry.msgstr for entry in entries}


# How polib ends its messages.
_LINE = re.compile(r"\(line (\d+)\)")
