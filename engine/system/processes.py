"""What the system knows of processes: who is whose child, and how one ended.

On Linux whatever a lesson starts comes back to the host when its parent is gone, however far it
has moved away, and so none of it is left behind. Elsewhere only the session's own process group is
found.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from threading import get_native_id
from traceback import extract_tb
from typing import NoReturn

from engine.protocol.outcomes import Death

# From <sys/prctl.h>.
_SET_DEATH_SIGNAL = 1
_SET_CHILD_SUBREAPER = 36

_MOST_ROUNDS = 100
_BETWEEN_ROUNDS = 0.01

end_process = os._exit
"""Ends this process at once, also where a lesson has put something else in the place of `os`'s."""
_write = os.write
_nice = os.nice
_ERRORS = 2
# How much less of a busy processor than others a process gets that has only to end.
_LESS = 10


def tell_own_error(error: BaseException) -> None:
    """Write of an error of ours, in one line, what it was and where, for who is to mend it."""
    place = extract_tb(error.__traceback__)[-1]
    line = f"tutorch: {type(error).__name__}: {error} ({place.filename}, line {place.lineno})\n"
    _write(_ERRORS, line.encode(errors="backslashreplace"))


def end_behind_others() -> NoReturn:
    """End this process: all that trains comes before the giving back of its memory."""
    with suppress(OSError):
        _nice(_LESS)
    end_process(0)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def die_with_parent(parent: int) -> None:
    """Have this process killed when `parent`, which made it, ends; at once if it has ended."""
    _prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def end_orphans(but: Callable[[], Collection[int]]) -> None:
    """Kill every child of this process but those, and the children that come to it by that.

    `but` is asked once it is known which children there are: one that has come meanwhile stays.
    """
    for _ in range(_MOST_ROUNDS):
        orphans = _children_now() - {*but()}
        if not orphans:
            return
        for orphan in orphans:
            end(orphan)
        lingering = [orphan for orphan in orphans if not _is_reaped(orphan)]
        if lingering:
            time.sleep(_BETWEEN_ROUNDS)


def _is_reaped(child: int) -> bool:
    with suppress(ChildProcessError):
        return os.waitpid(child, os.WNOHANG)[0] == child
    return True


def end(process: int) -> None:
    """Kill a process, if it is still there."""
    with suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def end_group(leader: int) -> None:
    """Kill a process and all that have stayed in its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def children(session: int | None = None) -> set[int]:
    """The processes whose parent this one is; with `session`, only those in that session of Unix.

    Empty where the system does not say.
    """
    own = str(os.getpid())
    found: set[int] = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # The name of the program comes before, in brackets, and may hold anything.
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if fields[1] == own and session in (None, int(fields[3])):
                found.add(int(entry.name))
    return found


def _children_now() -> set[int]:
    """All children, by the system's own list of them where it keeps one.

    It is read twice: a child that ends while it is read may hide another.
    """
    if Path(f"/proc/self/task/{get_native_id()}/children").exists():
        return own_children() | own_children()
    return children()


def own_children() -> set[int]:
    """The processes that this one has started and that are its children still, on Linux."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            found |= {int(child) for child in (task / "children").read_text().split()}
    return found


def death_of(status: int) -> Death:
    """How a process ended, from what `os.waitpid` says."""
    if os.WIFSIGNALED(status):
        return Death(os.WTERMSIG(status), 128 + os.WTERMSIG(status))
    return Death(None, os.WEXITSTATUS(status))


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def death_of_program(code: int) -> Death:
    """How a program ended, from what `subprocess` says: the status, or the signal below zero."""
    return Death(-code, 128 - code) if code < 0 else Death(None, code)
