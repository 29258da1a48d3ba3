"""Where tutorch keeps its files, as the system has it; nothing is made or opened here."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_NAME = "tutorch"


def state_folder() -> Path:
    """The folder of what the learner has done; not absolute where the user has no home."""
    try:
        return platformdirs.user_state_path(_NAME, appauthor=False)
    except RuntimeError:  # no home
        return Path(_NAME)
