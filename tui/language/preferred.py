"""Which language a person reads, as their locale says it."""

from __future__ import annotations

import os


def preferred_language() -> str:
    """The language of titles and prose: "ko" where the locale is Korean, else "en"."""
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, settings), "")
    return "ko" if locale.lower().startswith("ko") else "en"
