"""What is said in a corner of the screen for a moment, and taken back once it is true no more."""

from __future__ import annotations

from typing import Any

from textual.app import App


def take_back(app: App[Any], words: str) -> None:
    """Say these words no more, if they are still said."""
    for said in [*app._notifications]:
        if said.message == words:
            app._unnotify(said)
