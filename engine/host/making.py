"""Makes the process of a session: by a fork of the host, or as a new Python where none is safe."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from engine.protocol.messages import Open
from engine.system.processes import die_with_parent
from engine.system.starting import ROOT

_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from engine.serving.session_process import main; main()"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a session's process is made with, beside its order.

    ``link`` leads to the host, and through the descriptor ``heard`` it answers at borders.
    ``writes`` are the ends to write to of the pipes for output and errors, which may be one.
    ``folder`` is for temporary files.
    """

    link: socket.socket
    heard: int
    writes: tuple[int, ...]
    folder: str


def forked(order: Open, given: Surroundings, let_go: Callable[[], None]) -> int:
    """The number of a process that plays the order in a fork of this one.

    There `let_go` closes what is the host's alone.
    """
    parent = os.getpid()
    process = os.fork()
    if process == 0:
        _become_session(order, given, let_go, parent)
    return process


def _become_session(
    order: Open, given: Surroundings, let_go: Callable[[], None], parent: int
) -> NoReturn:
    try:
        os.setpgid(0, 0)
        die_with_parent(parent)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.dup2(given.writes[0], 1)
        os.dup2(given.writes[-1], 2)
        for descriptor in given.writes:
            os.close(descriptor)
        let_go()
        tempfile.tempdir = None
        from engine.serving.session_process import play

        play(order, given.link, given.heard, given.folder)
    finally:
        os._exit(1)


def started(given: Surroundings) -> int:
    """The number of a process of a new Python, which waits for its order on the link."""
    for descriptor in (given.link.fileno(), given.heard):
        os.set_inheritable(descriptor, True)
    words = [str(ROOT), str(given.link.fileno()), str(given.heard), given.folder, str(os.getpid())]
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-P", "-c", _PROGRAM, *words],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, given.writes[0], 1),
            (os.POSIX_SPAWN_DUP2, given.writes[-1], 2),
        ],
        setpgroup=0,
    )
