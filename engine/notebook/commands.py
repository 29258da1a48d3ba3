"""Commands that a lesson runs in a shell of the system, by `!`: what they write is seen at once."""

from __future__ import annotations

import codecs
import os
import select
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

# How soon a stop is noticed while a command writes nothing, in seconds.
_PATIENCE = 0.05
_MOST_AT_ONCE = 1 << 16
# Whatever has let go of its output may still work on.
_GRACE = 2.0


def run_in_shell(command: str) -> int:
    """Run a command with what it writes going to `sys.stdout`; its status, below 0 by a signal.

    It sees a terminal where `sys.stdout` is shown on one, and can read nothing.
    """
    sys.stdout.flush()
    reads, writes = _terminal() if sys.stdout.isatty() else os.pipe()
    try:
        process = subprocess.Popen(
            [_shell(), "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=writes,
            stderr=writes,
            start_new_session=True,
        )
    except BaseException:
        os.close(reads)
        raise
    finally:
        os.close(writes)
    try:
        _pass_on(reads, process)
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
    except BaseException:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        os.close(reads)
    return process.returncode


def _shell() -> str:
    """The learner's own shell, in which IPython runs commands too."""
    return shutil.which(os.environ.get("SHELL", "sh")) or "/bin/sh"


def _terminal() -> tuple[int, int]:
    """The two ends of a terminal, as wide as the environment says, that leaves newlines alone."""
    import fcntl
    import pty
    import struct
    import termios

    reads, writes = pty.openpty()
    modes = termios.tcgetattr(writes)
    modes[1] &= ~termios.OPOST
    termios.tcsetattr(writes, termios.TCSANOW, modes)
    columns = os.environ.get("COLUMNS", "")
    size = struct.pack("HHHH", 24, int(columns) if columns.isdecimal() else 80, 0, 0)
    fcntl.ioctl(writes, termios.TIOCSWINSZ, size)
    return reads, writes


def _pass_on(reads: int, process: subprocess.Popen[bytes]) -> None:
    """Write what comes until nothing more can; what runs on in the background is not waited for."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        if select.select([reads], [], [], _PATIENCE)[0]:
            try:
                data = os.read(reads, _MOST_AT_ONCE)
            except OSError:  # how a terminal says that nobody is left at its other end
                data = b""
            sys.stdout.write(decoder.decode(data, final=not data))
            if not data:
                return
        elif process.poll() is not None:
            return
