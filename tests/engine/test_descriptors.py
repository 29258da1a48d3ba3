"""What C code and child processes write is heard, in its order, and never reaches the terminal.

Each test is a process of its own: descriptors 1 and 2 are the whole process's.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BEGIN = """
import ctypes, os, signal, subprocess, sys, threading, time
from engine.kernel.audience import audience
from engine.kernel.descriptors import descriptors
from engine.loops.gate import Gate
from engine.kernel.keyboard import Keyboard
from engine.kernel.output import LessonStreams, leave_writers_behind

heard = []
audience.listen(heard.append)
descriptors.lead_away()
streams = LessonStreams(Keyboard(Gate()))
libc = ctypes.CDLL(None)

def report():
    descriptors.give_back()
    os.write(1, repr("".join(heard)).encode())
"""


def play(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that has led its descriptors away; it fails where it has not ended in time."""
    code = BEGIN + textwrap.dedent(program)
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        input="the keyboard",
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )


def heard(program: str) -> object:
    """What the audience of a program heard."""
    return ast.literal_eval(play(program).stdout)


def test_what_is_written_in_every_way_is_heard_in_its_order() -> None:
    text = heard("""
        with streams:
            print("one")
            os.write(1, b"two\\n")
            os.system("echo three; echo four >&2")
            libc.puts(b"five")
            subprocess.run(["echo", "six"])
            print("seven")
            sys.__stdout__.write("eight\\n")
            sys.__stdout__.flush()
            libc.printf(b"nine, and no end of the line")
        report()
    """)

    assert text == ("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine, and no end of the line")


def test_what_a_forked_process_prints_is_heard() -> None:
    text = heard("""
        with streams:
            print("before")
            child = os.fork()
            if not child:
                print("하나")
                os._exit(0)
            os.waitpid(child, 0)
            print("after")
        report()
    """)

    assert text == "before\n하나\nafter\n"


def test_bytes_that_are_no_text_are_heard_as_marks() -> None:
    text = heard(r"""
        with streams:
            os.write(1, b"a\xffb \xea\xb0")
            time.sleep(0.05)
            os.write(1, b"\x80\n")
        report()
    """)

    assert text == "a\ufffdb 가\n"


def test_more_than_a_pipe_holds_is_heard_whole() -> None:
    text = heard("""
        with streams:
            subprocess.run([sys.executable, "-c", "print('x' * 5_000_000)"])
        report()
    """)

    assert text == "x" * 5_000_000 + "\n"


def test_a_child_process_finds_no_keyboard() -> None:
    text = heard("""
        with streams:
            subprocess.run(["cat"])
        report()
    """)

    assert text == ""


def test_writers_left_behind_are_not_heard_and_end() -> None:
    text = heard("""
        with streams:
            child = subprocess.Popen(["yes"])
            while not heard:
                time.sleep(0.01)
            leave_writers_behind()
        status = child.wait()
        audience.listen(None)
        heard.clear()
        audience.take_unheard()
        audience.listen(heard.append)
        os.write(1, f"{status == -signal.SIGPIPE}".encode())
        report()
    """)

    assert text == "True"


def test_descriptors_that_were_given_back_are_as_they_were() -> None:
    done = play("""
        os.write(1, b"heard")
        descriptors.give_back()
        os.write(1, b"to the output")
        os.write(2, b"to the errors")
        os.write(1, os.read(0, 100))
        descriptors.lead_away()
        os.write(1, b"heard again")
        descriptors.give_back()
        assert "".join(heard) == "heardheard again", heard
    """)

    assert done.stdout == "to the outputthe keyboard"
    assert done.stderr == "to the errors"


def test_what_nobody_heard_is_written_when_they_are_given_back() -> None:
    done = play("""
        audience.listen(None)
        os.write(2, b"nobody heard this")
        descriptors.give_back()
    """)

    assert done.stderr == "nobody heard this"
