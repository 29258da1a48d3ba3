"""Which language a person reads, as their locale says it."""

from __future__ import annotations

import os

from tui.language.characters import can_be_written


def preferred_language() -> str:
    """The language of titles and prose: "ko" where the locale is Korean and can be written.

    Else it is "en".
    """
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, settings), "")
    is_korean = locale.lower().startswith("ko")
    return "ko" if is_korean and can_be_written("ko") else "en"
