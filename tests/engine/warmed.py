"""Processes that have torch from their first moment: forks of one that has imported it.

Each Python that imports torch, and what torch imports with its first optimizer, takes two seconds
of a processor for it, and the tests start hundreds. Here one imports it for all of them: hosts and
scripts begin as forks of it. A program of ours is a Python of its own, as ever; beside it, as its
child, waits such a fork, and becomes the host that the program asks for.

This file is also what such a program runs: it takes `-m` and `-c` as Python does.
"""

from __future__ import annotations

import ctypes
import inspect
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[2]
IS_POSSIBLE = sys.platform == "linux"
"""Elsewhere a process whose parent has ended does not come to who is to wait for it."""

_PROGRAM = (
    "import sys; sys.path[:0] = sys.argv[1:3]; import warmed; "
    "del sys.path[:2]; warmed.serve(int(sys.argv[3]))"
)
# Names the descriptor at which a host waits for its order, and its process.
_WAITING = "TUTORCH_TEST_HOST"
_HOST = "engine.host.host"
_READY = b"ready"
# From <linux/mman.h>.
_COLLAPSE = 25
_LARGE = 2 << 20
_MOST = 1 << 18
_MOST_DESCRIPTORS = 8

Order = dict[str, Any]
_ColdPopen = subprocess.Popen
_HOW = inspect.signature(_ColdPopen._execute_child)  # type: ignore[attr-defined]
_PIPES = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")


def python(*arguments: str | Path) -> list[str]:
    """The command line of a program of ours where `warm_starts` has a host for it."""
    by = [__file__] if IS_POSSIBLE else []
    return [sys.executable, *by, *map(str, arguments)]


# Python for a script that imports torch, where what is looked at is what it prints or raises.
WARM_PYTHON = [sys.executable, "-X", "warm"]


def warm_up() -> None:
    """Wait until torch is there, where the first that wants it should not have to."""
    if IS_POSSIBLE:
        _link()


@contextmanager
def warm_starts() -> Iterator[None]:
    """Have `subprocess` start hosts, programs of ours, and what `WARM_PYTHON` runs, with torch."""
    before = subprocess.Popen
    subprocess.Popen = _WarmPopen if IS_POSSIBLE else before  # type: ignore[misc]
    try:
        yield
    finally:
        subprocess.Popen = before  # type: ignore[misc]


class _Popen(_ColdPopen):  # type: ignore[type-arg]
    """Starts some programs in a way of its own; says of them what `subprocess` always says."""

    def _execute_child(self, *arguments: Any) -> None:
        how = _HOW.bind(self, *arguments).arguments
        words = [how["args"]] if isinstance(how["args"], str) else [*map(str, how["args"])]
        if not self._takes(words):
            super()._execute_child(*arguments)
            return
        environment = os.environ if how["env"] is None else how["env"]
        order = {
            "words": words,
            "folder": str(how["cwd"] or Path.cwd()),
            "environment": dict(environment),
            "begins_session": how["start_new_session"],
        }
        streams = how["p2cread"], how["c2pwrite"], how["errwrite"]
        given = [number if own == -1 else own for number, own in enumerate(streams)]
        self.pid = self._start(order, [*given, *how["pass_fds"]])
        self._child_created = True
        self._close_pipe_fds(*(how[name] for name in _PIPES))

    def _takes(self, words: list[str]) -> bool:
        """Whether what these words name is started in this way."""
        raise NotImplementedError

    def _start(self, order: Order, descriptors: list[int]) -> int:
        raise NotImplementedError


# In a test


class _WarmPopen(_Popen):
    """Asks the process that has torch for a child of it, which becomes one of this process."""

    def _takes(self, words: list[str]) -> bool:
        is_host = any(_HOST in word for word in words)
        return is_host or words[:3] == WARM_PYTHON or __file__ in words

    def _start(self, order: Order, descriptors: list[int]) -> int:
        with _asks:
            link = _link()
            _send(link, order, descriptors)
            return int(link.recv(_MOST))


_asks = threading.Lock()


