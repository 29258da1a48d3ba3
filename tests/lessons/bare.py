"""Lessons as Python runs them without the player."""

from __future__ import annotations

import subprocess
from pathlib import Path

from warmed import WARM_PYTHON, warm_starts


def printed_by(lesson: Path, folder: Path) -> str:
    """What a lesson prints when it is run to its end from another folder."""
    command = [*WARM_PYTHON, str(lesson)]
    with warm_starts():
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout
