"""Where tutorch keeps its files, as the system has it; nothing is made or opened here."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def state_folder() -> Path:
    """The folder of what the learner has done; not absolute where the user has no home."""
    return _folder("XDG_STATE_HOME", "~/.local/state")


def data_folder() -> Path:
    """The folder of what lessons downloaded; not absolute where the user has no home."""
    return _folder("XDG_DATA_HOME", "~/.local/share")


def _folder(variable: str, usual: str) -> Path:
    """The folder `tutorch` in the one that `variable` names, else in the system's usual one.

    Source: the XDG base directory specification, which also says to pass over a relative path.
    """
    chosen = os.environ.get(variable, "")
    base = chosen if Path(chosen).is_absolute() else _usual_on(sys.platform, usual)
    return Path(os.path.expanduser(base), "tutorch")  # noqa: PTH111 (the method raises)


def _usual_on(platform: str, elsewhere: str) -> str:
    match platform:
        case "darwin":
            return "~/Library/Application Support"
        case "win32":
            return os.environ.get("LOCALAPPDATA", "~/AppData/Local")
        case _:
            return elsewhere
