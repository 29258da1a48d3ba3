"""Nothing is left behind: no process of ours or of a lesson's, whatever ends and however."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playing import PATIENCE
from warmed import python, warm_starts

from engine.system import processes

ROOT = Path(__file__).resolve().parents[3]

# A lesson whose processes have gone as far away as they can; it tells their numbers.
LESSON = r"""
# %% Leave
import os, subprocess
os.write(1, f"session {os.getpid()}\n".encode())
popen = subprocess.Popen(["sleep", "1000"], start_new_session=True).pid
os.write(1, f"popen {popen}\n".encode())
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    os.write(1, f"daemon {os.getpid()}\n".encode())
    os.execvp("sleep", ["sleep", "1000"])
os.wait()
os.write(1, f"host {os.getppid()}\n".encode());
# %% Hold
sum(range(10**12))
"""

INTERFACE = """
import sys
from pathlib import Path
from engine.client.engine import Engine
from engine.reading.reader import read_lesson
from engine.protocol.frame import FrameRequest
engine = Engine()
session = engine.open(read_lesson(Path(sys.argv[1])), request=FrameRequest(60, 16))
session.start()
session.run_step(int(sys.argv[2]))
text = ""
while "host" not in text or "daemon" not in text:
    text += "".join(getattr(event, "text", "") for event in session.events())
    engine.wait(0.1)
print(text, flush=True)
while True:
    session.events()
    engine.wait(0.1)
    if sys.argv[3] == "closes":
        engine.close()
        break
"""


def is_there(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def interface(tmp_path: Path) -> Iterator[object]:
    """Starts an interface on the lesson; gives the processes that there are then, by name."""
    started: list[subprocess.Popen[str]] = []
    (tmp_path / "lesson.py").write_text(LESSON, encoding="utf-8")

    def start(step: int, how: str = "stays") -> dict[str, int]:
        with warm_starts():
            program = subprocess.Popen(
                python("-c", INTERFACE, tmp_path / "lesson.py", str(step), how),
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
        started.append(program)
        assert program.stdout is not None
        numbers = {"interface": program.pid}
        while len(numbers) < 5:
            line = program.stdout.readline()
            assert line, "the interface ended"
            if line.strip():
                name, number = line.split()
                numbers[name] = int(number)
        return numbers

    yield start
    for program in started:
        program.kill()
        program.wait()


def all_end(processes: dict[str, int]) -> None:
    end = time.monotonic() + PATIENCE
    while left := {name: number for name, number in processes.items() if is_there(number)}:
        assert time.monotonic() < end, f"left behind: {left}"
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans back")
@pytest.mark.parametrize("step", [0, 1], ids=["idle", "holding the interpreter lock"])
@pytest.mark.parametrize("victim", ["interface", "host", "session"])
def test_whoever_is_killed_takes_everything_along(interface, victim: str, step: int) -> None:
    processes = interface(step)

    os.kill(processes[victim], signal.SIGKILL)

    lives_on = {"interface": (), "host": ("interface",), "session": ("interface", "host")}
    all_end({name: one for name, one in processes.items() if name not in lives_on[victim]})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans back")
@pytest.mark.parametrize("step", [0, 1], ids=["idle", "holding the interpreter lock"])
def test_an_engine_that_is_closed_leaves_nothing(interface, step: int) -> None:
    all_end(interface(step, "closes"))


# A host that imports what never comes to an end; it says when it has begun.
IMPORTING = """
import socket, sys
from engine.host.importing import import_for
sys.path.insert(0, sys.argv[2])
import_for(socket.socket(fileno=int(sys.argv[1])), ("absent", "endless"))
"""


def test_a_host_whose_interface_goes_while_it_imports_ends(tmp_path: Path) -> None:
    (tmp_path / "endless.py").write_text("print('begun', flush=True)\nwhile True: pass\n", "utf-8")
    ours, theirs = socket.socketpair()
    host = subprocess.Popen(
        [sys.executable, "-c", IMPORTING, str(theirs.fileno()), str(tmp_path)],
        pass_fds=[theirs.fileno()],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    theirs.close()
    with host:
        assert host.stdout is not None
        assert host.stdout.readline() == b"begun\n"
        ours.send(b"an order, which ends nothing")
        was_there = host.poll() is None

        ours.close()

        try:
            assert host.wait(PATIENCE) == 0
        finally:
            host.kill()
    assert was_there


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans back")
def test_what_becomes_known_while_children_are_listed_is_spared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known: set[int] = set()
    with subprocess.Popen(["sleep", "60"]) as child:

        def listed() -> set[int]:
            known.add(child.pid)
            return {child.pid} if Path(f"/proc/{child.pid}").exists() else set()

        monkeypatch.setattr(processes, "_children_now", listed)

        processes.end_orphans(lambda: known)
        assert child.poll() is None

        processes.end_orphans(set)
        assert not Path(f"/proc/{child.pid}").exists()
