"""A session in a process of its own plays as one in this process does."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from remote import RemotePlayer

from engine.protocol.events import StepEnded, StepStarted
from engine.protocol.frame import CurveRequest, FrameRequest
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Asked, Grain, Status

Play = Callable[..., RemotePlayer]

LOOP = """
# %% Loop watch="cost"
for i in range(10**7):
    cost = 1 / (i + 1)
    if not i: print("begun")
"""


def test_two_quick_commands_mean_run_and_pause(play_apart: Play) -> None:
    player = play_apart(LOOP)

    player.session.run_or_pause(0)
    player.session.run_or_pause(0)
    player.wait_for(Status.PAUSED)

    assert [event for event in player.told if isinstance(event, StepStarted)] == [StepStarted(0)]


def test_a_run_counts_as_running_before_its_process_has_heard_of_it(play_apart: Play) -> None:
    player = play_apart(LOOP)

    player.session.run_step(0)

    assert player.session.status is Status.RUNNING


def test_iterations_are_stepped_one_by_one(play_apart: Play) -> None:
    player = play_apart(LOOP)
    player.session.step_on(0, Grain.INNER)
    player.wait_for(Status.PAUSED)

    for position in (2, 3, 4):
        player.session.step_on(0, Grain.INNER)
        player.wait_until(
            lambda position=position: (
                player.session.frame and player.session.frame.position == position
            ),
            f"iteration {position}",
        )

    assert player.session.status is Status.PAUSED


def test_a_running_curve_comes_reduced_and_an_ended_one_whole(play_apart: Play) -> None:
    player = play_apart("""
# %% Loop watch="cost"
import time
for i in range(3000):
    cost = 1 / (i + 1)
    time.sleep(0.001)
""")
    player.session.run_step(0)
    request = FrameRequest(60, 16, CurveRequest(columns=50))

    def has_curve() -> bool:
        player.session.request_frame(request)
        return bool(player.session.frame and player.session.frame.curves)

    player.wait_until(has_curve, "a curve")
    running = player.session.frame
    ended = player.ended()

    assert running is not None
    assert running.series == ()
    assert len(running.curves[0].columns.position) <= 50
    assert isinstance(ended, StepEnded)
    assert ended.frame is not None
    assert ended.frame.series[0].count == 3000
    assert player.session.frame is ended.frame


def test_a_step_run_again_begins_where_it_began(play_apart: Play, tmp_path: Path) -> None:
    player = play_apart(f"""
# %% Change the process
import os, sys, threading, time, torch
torch.set_default_dtype(torch.float64)
sys.setrecursionlimit(5000)
os.makedirs({str(tmp_path / "data")!r}, exist_ok=True)
os.chdir({str(tmp_path / "data")!r})
# Each line is one write, so that no other comes into it.
write = sys.stdout.write
threading.Thread(target=lambda: [write("thread\\n") and time.sleep(0.01) for _ in range(10**6)],
                 daemon=True).start()

# %% Look at it
seen = [torch.rand(1).dtype, sys.getrecursionlimit(), os.path.basename(os.getcwd())]
written = write("{{}} {{}} {{}}\\n".format(*seen))
""")

    player.run(1)
    before = [line for line in player.output(1).splitlines() if "thread" not in line]
    player.run(1)
    player.session.restart_lesson()
    player.wait_for(Status.READY)

    lines = [line for line in player.output(1).splitlines() if "thread" not in line]
    assert before == ["torch.float64 5000 data"]
    assert lines == before * 2


def test_a_replay_draws_the_same_random_numbers_and_a_restart_others(play_apart: Play) -> None:
    player = play_apart("import random, torch\nprint(random.random(), torch.rand(1).item())")

    player.run(0)
    player.run(0)
    player.session.restart_lesson()
    player.run(0)

    first, second, third = player.output().splitlines()
    assert first == second != third


def test_all_that_writes_is_heard_in_its_order(play_apart: Play) -> None:
    player = play_apart("""
