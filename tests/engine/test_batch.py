"""Heavy printing goes by a batch: in few writes, in its order, and with nothing lost at a death."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from remote import RemotePlayer

from engine.kernel.batch import Batch, left_in
from engine.protocol.events import Death, SessionDied

Play = Callable[..., RemotePlayer]

LINES = "".join(f"{number}\n" for number in range(20_000))
HEAVY = "for number in range(20_000):\n    print(number)\n"


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    read, write = os.pipe()
    yield read, write
    os.close(read)
    os.close(write)


def test_a_batch_takes_nothing_before_it_is_opened(tmp_path: Path, pipe: tuple[int, int]) -> None:
    batch = Batch(str(tmp_path), pipe[1])

    with pytest.raises(ValueError, match="closed"):
        batch.put(b"early")


def test_a_batch_writes_what_it_was_given_in_order(tmp_path: Path, pipe: tuple[int, int]) -> None:
    batch = Batch(str(tmp_path), pipe[1])
    batch.open()

    batch.put(b"one ")
    batch.put(b"two")
    batch.flush()

    assert os.read(pipe[0], 100) == b"one two"
    assert left_in(str(tmp_path)) == b""
    assert batch.is_empty


def test_an_open_batch_writes_by_itself(tmp_path: Path, pipe: tuple[int, int]) -> None:
    batch = Batch(str(tmp_path), pipe[1])
    batch.open()

    batch.put(b"word")

    assert os.read(pipe[0], 100) == b"word"


def test_a_batch_that_is_full_says_so(tmp_path: Path, pipe: tuple[int, int]) -> None:
    batch = Batch(str(tmp_path), pipe[1])
    batch.open()

    with pytest.raises(ValueError, match="out of range"):
        batch.put(b"x" * 1_000_000)


@pytest.mark.parametrize(
    ("code", "death"),
    [
        ("import ctypes; ctypes.string_at(0)", Death(int(signal.SIGSEGV), 139)),
        ("import os; os.kill(os.getpid(), 9)", Death(int(signal.SIGKILL), 137)),
        ("import os; os._exit(3)", Death(None, 3)),
    ],
)
def test_a_death_amid_heavy_printing_loses_nothing(
    play_apart: Play, code: str, death: Death
) -> None:
    player = play_apart(f"{HEAVY}print('last words', end='')\n{code}")

    died = player.run()

    assert isinstance(died, SessionDied)
    assert died.death == death
    assert player.output() == f"{LINES}last words"


def test_errors_and_children_stand_where_they_were_written_amid_heavy_printing(
    play_apart: Play,
) -> None:
    player = play_apart(f"""
import os, sys
{HEAVY}
sys.stderr.write("error\\n")
{HEAVY}
if os.fork() == 0:
    print("child")
    os._exit(0)
os.wait()
print("parent")
{HEAVY}
sys.stdout.flush()
os.write(1, b"descriptor\\n");
""")

    player.run()

    assert player.output() == f"{LINES}error\n{LINES}child\nparent\n{LINES}descriptor\n"


def test_threads_that_print_at_once_each_keep_their_order(play_apart: Play) -> None:
    player = play_apart("""
import sys, threading
def write(name):
    for number in range(5000):
        sys.stdout.write(f"{name}{number}\\n")
threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
for thread in threads: thread.start()
for thread in threads: thread.join()
""")

    player.run()

    lines = player.output().splitlines()
    for name in "abc":
        own = [line for line in lines if line.startswith(name)]
        assert own == [f"{name}{number}" for number in range(5000)]
    assert len(lines) == 15_000


def test_text_larger_than_a_batch_keeps_its_place(play_apart: Play) -> None:
    player = play_apart(f"{HEAVY}print('x' * 300_000)\n{HEAVY}")

    player.run()

    assert player.output() == f"{LINES}{'x' * 300_000}\n{LINES}"
