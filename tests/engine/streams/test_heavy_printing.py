"""Heavy printing goes by memory: in few writes, in its order, and with nothing lost at a death."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from remote import RemotePlayer

from engine.protocol.events import SessionDied
from engine.protocol.outcomes import Death
from engine.protocol.status import Status
from engine.streams.descriptors import HeavyDescriptor
from engine.streams.shared_text import TextReader, TextWriter

Play = Callable[..., RemotePlayer]

LINES = "".join(f"{number}\n" for number in range(20_000))
HEAVY = "for number in range(20_000):\n    print(number)\n"


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    read, write = os.pipe()
    yield read, write
    os.close(read)
    os.close(write)


@pytest.fixture
def ends(tmp_path: Path, pipe: tuple[int, int]) -> tuple[TextReader, TextWriter]:
    reader = TextReader(str(tmp_path))
    return reader, TextWriter(str(tmp_path), pipe[1])


def test_the_memory_takes_nothing_before_it_is_opened(ends: tuple[TextReader, TextWriter]) -> None:
    _, writer = ends

    with pytest.raises(ValueError, match="closed"):
        writer.put(b"early")


def test_what_was_put_is_taken_once_and_in_order(ends: tuple[TextReader, TextWriter]) -> None:
    reader, writer = ends
    writer.open()

    writer.put(b"one ")
    writer.put(b"two")
    first = reader.take()
    writer.put(b" three")

    assert [first, reader.take(), reader.take()] == [b"one two", b" three", b""]


def test_the_memory_is_filled_again_and_again(ends: tuple[TextReader, TextWriter]) -> None:
    reader, writer = ends
    pieces = [bytes([65 + number % 26]) * (1000 + 37 * number) for number in range(600)]
    taken = []

    for piece in pieces:
        try:
            writer.put(piece)
        except ValueError:
            taken.append(reader.take())
            writer.open()
            writer.put(piece)
    taken.append(reader.take())

    assert b"".join(taken) == b"".join(pieces)


def test_the_memory_stays_closed_while_some_of_it_is_untaken(
    ends: tuple[TextReader, TextWriter],
) -> None:
    reader, writer = ends
    writer.open()
    writer.put(b"untaken")
    writer.close()

    writer.open()
    with pytest.raises(ValueError, match="closed"):
        writer.put(b"early")
    reader.take()
    writer.open()

    assert writer.put(b"late") == 4


def test_the_memory_stays_closed_while_its_pipe_is_unread(
    ends: tuple[TextReader, TextWriter], pipe: tuple[int, int]
) -> None:
    _, writer = ends
    os.write(pipe[1], b"unread")

    writer.open()
    with pytest.raises(ValueError, match="closed"):
        writer.put(b"early")
    os.read(pipe[0], 100)
    writer.open()

    assert writer.put(b"late") == 4


def test_the_memory_stays_closed_where_the_descriptor_leads_elsewhere(
    ends: tuple[TextReader, TextWriter], pipe: tuple[int, int], tmp_path: Path
) -> None:
    _, writer = ends
    elsewhere = os.open(tmp_path / "log.txt", os.O_CREAT | os.O_WRONLY)
    os.dup2(elsewhere, pipe[1])
    os.close(elsewhere)

    writer.open()

    with pytest.raises(ValueError, match="closed"):
        writer.put(b"for the log")


def test_memory_that_is_full_takes_text_again_once_the_host_has_read_it(
    ends: tuple[TextReader, TextWriter], pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = ends
    output = HeavyDescriptor("<stdout>", pipe[1], writer, is_terminal=False)
    read: list[bytes] = []
    monkeypatch.setattr(time, "sleep", lambda _: read.extend([reader.take(), os.read(pipe[0], 9)]))
    writer.open()
    writer.put(b"x" * 262_140)

    output.write(b"no room!!")
    output.write(b"again")

    assert read == [b"x" * 262_140, b"no room!!"]
    assert reader.take() == b"again"


def test_what_does_not_fit_is_refused(ends: tuple[TextReader, TextWriter]) -> None:
    _, writer = ends
    writer.open()

    with pytest.raises(ValueError, match="out of range"):
        writer.put(b"x" * 1_000_000)


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


def test_text_larger_than_the_memory_keeps_its_place(play_apart: Play) -> None:
    player = play_apart(f"{HEAVY}print('word\\n' * 60_000, end='')\n{HEAVY}")

    player.run()

    assert player.output() == LINES + "word\n" * 60_000 + LINES


def test_bytes_that_are_no_text_keep_their_place(play_apart: Play) -> None:
    player = play_apart(f"""
import sys
{HEAVY}
sys.stdout.buffer.write(b"\\xff|")
sys.stdout.reconfigure(encoding="latin-1")
print("\\xff")
sys.stdout.reconfigure(encoding="utf-8")
{HEAVY}
""")

    player.run()

    assert player.output() == f"{LINES}\ufffd|\ufffd\n{LINES}"


def test_printing_while_nobody_asks_is_heard_of(play_apart: Play) -> None:
    player = play_apart(f"{HEAVY}print('last words', end='')\nwhile True: pass")

    player.session.run_step(0)

    player.reads("last words")
    player.session.stop()


def test_what_is_printed_before_a_stop_stands_before_what_comes_after(play_apart: Play) -> None:
    player = play_apart(
        f"{HEAVY}print('one')\ntry:\n    while True: pass\nfinally:\n    print('two')\n"
    )

    player.session.run_step(0)
    player.reads("one")
    player.session.stop()
    player.wait_for(Status.READY)

    assert player.output().startswith(f"{LINES}one\ntwo\n")
