"""The programs that are measured: the player and plain Python, started as a person starts them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LESSONS = ROOT / "bench" / "lessons"

PLAYER = (sys.executable, "-m", "tui")

# What would make a run of one person unlike that of another.
_PERSONAL = ("NO_COLOR", "TEXTUAL", "COLUMNS", "LINES", "PYTHON", "TUTORCH")


@contextmanager
def fresh_environment(**settings: str) -> Iterator[dict[str, str]]:
    """The variables of a first run in English, with `settings`; its folders go afterwards."""
    with tempfile.TemporaryDirectory(prefix="tutorch-bench-") as folder:
        own = {name: value for name, value in os.environ.items() if not name.startswith(_PERSONAL)}
        folders = dict.fromkeys(("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), folder)
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        yield own | folders | terminal | settings


def run_plainly(command: list[str], environment: dict[str, str]) -> None:
    """Run a program that has no terminal to its end; CalledProcessError where it fails.

    What it says on stderr goes to ours.
    """
    subprocess.run(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=True,
    )
