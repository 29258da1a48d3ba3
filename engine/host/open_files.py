"""Descriptors of a process that was kept: files where they stood, and output to another host's end.

A fork shares where its files stand with the process that it was forked from, which reads on.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_OUTPUT, _ERRORS = 1, 2


def offsets() -> dict[int, int]:
    """Where each regular file stands that is open, by its descriptor."""
    found: dict[int, int] = {}
    for descriptor in _descriptors():
        with suppress(OSError):
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                found[descriptor] = os.lseek(descriptor, 0, os.SEEK_CUR)
    return found


def restore(offsets: dict[int, int]) -> None:
    """Let these files stand there, in this process alone."""
    for descriptor, offset in offsets.items():
        with suppress(OSError):
            flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
            own = os.open(f"/proc/self/fd/{descriptor}", flags)
            os.dup2(own, descriptor, inheritable=os.get_inheritable(descriptor))
            os.close(own)
            os.lseek(descriptor, offset, os.SEEK_SET)


def lead_to(writes: Sequence[int]) -> None:
    """Let all that leads where output and errors led lead to these descriptors instead.

    Output goes to the first, and errors to the last, which may be the same.
    """
    ends = {_identity(_ERRORS): writes[-1], _identity(_OUTPUT): writes[0]}
    for descriptor in _descriptors():
        end = ends.get(_identity(descriptor))
        if end is not None and descriptor not in writes:
            os.dup2(end, descriptor, inheritable=os.get_inheritable(descriptor))
    for end in writes:
        os.close(end)


def _descriptors() -> list[int]:
    return [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]


def _identity(descriptor: int) -> tuple[int, int] | None:
    try:
        found = os.fstat(descriptor)
    except OSError:
        return None
    return found.st_dev, found.st_ino
