"""Records a training that is gone back into, in lesson 0, as asciinema plays it.

`make recording` runs the app on a terminal of its own, presses keys at a reader's pace, and writes
assets/going_back.cast. No two are the same to the byte, as what trains takes its time: the head
says which sources one is of, and while those are the same it stays as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.recording.cast import cast_of
from tui.recording.program import Program

ROOT = Path(__file__).resolve().parent.parent
RECORDING = ROOT / "assets" / "going_back.cast"

_SHOWN_BY = ("engine/**/*.py", "tui/**/*.py", "lessons/00*.py", "docs/recording.py")
# Of the head, its variables are what every player of recordings reads past.
_MADE_OF = "MADE_OF"

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
    """Play the keys, and write what came to the terminal; nothing where that has been done."""
    made_of = sources()
    if RECORDING.exists() and made_of_in(RECORDING.read_text(encoding="utf-8")) == made_of:
        print(f"{RECORDING} is of these sources already")
        return
    title = "tutorch: back into a training, and on from there"
    with TemporaryDirectory() as nothing_done:
        pieces = _recorded(nothing_done)
    written = cast_of(pieces, _COLUMNS, _ROWS, title, _MOST_SECONDS_IDLE)
    RECORDING.write_text(with_made_of(written, made_of), encoding="utf-8")


def sources() -> str:
    """What tells the sources of the recording from all others."""
    digest = hashlib.sha256()
    for path in sorted({path for files in _SHOWN_BY for path in ROOT.glob(files)}):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def with_made_of(recording: str, made_of: str) -> str:
    """The recording with what it is made of in its head."""
    head, end, events = recording.partition("\n")
    said = json.loads(head)
    said["env"][_MADE_OF] = made_of
    return json.dumps(said, ensure_ascii=False) + end + events


def made_of_in(recording: str) -> object:
    """What a recording is made of, by its head; None where that says nothing."""
    return json.loads(recording.partition("\n")[0])["env"].get(_MADE_OF)


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
