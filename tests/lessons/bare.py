"""Lessons, and parts of them, as Python runs them without the player."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run_bare(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """`python ARGUMENTS` in a folder, with what it printed."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def printed_by(lesson: Path, folder: Path) -> str:
    """What a lesson prints when it is run to its end from another folder."""
    result = run_bare(str(lesson), folder=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout
