"""Records a training that is gone back into, in lesson 0, as asciinema plays it.

`make recording` runs the app on a terminal of its own, presses keys at a reader's pace, and writes
assets/going_back.cast.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.recording.cast import cast_of
from tui.recording.program import Program

ROOT = Path(__file__).resolve().parent.parent
RECORDING = ROOT / "assets" / "going_back.cast"

_COLUMNS, _ROWS = 100, 32
_MOST_SECONDS_IDLE = 2

# What is pressed, and how many seconds it is looked at.
_KEYS = (
    *[("n", 0.3)] * 5,
    (" ", 1.5),
    ("\x1b", 5.0),
    *[(",", 1.0)] * 3,
    ("3", 2.0),
    *[("\x1b[D", 0.4)] * 3,
    *[("\x1b[1;2D", 0.4)] * 8,
    ("\r", 2.5),
    ("2", 0.8),
    ("#", 1.2),
    ("}", 2.0),
    ("\x1b", 0.8),
    ("3", 0.8),
    (" ", 5.0),
    ("B", 4.0),
    ("\x1b", 2.0),
)
_SECONDS_TO_OPEN = 120.0
_LOOKED_AT = 4.0


def main() -> None:
    """Play the keys, and write what came to the terminal."""
    title = "tutorch: back into a training, and on from there"
    with TemporaryDirectory() as nothing_done:
        pieces = _recorded(nothing_done)
    written = cast_of(pieces, _COLUMNS, _ROWS, title, _MOST_SECONDS_IDLE)
    RECORDING.write_text(written, encoding="utf-8")


def _recorded(home: str) -> list[tuple[float, bytes]]:
    """What the app writes, each piece with its second."""
    folders = dict.fromkeys(("XDG_STATE_HOME", "XDG_DATA_HOME"), home)
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "tui", "0"]
    environment = {**os.environ, **folders, **terminal}
    with Program(command, environment, ROOT, columns=_COLUMNS, rows=_ROWS) as app:
        _wait_until_open(app)
        for key, seconds in (("", _LOOKED_AT), *_KEYS):
            app.press(key)
            time.sleep(seconds)
        return [(when - app.started, data) for when, data in app.pieces]


def _wait_until_open(app: Program) -> None:
    """Press nothing before the lesson is ready: what is pressed sooner may come to nothing."""
    ends = time.monotonic() + _SECONDS_TO_OPEN
    while not any(b"ready" in data for _, data in app.pieces):
        if time.monotonic() > ends:
            sys.exit(f"nothing is recorded: lesson 0 was not ready after {_SECONDS_TO_OPEN:.0f} s")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
