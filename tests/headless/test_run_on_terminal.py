"""`tutorch run` on a terminal: a bar counts, and leaves what is printed whole."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest
from running import ENVIRONMENT, command, written

SLOW = """
# %% 훈련
import sys, time
for epoch in range(30):
    time.sleep(0.05)
    if epoch % 10 == 0:
        print("now at", epoch)
print("warned", file=sys.stderr)
print("half a line", end="")
"""


class Terminal:
    """A terminal of 24 by `columns` that a command writes to; its output is read to the end."""

    def __init__(self, columns: int = 80) -> None:
        self._ours, self.theirs = pty.openpty()
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))

    def read(self) -> str:
        os.close(self.theirs)
        parts = []
        while part := self._next():
            parts.append(part)
        os.close(self._ours)
        return b"".join(parts).decode()

    def _next(self) -> bytes:
        try:
            return os.read(self._ours, 65536)
        except OSError:  # how Linux says that the other side is closed
            return b""


def shown(arguments: list[str], columns: int) -> str:
    """What a command with a terminal for both streams writes on it."""
    terminal = Terminal(columns)
    both = terminal.theirs
    with subprocess.Popen(arguments, stdout=both, stderr=both, env=ENVIRONMENT):
        return terminal.read()


def left_standing(output: str) -> list[str]:
    """The lines that stay on a terminal: without what was erased, and without colours."""
    lines = [line.rpartition("\r\x1b[K")[2] for line in output.split("\r\n")]
    return [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]


def test_on_a_terminal_a_bar_counts_and_leaves_every_print_whole(tmp_path: Path) -> None:
    output = shown(command(written(tmp_path, SLOW)), columns=60)

    assert re.search(r"\r\x1b\[K.*epoch.* ?\d+/30", output)
    lines = left_standing(output)
    assert lines[:6] == [
        "step 1/1 훈련",
        "now at 0",
        "now at 10",
        "now at 20",
        "warned",
        "half a line",
    ]
    assert re.fullmatch(r"step 1/1 done in [\d.]+ s", lines[6])


def test_no_bar_counts_on_once_a_step_has_ended_its_process(tmp_path: Path) -> None:
    leaving = "# %% 훈련\nimport os, time\ntime.sleep(0.5)\nprint('last', end='')\nos._exit(3)\n"

    output = shown(command(written(tmp_path, leaving)), columns=60)

    before, _, after = output.partition("ended its process")
    assert "훈련" in before.partition("\n")[2]
    assert "훈련" not in after


@pytest.fixture(scope="module")
def without_colour(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """What stands in a pipe at stdout, and on a terminal at stderr, of a run without colour."""
    terminal = Terminal()
    arguments = command(written(tmp_path_factory.mktemp("piped"), SLOW))
    environment = {**ENVIRONMENT, "NO_COLOR": "1"}

    pipe, theirs = subprocess.PIPE, terminal.theirs
    with subprocess.Popen(arguments, stdout=pipe, stderr=theirs, env=environment) as running:
        output = terminal.read()
        assert running.stdout is not None
        return running.stdout.read(), output


def test_a_bar_on_stderr_puts_nothing_into_a_piped_stdout(
    without_colour: tuple[bytes, str],
) -> None:
    printed, output = without_colour

    assert printed == b"now at 0\nnow at 10\nnow at 20\nhalf a line"
    assert "/30" in output


def test_without_colour_the_bar_has_none(without_colour: tuple[bytes, str]) -> None:
    _, output = without_colour

    assert "/30" in output
    assert not re.search(r"\x1b\[[\d;]*(3|9)\d[\d;]*m", output)
