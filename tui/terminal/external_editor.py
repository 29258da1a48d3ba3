"""The learner's own editor, run on a copy of their source; the caller gives it the terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path


class NoEditor(Exception):
    """There is no editor to run; `str()` says why, and the mend."""


def edited_outside(source: str) -> str:
    """The source as `$VISUAL` or `$EDITOR` leaves it.

    Raises NoEditor where neither names a program that runs and ends well.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise NoEditor("$EDITOR is not set; set it to your editor, such as: export EDITOR=nano")
    with tempfile.TemporaryDirectory(prefix="tutorch-") as folder:
        path = Path(folder) / "exercise.py"
        path.write_text(f"{source}\n", encoding="utf-8")
        try:
            subprocess.run([*shlex.split(command), str(path)], check=True)
            return path.read_text(encoding="utf-8").removesuffix("\n")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise NoEditor(f"{command!r} did not edit the exercise ({error})") from error
