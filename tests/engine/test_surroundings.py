"""What a lesson changes of the process is its own: whoever comes after finds it as it was."""

from __future__ import annotations

import builtins
import gc
import logging
import os
import sys
import threading
from collections.abc import Callable

import pytest
import torch
from playing import PATIENCE, Player

from engine.protocol.events import Outcome

Play = Callable[..., Player]

CHANGING = """
    # %%
    import gc, os, sys, threading, torch
    found = os.getcwd(), sys.getrecursionlimit(), torch.get_default_dtype(), torch.is_grad_enabled()
    os.chdir("/")
    sys.setrecursionlimit(5000)
    gc.disable()
    threading.settrace(lambda *_: None)
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(torch.get_num_threads() + 1)
    _ = torch.set_grad_enabled(False)

    # %%
    kept = os.getcwd(), sys.getrecursionlimit(), torch.get_default_dtype(), torch.is_grad_enabled()
"""


def standing() -> tuple[object, ...]:
    """How the process stands."""
    return (
        os.getcwd(),  # noqa: PTH109
        sys.getrecursionlimit(),
        gc.isenabled(),
        threading.gettrace(),
        torch.get_default_dtype(),
        torch.get_num_threads(),
    )


def test_what_a_step_changes_stays_for_the_next(play: Play) -> None:
    player = play(CHANGING)

    player.run(1)

    assert player.namespace["kept"] == ("/", 5000, torch.float64, False)


def test_a_lesson_that_is_closed_leaves_nothing_changed(play: Play) -> None:
    before = standing()
    player = play(CHANGING)
    player.run(1)

    player.session.close(PATIENCE)

    assert standing() == before


def test_a_replay_begins_as_the_first_run_did(play: Play) -> None:
    player = play(CHANGING)
    player.run(1)
    first = player.namespace["found"]

    player.run(0)

    assert player.namespace["found"] == first


def test_a_lesson_may_remove_the_folder_that_it_works_in(play: Play) -> None:
    folder = os.getcwd()  # noqa: PTH109
    player = play("""
        import os, tempfile
        folder = tempfile.mkdtemp()
        os.chdir(folder)
        os.rmdir(folder)
    """)
    player.run()

    player.session.close(PATIENCE)

    assert os.getcwd() == folder  # noqa: PTH109


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys\nsys.exit(3)", "SystemExit: 3"),
        (
            "import signal\nsignal.signal(2, signal.SIG_IGN)",
            "ValueError: signal only works",
        ),
        ("def f():\n    return f()\nf()", "RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_what_would_end_a_script_ends_the_step(play: Play, code: str, told: str) -> None:
    player = play(f"# %%\n{code}\n\n# %%\nx = 1")

    ended = player.run(0)

    assert ended.outcome is Outcome.FAILED
    assert ended.traceback is not None
    assert ended.traceback.lines[-1].startswith(told)


def test_a_second_step_logs_where_it_runs(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    player = play("""
        # %%
        import logging
        logging.basicConfig(format="%(message)s")
        logging.warning("first")
        # %%
        logging.warning("second")
    """)

    player.run(1)

    texts = {event.step: event.text for event in player.events() if hasattr(event, "text")}
    assert texts == {0: "first\n", 1: "second\n"}


def test_a_thread_left_behind_is_not_heard_in_the_lesson_after(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = play("""
        import threading
        may_print = threading.Event()
        def print_late():
            may_print.wait()
            print("late")
        late = threading.Thread(target=print_late)
        late.start()
    """)
    first.run()
    names = first.namespace
    first.session.close(PATIENCE)
    second = play("import builtins\nbuiltins.tutorch_go()\nprint('on')")

    def go() -> None:
        names["may_print"].set()  # type: ignore[attr-defined]
        names["late"].join()  # type: ignore[attr-defined]

    monkeypatch.setattr(builtins, "tutorch_go", go, raising=False)
    second.run()

    assert second.output() == "on\n"
