"""Records a training that is gone back into, in lesson 0, as asciinema plays it.

`make recording` runs the app on a terminal of its own, presses keys at a reader's pace, and writes
assets/going_back.cast.
"""

from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
RECORDING = ROOT / "assets" / "going_back.cast"

_COLUMNS, _ROWS = 100, 32
_CHUNK = 1 << 16
# Two chunks that come closer together are written as one.
_TOGETHER = 0.02
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
_SECONDS_TO_OPEN = 8.0


def main() -> None:
    """Play the keys, and write what came to the terminal."""
    with TemporaryDirectory() as nothing_done:
        events = list(_recorded(nothing_done))
    head = {
        "version": 2,
        "width": _COLUMNS,
        "height": _ROWS,
        "title": "tutorch: back into a training, and on from there",
        "idle_time_limit": _MOST_SECONDS_IDLE,
        "env": {"TERM": "xterm-256color"},
    }
    lines = [head, *([round(when, 3), "o", text] for when, text in events)]
    written = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    RECORDING.write_text(written, encoding="utf-8")


def _recorded(home: str) -> Iterator[tuple[float, str]]:
    """What the app writes, each piece with its second."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    folders = dict.fromkeys(("XDG_STATE_HOME", "XDG_DATA_HOME"), home)
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    app = subprocess.Popen(
        [sys.executable, "-m", "tui", "0"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, **folders, **terminal},
        cwd=ROOT,
        start_new_session=True,
    )
    os.close(theirs)
    decode = codecs.getincrementaldecoder("utf-8")().decode
    began = time.monotonic()
    try:
        for key, seconds in (("", _SECONDS_TO_OPEN), *_KEYS):
            os.write(ours, key.encode())
            for chunk in _chunks(ours, time.monotonic() + seconds):
                yield time.monotonic() - began, decode(chunk)
    finally:
        app.terminate()
        app.wait()
        os.close(ours)


def _chunks(terminal: int, end: float) -> Iterator[bytes]:
    """What comes until then."""
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            time.sleep(_TOGETHER)
            yield os.read(terminal, _CHUNK)


if __name__ == "__main__":
    main()