import os, subprocess, sys, ctypes
print("print")
sys.stderr.write("error\\n")
os.write(1, b"descriptor\\n")
ctypes.CDLL(None).puts(b"C")
subprocess.run(["echo", "child"])
if os.fork() == 0:
    print("fork")
    os._exit(0)
os.wait()
sys.__stdout__.write("original\\n")
os.write(1, b"\\xff\\n");
""")

    player.run(0)

    words = ["print", "error", "descriptor", "C", "child", "fork", "original", "\ufffd"]
    assert player.output().split() == words


def test_output_belongs_to_the_step_that_wrote_it(play_apart: Play) -> None:
    steps = [f"# %% {i}\nimport os\nprint({i}, end='')\nos.write(1, b'{i}');" for i in range(20)]
    player = play_apart("\n".join(steps))

    player.run(19)

    assert [player.output(i) for i in range(20)] == [f"{i}{i}" for i in range(20)]


def test_output_without_end_is_bounded_and_can_be_stopped(play_apart: Play) -> None:
    player = play_apart("while True:\n    print('word ' * 1000)")
    player.session.run_step(0)
    player.reads("word")

    player.engine.wait(0)
    time.sleep(1)
    player.session.stop()
    ended = player.ended()

    texts = [event for event in player.told if hasattr(event, "left_out")]
    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.STOPPED
    assert any(event.left_out for event in texts)
    assert max(len(event.text) for event in texts) <= 1_000_000


def test_code_that_asks_gets_the_line_that_was_written(play_apart: Play) -> None:
    player = play_apart("import getpass\nprint(input('name: '), len(getpass.getpass('key: ')))")
    player.session.run_step(0)
    player.wait_until(lambda: player.session.asked is Asked.LINE, "the code to ask")
    player.session.write_line("민수")
    player.wait_until(lambda: player.session.asked is Asked.SECRET, "the code to ask again")
    player.session.write_line("open sesame")

    player.ended()

    assert player.output() == "name: 민수\nkey: \n민수 11\n"


def test_a_child_process_finds_no_keyboard_and_no_terminal(play_apart: Play) -> None:
    player = play_apart("""
import subprocess
read = subprocess.run("read x; echo $?; read x </dev/tty; echo $?; printf x >/dev/tty; echo $?",
                      shell=True, capture_output=True, text=True)
print(read.stdout.split())
""")

    player.run(0)

    codes = player.output()
    assert "'0'" not in codes
    assert codes.count("'") == 6


@pytest.mark.parametrize("name", ["engine", "tui", "lessons", "assets"])
def test_the_lessons_own_modules_win(play_apart: Play, tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text("word = 'mine'\n", encoding="utf-8")
    player = play_apart(f"import {name}\nprint({name}.word)")

    player.run(0)

    assert player.output() == "mine\n"


def test_a_session_is_told_again_what_the_one_before_had_been_told(play_apart: Play) -> None:
    text = '# %% Edit tags=["exercise"]\nx = 1\n# %% tags=["solution"]\nx = 2\n'
    player = play_apart(
        f'# ---\n# tutorch:\n#   title: E\n# ---\n{text}# %% tags=["check"]\nassert x == 2\n'
    )
    player.session.set_source(0, "x = 3\nprint('edited')")
    player.run(0)

    player.run(0)

    assert player.output() == "edited\n" * 2


def test_libraries_that_want_pythons_own_streams_get_them(play_apart: Play) -> None:
    player = play_apart("""
import faulthandler, subprocess, sys
faulthandler.enable()
faulthandler.dump_traceback(all_threads=False)
for stream in (sys.stdout, sys.stderr):
    subprocess.run(["echo", f"child to {stream.fileno()}"], stdout=stream)
    stream.buffer.write(b"bytes\\n")
    stream.reconfigure(encoding="utf-8", line_buffering=True)
    print(stream.name, stream.mode, stream.isatty(), stream.buffer.name, file=stream)
""")

    ended = player.run(0)

    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.DONE
    assert 'File "' in player.output()
    assert player.output().splitlines()[-6:] == [
        *("child to 1", "bytes", "<stdout> w True <stdout>"),
        *("child to 2", "bytes", "<stderr> w True <stderr>"),
    ]
