"""The interface's own words in the languages there are; no widget may enter, and no lesson.

The words in the code are the keys (English), and a gettext catalogue for each language says what
stands for them. Catalogues are read as the text that translators write: nothing is compiled, so
none is ever behind its source.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

Translate = Callable[[str], str]

LANGUAGES = ("en", "ko")
LOCALE = Path(__file__).resolve().parents[2] / "assets" / "locale"


class CatalogueError(Exception):
    """A catalogue that cannot be read: `str()` is `path:line: what is wrong; the mend`."""


@lru_cache
def translator(language: str) -> Translate:
    """What turns the code's words into `language`; the same one each time it is asked for.

    Raises CatalogueError or OSError where its catalogue cannot be read.
    """
    texts = read_catalogue(catalogue_path(language))

    def translate(text: str) -> str:
        return texts.get(text, text)

    return translate


def as_written(text: str) -> str:
    """The words as they stand in the code, for where no language was chosen."""
    return text


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "tutorch.po"


def read_catalogue(path: Path) -> dict[str, str]:
    """Each `msgid` of a catalogue and its `msgstr`; the header, whose `msgid` is "", is left out.

    Source: the GNU gettext manual, "The Format of PO Files"; plural forms are not read. Raises
    CatalogueError where a line is none of an entry's, or an entry is there twice.
    """
    entries: list[dict[str, str]] = []
    keyword = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        before, quote, rest = line.strip().partition('"')
        if line.startswith("#") or not line.strip():
            continue
        if before.strip() == "msgid":
            entries.append({})
        keyword = before.strip() or keyword
        if not quote or not entries or keyword not in ("msgid", "msgstr"):
            raise CatalogueError(f'{path}:{number}: not of an entry; write msgid "…", msgstr "…"')
        entries[-1][keyword] = entries[-1].get(keyword, "") + _unquoted(quote + rest, path, number)
    texts: dict[str, str] = {}
    for entry in entries:
        if entry["msgid"] in texts:
            raise CatalogueError(f"{path}: {entry['msgid']!r} is there twice; take one out")
        texts[entry["msgid"]] = entry.get("msgstr", "")
    texts.pop("", None)
    return texts


def _unquoted(text: str, path: Path, line: int) -> str:
    try:
        return str(ast.literal_eval(text))
    except SyntaxError as error:
        raise CatalogueError(f"{path}:{line}: a broken text; end it with a quote") from error