@cache
def _link() -> socket.socket:
    """The way to the process that has torch, which is started first, and ends with this one."""
    from engine.system.processes import adopt_orphans

    adopt_orphans()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    words = [str(Path(__file__).parent), str(ROOT), str(theirs.fileno())]
    null = subprocess.DEVNULL
    program = _ColdPopen(
        [sys.executable, "-P", "-c", _PROGRAM, *words],
        stdin=null,
        stdout=null,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    _processes.append(program)
    assert ours.recv(_MOST) == _READY, "what imports torch for the tests has ended"
    return ours


_processes: list[subprocess.Popen[bytes]] = []


# In the process that has torch


def serve(descriptor: int) -> None:
    """Import what takes long, and fork at each order; go on until the test's process is gone.

    In a fork that is to run a script, it returns when that has run.
    """
    import gc
    import importlib

    link = socket.socket(fileno=descriptor)
    host = importlib.import_module(_HOST)
    for name in (*host._HEAVY, *host._WHEN_IDLE):
        importlib.import_module(name)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    _take_large_pages()
    link.send(_READY)
    while (taken := _take(link)) is not None:
        order, descriptors = taken
        reads, writes = os.pipe()
        if (between := os.fork()) == 0:
            # What this one forks comes to the test's process as this one ends.
            if child := os.fork():
                os.write(writes, str(child).encode())
                os._exit(0)
            link.close()
            os.close(reads)
            os.close(writes)
            _begin(order, descriptors)
            return
        os.waitpid(between, 0)
        link.send(os.read(reads, _MOST))
        for one in (reads, writes, *descriptors):
            os.close(one)


def _take_large_pages() -> None:
    """Have all memory in pages of 2 MiB, where Linux does that when asked: from version 6.1.

    A fork copies the list of the pages: with 400 MB in small ones it takes ten times as long, and
    so does each moment that a session keeps.
    """
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
        ends, access, _, _, _, *name = line.split()
        first, last = (int(end, 16) for end in ends.split("-"))
        if access.startswith("rw") and name in ([], ["[heap]"]):
            # What is not asked for piece by piece ends with the first that cannot be had.
            for begin in range(-(-first // _LARGE) * _LARGE, last - _LARGE + 1, _LARGE):
                madvise(begin, _LARGE, _COLLAPSE)


def _begin(order: Order, descriptors: list[int]) -> None:
    """Be what is ordered: returns where that is a script that has run."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if order["begins_session"]:
        os.setsid()
    _surround(order, descriptors)
    match order["words"]:
        case [_, "-P", "-c", program, *_] if _HOST in program:
            _become_host(order, descriptors[3])
        case [_, "-X", "warm", *words]:
            _run_script(words)
        case words:
            os.environ[_WAITING] = _waiting_host()
            # As `subprocess` hands them on.
            for number in (signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(number, signal.SIG_DFL)
            os.execvp(words[0], words)


def _become_host(order: Order, link: int) -> NoReturn:
    sys.path.insert(0, str(ROOT))
    sys.argv = ["-c", str(link), *order["words"][-2:]]
    from engine.host.host import main

    main()


def _run_script(words: list[str]) -> None:
    """Run it as Python does: what it raises, or leaves for the end, is for Python itself."""
    for name in [*sys.modules]:
        if name.partition(".")[0] in ("engine", "warmed"):
            del sys.modules[name]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        how = {"errors": "backslashreplace"} if name == "stderr" else {}
        stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False, **how)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    names = module.__dict__
    names["__builtins__"] = __builtins__
    if words[0] == "-c":
        sys.argv = ["-c", *words[2:]]
        sys.path.insert(0, "")
        exec(words[1], names)
        return
    sys.argv = words
    path = Path(words[0]).absolute()
    sys.path.insert(0, str(path.resolve().parent))
    names["__file__"] = str(path)
    exec(compile(path.read_bytes(), str(path), "exec"), names)


def _surround(order: Order, descriptors: list[int]) -> None:
    """Take the streams, the folder and the environment that are given."""
    for number, given in enumerate(descriptors[:3]):
        os.dup2(given, number)
        os.close(given)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    parts = os.environ.get("PYTHONPATH", "").split(":")
    sys.path[:0] = [part for part in parts if part and part not in sys.path]


def _waiting_host() -> str:
    """Fork what waits to be a host, for the program that this process will be."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = os.fork()
    if process == 0:
        ours.close()
        # No terminal and no pipe that others wait for the end of.
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(null, number)
        taken = _take(theirs)
        if taken is None:
            os._exit(0)
        order, descriptors = taken
        theirs.close()
        _surround(order, descriptors)
        _become_host(order, descriptors[3])
    theirs.close()
    ours.set_inheritable(True)
    return f"{ours.detach()} {process}"


# In a program of ours


class _HandingPopen(_Popen):
    """Has the host that waits be the one that is asked for; the next is started as ever."""

    def _takes(self, words: list[str]) -> bool:
        return bool(_waiting) and any(_HOST in word for word in words)

    def _start(self, order: Order, descriptors: list[int]) -> int:
        link, process = _waiting.pop()
        _send(link, order, descriptors)
        link.close()
        return process


_waiting: list[tuple[socket.socket, int]] = []


def _main() -> None:
    """Be Python with the words that follow, and with the host that waits, if one does."""
    if _WAITING in os.environ:
        link, process = map(int, os.environ.pop(_WAITING).split())
        os.set_inheritable(link, False)
        _waiting.append((socket.socket(fileno=link), process))
        subprocess.Popen = _HandingPopen  # type: ignore[misc]
    how, what = sys.argv[1:3]
    sys.argv[:3] = [how]
    sys.path[0] = str(Path.cwd())
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(what, {"__name__": "__main__"})


# Between them


def _send(link: socket.socket, order: Order, descriptors: list[int]) -> None:
    socket.send_fds(link, [json.dumps(order).encode()], descriptors)


def _take(link: socket.socket) -> tuple[Order, list[int]] | None:
    """The next order; None where nobody is left to send one."""
    data, descriptors, _, _ = socket.recv_fds(link, _MOST, _MOST_DESCRIPTORS)
    return (json.loads(data), descriptors) if data else None


if __name__ == "__main__":
    _main()
