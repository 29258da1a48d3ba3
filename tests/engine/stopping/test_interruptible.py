"""Interrupting work from outside: it arrives in the work, or not at all."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from engine.stopping.exceptions import LessonStopped
from engine.stopping.interruptible import Interruptible

ROOT = Path(__file__).resolve().parents[3]

# In a process of its own: where it fails, the traced function never returns.
TRACED = """
import sys
from engine.stopping.interruptible import Interruptible

Interruptible().run(lambda: None)

def traced():
    return "came back"

sys.settrace(lambda frame, event, argument: None)
print(traced())
"""


def test_a_function_can_be_traced_after_work_has_ended() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TRACED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout == "came back\n", done.stderr


def test_work_that_goes_on_without_end_is_stopped() -> None:
    interruptible, has_begun = Interruptible(), threading.Event()

    def work() -> None:
        has_begun.set()
        while True:
            pass

    errors: list[BaseException | None] = []
    worker = threading.Thread(target=lambda: errors.append(interruptible.run(work)), daemon=True)
    worker.start()
    assert has_begun.wait(30)

    interruptible.interrupt()
    worker.join(30)

    assert isinstance(errors[0], LessonStopped)


def test_an_interrupt_that_came_too_late_reaches_nothing_after_the_work() -> None:
    interruptible = Interruptible()
    reached = []
    for _ in range(200):
        thread = threading.Thread(target=interruptible.interrupt)
        interruptible.run(lambda starting=thread: starting.start())  # type: ignore[misc]
        try:
            thread.join()
            sum(range(1000))
        except LessonStopped as late:
            reached.append(late)

    assert not reached


def test_nothing_is_thrown_into_what_is_closed() -> None:
    interruptible = Interruptible()
    is_closed, may_open, is_open = (threading.Event() for _ in range(3))
    seen: list[str] = []

    def work() -> None:
        with interruptible.closed():
            is_closed.set()
            assert may_open.wait(30)
            seen.append("all of it")
        is_open.set()
        while True:
            pass

    errors: list[BaseException | None] = []
    worker = threading.Thread(target=lambda: errors.append(interruptible.run(work)), daemon=True)
    worker.start()
    assert is_closed.wait(30)

    interruptible.interrupt()
    may_open.set()
    assert is_open.wait(30)
    interruptible.interrupt()
    worker.join(30)

    assert seen == ["all of it"]
    assert isinstance(errors[0], LessonStopped)
