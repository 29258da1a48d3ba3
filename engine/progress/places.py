"""Where tutorch keeps its files, as the system has it; nothing is made or opened here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs

_NAME = "tutorch"


def state_folder() -> Path:
    """The folder of what the learner has done; not absolute where the user has no home."""
    return _folder(platformdirs.user_state_path)


def data_folder() -> Path:
    """The folder of what lessons downloaded; not absolute where the user has no home."""
    return _folder(platformdirs.user_data_path)


def _folder(find: Callable[..., Path]) -> Path:
    try:
        return find(_NAME, appauthor=False)
    except RuntimeError:  # no home
        return Path(_NAME)
