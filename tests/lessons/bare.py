"""Lessons as Python runs them without the player."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def printed_by(lesson: Path, folder: Path) -> str:
    """What a lesson prints when it is run to its end from another folder."""
    command = [sys.executable, str(lesson)]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout
