"""Descriptors of a process that was kept: files where they stood, and output to another host's end.

A fork shares where its files stand with the process that it was forked from, which reads on.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.system.identity import identity_of

_OUTPUT, _ERRORS = 1, 2
# Others say how a file is found, as O_TMPFILE and O_NOFOLLOW do for a temporary one.
_OPENED_AGAIN_WITH = os.O_ACCMODE | os.O_APPEND | os.O_SYNC


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Where a file stands, and its name; None where it has none, or has lost it."""

    offset: int
    path: Path | None


def open_files() -> dict[int, OpenFile]:
    """The regular files that are open, by their descriptors."""
    found: dict[int, OpenFile] = {}
    for descriptor in _descriptors():
        with suppress(OSError):
            state = os.fstat(descriptor)
            if stat.S_ISREG(state.st_mode):
                path = _link(descriptor).readlink() if state.st_nlink else None
                offset = os.lseek(descriptor, 0, os.SEEK_CUR)
                found[descriptor] = OpenFile(offset, path)
    return found


def restore(files: dict[int, OpenFile]) -> None:
    """Let these files stand there, in this process alone; one that was deleted since is a copy."""
    for descriptor, file in files.items():
        with suppress(OSError):
            flags = fcntl.fcntl(descriptor, fcntl.F_GETFL) & _OPENED_AGAIN_WITH
            path = _link(descriptor)
            if file.path is not None and not file.path.exists():
                path = _copied(descriptor, file.path)
            own = os.open(path, flags)
            os.dup2(own, descriptor, inheritable=os.get_inheritable(descriptor))
            os.close(own)
            os.lseek(descriptor, file.offset, os.SEEK_SET)


def _copied(descriptor: int, path: Path) -> Path:
    """Write a file that is open again under the name that it had: it will be asked for there."""
    with _link(descriptor).open("rb") as left, path.open("xb") as made:
        shutil.copyfileobj(left, made)
    path.chmod(stat.S_IMODE(os.fstat(descriptor).st_mode))
    return path


def _link(descriptor: int) -> Path:
    return Path(f"/proc/self/fd/{descriptor}")


def lead_to(writes: Sequence[int]) -> None:
    """Let all that leads where output and errors led lead to these descriptors instead.

    Output goes to the first, and errors to the last, which may be the same.
    """
    ends = {identity_of(_ERRORS): writes[-1], identity_of(_OUTPUT): writes[0]}
    for descriptor in _descriptors():
        end = ends.get(identity_of(descriptor))
        if end is not None and descriptor not in writes:
            os.dup2(end, descriptor, inheritable=os.get_inheritable(descriptor))
    for end in writes:
        os.close(end)


def _descriptors() -> list[int]:
    return [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]
