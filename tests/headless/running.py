"""`tutorch run` in a process of its own, as a script or a person starts it."""

import os
import subprocess
from pathlib import Path

from warmed import python

ROOT = Path(__file__).parents[2]
TIME_OUT = 300
SETTINGS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING", "TTY_COMPATIBLE")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in SETTINGS} | {
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
    "TERM": "xterm-256color",
}


def written(folder: Path, text: str) -> Path:
    path = folder / "lesson.py"
    path.write_text(text, encoding="utf-8")
    return path


def command(*arguments: str | Path) -> list[str]:
    return python("-m", "tui", "run", *arguments)


def run(arguments: list[str], stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        arguments,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=ENVIRONMENT,
        timeout=TIME_OUT,
        check=False,
    )
