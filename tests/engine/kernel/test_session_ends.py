"""Sessions that end, at whatever moment, and sessions that cannot begin."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from endless import ENDLESS
from playing import PATIENCE, Player, lesson_from, started, wait_until

from engine.kernel.session import Session
from engine.protocol.events import EngineFailed, StepStarted
from engine.protocol.status import Grain, Status

Play = Callable[..., Player]


@pytest.mark.parametrize("name", ["a tight loop", "a cell without loops", "a coroutine"])
def test_a_session_can_be_closed_while_it_runs(play: Play, name: str) -> None:
    player = play(ENDLESS[name])
    player.session.run_step(0)
    started(player)

    player.session.close(PATIENCE)

    assert player.session.is_closed


def test_a_session_can_be_closed_while_it_is_paused(play: Play) -> None:
    player = play("while True:\n    cost = 1.0")
    player.session.run_step(0, Grain.INNER)
    player.wait_for(Status.PAUSED)

    player.session.close(PATIENCE)

    assert player.session.is_closed


def test_a_session_can_be_closed_while_torch_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow_import(device: str | None) -> str:
        begun.set()
        may_end.wait(PATIENCE)
        return "cpu"

    monkeypatch.setattr("engine.kernel.worker_thread.import_torch", slow_import)
    session = Session(lesson_from("x = 1", tmp_path))
    session.start()
    begun.wait(PATIENCE)
    session.run_step(0)

    session.close(patience=0.01)

    assert session.status is Status.LOADING  # what was to run is called off
    may_end.set()
    wait_until(lambda: session.is_closed, "the worker to end")
    assert not [event for event in session.events() if isinstance(event, StepStarted)]


def test_a_session_that_never_started_can_be_closed(tmp_path: Path) -> None:
    session = Session(lesson_from("x = 1", tmp_path))

    session.close()

    assert session.is_closed


def test_main_is_given_back_when_the_session_closes(play: Play) -> None:
    main = sys.modules["__main__"]
    path = sys.path.copy()
    player = play("import __main__\nmine = __main__.__dict__ is globals()")
    player.run()
    assert player.namespace["mine"] is True

    player.session.close(PATIENCE)

    assert sys.modules["__main__"] is main
    assert sys.path == path


@pytest.mark.parametrize("device", ["mps:7", "cuda:99", "abacus", "cpu:x"])
def test_a_device_that_is_missing_is_told_with_those_there_are(play: Play, device: str) -> None:
    player = play("x = 1", device=device)

    player.wait_for(Status.UNABLE)
    wait_until(lambda: player.events(), "an event")

    (failed,) = player.events()
    assert isinstance(failed, EngineFailed)
    assert failed.message.startswith(f"torch finds no device '{device}' here; it finds: cpu")
    player.session.run_step(0)
    assert player.session.status is Status.UNABLE


def test_the_device_is_torchs_default_in_the_lesson(play: Play) -> None:
    player = play("import torch\nwhere = str(torch.zeros(1).device)", device="cpu")

    player.run()

    assert player.namespace["where"] == "cpu"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            ModuleNotFoundError("No module named 'torch'", name="torch"),
            "torch is not installed in this environment; install it with: pip install torch",
        ),
        (OSError("libc10.so: no such file"), "torch cannot be imported: libc10.so: no such file"),
    ],
)
def test_a_torch_that_cannot_be_imported_is_told(
    play: Play, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(device: str | None) -> tuple[str, str]:
        raise error

    monkeypatch.setattr("engine.kernel.worker_thread.import_torch", fail)
    player = play("x = 1")

    player.wait_for(Status.UNABLE)
    wait_until(lambda: player.events(), "an event")

    assert player.events() == [EngineFailed(message)]
