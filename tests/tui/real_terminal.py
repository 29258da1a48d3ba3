"""The app on a real terminal, in a process of its own that signals reach."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import struct
import termios
from contextlib import nullcontext
from pathlib import Path

from driving import PATIENCE
from warmed import python, warm_starts

from bench.terminal import Terminal

ROOT = Path(__file__).parents[2]

# The terminal becomes the program's own, so that the program is told when it hangs up.
_OWN = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
_START = """
import runpy, sys
sys.argv.append("--trust")
runpy.run_module("tui", run_name="__main__", alter_sys=True)
"""
# Stands in for torch in the host's process: it ends with the host's link to the interface.
_ENDLESS_IMPORT = """
import os, select, sys
link = select.poll()
link.register(int(sys.argv[1]), 0)
link.poll()
os._exit(0)
"""


def without_torch(folder: Path) -> str:
    """A PYTHONPATH with which the engine imports torch for ever, where nothing is to run.

    What stands in for torch is written to `folder`.
    """
    (folder / "torch.py").write_text(_ENDLESS_IMPORT, encoding="utf-8")
    return f"{ROOT}:{folder}"


class RealApp(Terminal):
    """tutorch with a lesson, on a terminal of 120x40; its engine has torch at once.

    With a PYTHONPATH of its own its engine is started as it is for a learner.
    """

    def __init__(
        self,
        lesson: Path,
        *,
        columns: int = 120,
        rows: int = 40,
        owns_terminal: bool = True,
        **environment: str,
    ) -> None:
        settings = {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LANG": "en_US.UTF-8"}
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_STATE_HOME")}
        start = (_OWN if owns_terminal else "") + _START
        command = python("-c", start, lesson)
        with warm_starts() if "PYTHONPATH" not in environment else nullcontext():
            super().__init__(command, kept | settings | environment, ROOT)
        self.resize(columns, rows)
        self.modes = self.terminal_modes()

    def terminal_modes(self) -> list[object]:
        """What `stty -a` would say."""
        return termios.tcgetattr(self._ours)

    def reads(self, text: str, since: int = 0) -> None:
        """Wait until a text has been written, whatever colours stand between its words."""
        words = [re.escape(word) for word in text.encode().split(b" ")]
        self.wait_for(re.compile(rb"(?:\x1b\[[\d;]*[mH]| )*".join(words)), since)

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Take the terminal away."""
        ours, self._ours = self._ours, os.open(os.devnull, os.O_RDWR)
        os.close(ours)

    def signal(self, number: signal.Signals) -> None:
        self._program.send_signal(number)

    def status(self) -> int:
        """The exit status, once the program has ended by itself and its output has come."""
        status = self._program.wait(PATIENCE)
        self._drain.join(PATIENCE)
        return status

    @property
    def is_alive(self) -> bool:
        return self._program.poll() is None

    @property
    def output(self) -> bytes:
        """All that was written so far."""
        with self._news:
            return bytes(self._output)
