"""Where the catalogues lie, a folder for each language."""

from __future__ import annotations

from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "assets" / "locale"


def catalogue_path(language: str) -> Path:
    """Where the catalogue of the interface's own words in a language lies."""
    return words_folder(language) / "tutorch.po"


def words_folder(language: str) -> Path:
    """Where all catalogues of a language lie, as gettext looks for them."""
    return LOCALE / language / "LC_MESSAGES"
