"""A lesson can end its process: it is told how, nothing written is lost, and the lesson goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from remote import RemotePlayer

from engine.client.continuation import why_not_made
from engine.protocol.events import EngineFailed, SessionDied, StepEnded
from engine.protocol.outcomes import Death, Outcome
from engine.protocol.status import Status

Play = Callable[..., RemotePlayer]

FIRST = """
# %% First
import random, numpy, torch
drawn = random.random(), numpy.random.rand(), torch.rand(1).item()
print(drawn)

# %% Last
print("last words", end="")
"""


def killed_by(number: signal.Signals) -> Death:
    return Death(int(number), 128 + number)


@pytest.mark.parametrize(
    ("code", "death"),
    [
        ("import ctypes; ctypes.string_at(0)", killed_by(signal.SIGSEGV)),
        ("import os; os._exit(3)", Death(None, 3)),
        ("import os; os.abort()", killed_by(signal.SIGABRT)),
        ("import os; os.kill(os.getpid(), 9)", killed_by(signal.SIGKILL)),
        ("import signal, time; signal.alarm(1); time.sleep(60)", killed_by(signal.SIGALRM)),
        (
            "import itertools\ndeep = iter([])\n"
            "for _ in range(10**6):\n    deep = itertools.chain(deep, [1])\nnext(deep)",
            killed_by(signal.SIGSEGV),
        ),
    ],
)
def test_a_step_that_ends_its_process_is_told_of_and_the_lesson_goes_on(
    play_apart: Play, code: str, death: Death
) -> None:
    player = play_apart(FIRST + code)
    player.run(0)
    drawn = player.output(0)

    died = player.run(1)
    again = player.run(0)

    assert isinstance(died, SessionDied)
    assert (died.step, died.death) == (1, death)
    assert player.output(1) == "last words"
    assert isinstance(again, StepEnded)
    assert again.outcome is Outcome.DONE
    assert player.output(0) == drawn * 2


def test_a_process_killed_from_outside_while_nothing_runs_is_told_of(play_apart: Play) -> None:
    player = play_apart("import os\nprint(os.getpid())")
    player.run(0)
    process = int(player.output())

    os.kill(process, signal.SIGKILL)
    player.wait_until(
        lambda: any(isinstance(event, SessionDied) for event in player.told), "the death"
    )

    assert isinstance(player.run(0), StepEnded)


@pytest.mark.parametrize(
    "code",
    [
        "import builtins; builtins.len = builtins.print = builtins.open = None",
        "import builtins; builtins.isinstance = builtins.Exception = None",
        "import os; os._exit = os.fork = os.write = os.read = None",
        "import os; os.closerange(0, 4096)",
        "import sys; sys.stdout.close(); sys.stderr.close()",
        "import sys; sys.modules.clear()",
        "from textual.app import App\nApp().run()",
    ],
)
def test_whatever_a_lesson_breaks_another_can_be_played(play_apart: Play, code: str) -> None:
    player = play_apart(f"# %% Break\n{code}\n\n# %% Whole\nprint('whole')\n")

    player.run(0)
    player.session.restart_lesson()
    player.wait_for(Status.READY)
    player.session.set_source(0, "pass")
    ended = player.run(1)

    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.DONE
    assert player.output(1) == "whole\n"


@pytest.mark.parametrize(
    "code",
    [
        "sum(range(10**12))",
        "import re; re.match('(a+)+$', 'a' * 60 + 'b')",
        "import time; time.sleep(3600)",
    ],
)
def test_a_stop_ends_whatever_runs(play_apart: Play, code: str) -> None:
    player = play_apart(f"print('begun')\n{code}")
    player.session.run_step(0)
    player.reads("begun")
    status_while_it_runs = player.session.status

    player.session.stop()
    died = player.ended()

    assert status_while_it_runs is Status.RUNNING
    assert isinstance(died, SessionDied)
    assert died.death is None


def test_a_stop_that_is_heard_leaves_the_process_as_it_is(play_apart: Play) -> None:
    player = play_apart("for i in range(10**9):\n    if not i: print('begun')")
    player.session.run_step(0)
    player.reads("begun")

    player.session.stop()
    ended = player.ended()

    assert isinstance(ended, StepEnded)
    assert ended.outcome is Outcome.STOPPED


def test_a_step_restarted_where_no_stop_is_heard_runs_in_a_new_process(play_apart: Play) -> None:
    player = play_apart("import os\nprint('in', os.getpid())\nsum(range(10**12))")
    player.session.run_step(0)
    player.reads("in ")

    player.session.restart_step(0)
    player.wait_until(lambda: player.output().count("in ") == 2, "the second run")
    player.session.stop()
    player.ended()

    assert len(set(player.output().split())) == 3


def test_a_step_that_was_restarted_and_then_ends_its_process_is_not_run_once_more(
    play_apart: Play, tmp_path: Path
) -> None:
    mark = tmp_path / "begun"
    player = play_apart(f"""
import os, time
print("begun")
is_second = os.path.exists({str(mark)!r})
open({str(mark)!r}, "w").close()
for i in range(10**9):
    if is_second: os._exit(3)
    time.sleep(0.01)
""")
    player.session.run_step(0)
    player.reads("begun")

    player.session.restart_step(0)
    player.wait_until(
        lambda: any(isinstance(event, SessionDied) for event in player.told), "the death"
    )
    died = player.ended()

    assert isinstance(died, SessionDied)
    assert died.death == Death(None, 3)
    assert player.output() == "begun\n" * 2


def test_a_host_that_is_killed_is_replaced(play_apart: Play) -> None:
    player = play_apart("import os\nprint('host', os.getppid())")
    player.run(0)
    host = int(player.output().split()[-1])

    os.kill(host, signal.SIGKILL)
    player.wait_until(
        lambda: any(isinstance(event, SessionDied) for event in player.told), "the death"
    )
    ended = player.run(0)

    assert isinstance(ended, StepEnded)
    assert int(player.output().split()[-1]) != host


def test_a_lesson_whose_processes_end_before_they_play_is_given_up(play_apart: Play) -> None:
    player = play_apart("print('played')")
    player.run(0)
    # Each new process reads the lesson again, from a text that it cannot read now.
    object.__setattr__(player.session.lesson, "written", "# ---\n# tutorch:\n#   title: [\n# ---")

    player.session.restart_lesson()
    player.wait_for(Status.UNABLE)

    told = player.told[-1]
    assert isinstance(told, EngineFailed)
    assert "cannot be made here" in told.message


def test_a_working_folder_that_is_gone_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PWD", str(folder))
    folder.rmdir()

    assert f"is gone: {folder};" in why_not_made(Death(None, 2))
